"""The folder of files that are kept for download: the worker puts them there, web processes read them."""

import datetime
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from layers.core.tiles.export.choose import format_of
from layers.core.tiles.export.description import generator
from layers.core.tiles.export.make import ExportedFile
from layers.core.tiles.export.unfinished import ENDING, unfinished

KEPT = 2
"""Of each format: whoever began to read the last but one can finish."""
_LABEL = ".json"


@dataclass(frozen=True)
class KeptFile:
    """A file with what a list of downloads says of it."""

    path: Path
    format: str
    media_type: str
    layers: tuple[str, ...]
    tiles: int
    epoch: int
    published_at: datetime.datetime | None
    made_at: datetime.datetime
    generator: str
    size_bytes: int
    sha256: str

    @property
    def suffix(self) -> str:
        """What its format's files end in."""
        return self.path.suffix


class Shelf:
    """Files of the whole pool, named after the epoch whose tiles they hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, epoch: int, suffix: str) -> Path:
        """Where the file of an epoch goes; the folder is made where it is missing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"pool-{epoch}{suffix}"

    def keep(self, made: ExportedFile, made_at: datetime.datetime) -> KeptFile:
        """Show a finished file, and let go of those that nobody should need any more."""
        declared = format_of(made.path)
        kept = KeptFile(
            path=made.path,
            format=declared.title,
            media_type=declared.media_type,
            layers=made.about.layers,
            tiles=made.tiles,
            epoch=made.about.epoch,
            published_at=made.about.published_at,
            made_at=made_at,
            generator=generator(),
            size_bytes=made.size_bytes,
            sha256=made.sha256,
        )
        with unfinished(_label(made.path)) as own:
            own.write_text(_written(kept), encoding="utf-8")
        self._clear(declared.suffix)
        return kept

    def files(self, suffix: str = "") -> list[KeptFile]:
        """What there is, the newest first."""
        found = (_read(label) for label in self.folder.glob(f"pool-*{suffix}{_LABEL}"))
        return sorted((kept for kept in found if kept), key=lambda kept: (-kept.epoch, kept.suffix))

    def newest(self, suffix: str) -> KeptFile | None:
        """The latest file of a format."""
        return next(iter(self.files(suffix)), None)

    def _clear(self, suffix: str) -> None:
        """What a killed worker left goes too; only one makes files at a time."""
        for old in self.files(suffix)[KEPT:]:
            _label(old.path).unlink(missing_ok=True)
            old.path.unlink(missing_ok=True)
        for left in self.folder.glob(f".*{ENDING}"):
            left.unlink(missing_ok=True)


def _label(path: Path) -> Path:
    """A file beside another says what it is; without one it is not shown."""
    return path.with_name(path.name + _LABEL)


def _written(kept: KeptFile) -> str:
    return json.dumps({**asdict(kept), "path": kept.path.name}, default=datetime.datetime.isoformat, indent=2)


def _read(label: Path) -> KeptFile | None:
    """None where the worker has just taken it away."""
    try:
        said = json.loads(label.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    path = label.with_name(said["path"])
    moments = {name: datetime.datetime.fromisoformat(said[name]) for name in ("published_at", "made_at") if said[name]}
    kept = KeptFile(**{**said, **moments, "path": path, "layers": tuple(said["layers"])})
    return kept if path.is_file() else None
