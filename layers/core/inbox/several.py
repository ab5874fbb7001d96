"""Several files that belong together, taken as one upload: an archive that holds them as they are."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

COMPANIONS = {
    ".shp": (".shx", ".dbf", ".prj", ".cpg"),
    ".tab": (".dat", ".map", ".id", ".ind"),
    ".mif": (".mid",),
}
"""What lies beside a file of these endings and is of no use without it."""
_HELD_BYTES = 1 << 20


class NamedTwice(Exception):
    """Two of the files have the same name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"Two files are called {name}.")


@dataclass(frozen=True)
class Part:
    """One of the files."""

    name: str
    stream: IO[bytes]


@contextmanager
def as_one(parts: Sequence[Part]) -> Iterator[Part]:
    """The file itself, or the archive of several. Raises NamedTwice.

    They are stored, not packed, in the order of their names and without a date: the same files make the same archive.
    """
    if len(parts) == 1:
        yield parts[0]
        return
    with tempfile.SpooledTemporaryFile(max_size=_HELD_BYTES) as file:
        with zipfile.ZipFile(file, "w") as archive:
            for part in sorted(parts, key=lambda part: part.name):
                if part.name in archive.namelist():
                    raise NamedTwice(part.name)
                with archive.open(zipfile.ZipInfo(part.name), "w", force_zip64=True) as member:
                    shutil.copyfileobj(part.stream, member, _HELD_BYTES)
        file.seek(0)
        yield Part(name_of([part.name for part in parts]), file)


def name_of(names: Sequence[str]) -> str:
    """Of the archive: as the folder, or the file whose companions the others are, else as the first."""
    folders = {PurePath(name).parts[0] for name in names if len(PurePath(name).parts) > 1}
    leading = [name for name in sorted(names) if PurePath(name).suffix.lower() in COMPANIONS]
    return f"{folders.pop()}.zip" if folders else f"{PurePath((leading or sorted(names))[0]).stem}.zip"


def with_companions(path: Path) -> dict[str, Path]:
    """The file and what belongs to it, beside it, by name; of a folder the files in it."""
    if path.is_dir():
        inside = sorted(file for file in path.rglob("*") if file.is_file())
        return {file.relative_to(path.parent).as_posix(): file for file in inside}
    wanted = COMPANIONS.get(path.suffix.lower(), ())
    beside = sorted(path.parent.iterdir()) if wanted else ()
    companions = [file for file in beside if file.stem == path.stem and file.suffix.lower() in wanted]
    return {file.name: file for file in (path, *companions)}
