"""The folder of files of features that are ready for download: the worker fills it, web processes read it."""

import datetime
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gisserver.settings import Settings
from layers.core.tiles.export.unfinished import unfinished

KEPT = 2
"""Of each layer, district and format: whoever began to read the last but one can finish."""


UNFINISHED = ".making-"
"""What folders begin with in which a file is being written."""


@dataclass(frozen=True)
class Wanted:
    """Which file is meant, whatever publish it is of."""

    layer: str
    district_id: int | None
    """None for the whole layer."""
    format: str
    suffix: str

    @property
    def stem(self) -> str:
        """Of every name it has."""
        return self.layer if self.district_id is None else f"{self.layer}-{self.district_id}"

    @property
    def lasting_name(self) -> str:
        """By which the newest is asked for."""
        return f"{self.stem}.{self.suffix}"

    def name(self, epoch: int) -> str:
        """Of the file of one publish; a part of it fits only that file."""
        return f"{self.stem}-e{epoch}.{self.suffix}"


@dataclass(frozen=True)
class ReadyFile:
    """A file, and what a list of downloads says of it."""

    wanted: Wanted
    media_type: str
    epoch: int
    published_at: datetime.datetime | None
    made_at: datetime.datetime
    generator: str
    size_bytes: int
    sha256: str

    @property
    def name(self) -> str:
        """In the folder and in its address."""
        return self.wanted.name(self.epoch)


class ReadyShelf:
    """One list for each layer, beside the files that it names; only one process writes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, name: str) -> Path:
        """Where a file lies, or will."""
        return self.folder / name

    def files(self, layer: str) -> list[ReadyFile]:
        """What there is of a layer: the whole layer first, then by district and format, the newest of each first."""
        try:
            told = json.loads(self._list(layer).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        return sorted(map(_read, told), key=_place_in_list)

    def newest(self, layer: str) -> list[ReadyFile]:
        """One of each district and format."""
        found: dict[Wanted, ReadyFile] = {}
        for file in self.files(layer):
            found.setdefault(file.wanted, file)
        return list(found.values())

    def keep(self, made: ReadyFile) -> None:
        """Show a finished file, and let go of those of its kind that nobody should need any more."""
        others = [file for file in self.files(made.wanted.layer) if file.name != made.name]
        same = [file for file in others if file.wanted == made.wanted]
        self._write(made.wanted.layer, [made, *(file for file in others if file not in same[KEPT - 1 :])])
        self._remove(same[KEPT - 1 :])

    def forget(self, layer: str, wanted: Iterable[Wanted]) -> None:
        """Show these no more: there is nothing in them, or nobody makes them any longer."""
        unwanted = set(wanted)
        gone = [file for file in self.files(layer) if file.wanted in unwanted]
        if gone:
            self._write(layer, [file for file in self.files(layer) if file not in gone])
            self._remove(gone)

    def prepare(self) -> None:
        """Make the folder, and take away what a killed worker left."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)

    def _list(self, layer: str) -> Path:
        return self.folder / f"{layer}.json"

    def _write(self, layer: str, files: Sequence[ReadyFile]) -> None:
        told = [asdict(file) for file in sorted(files, key=_place_in_list)]
        with unfinished(self._list(layer)) as own:
            own.write_text(json.dumps(told, default=datetime.datetime.isoformat, indent=1), encoding="utf-8")

    def _remove(self, files: Iterable[ReadyFile]) -> None:
        for file in files:
            self.place(file.name).unlink(missing_ok=True)


def ready_shelf(settings: Settings) -> ReadyShelf:
    """Where this machine keeps its files."""
    return ReadyShelf(settings.data / "ready")


def _place_in_list(file: ReadyFile) -> tuple[bool, int, str, int]:
    whole = file.wanted.district_id is None
    return not whole, file.wanted.district_id or 0, file.wanted.format, -file.epoch


def _read(told: dict[str, Any]) -> ReadyFile:
    moments = {name: datetime.datetime.fromisoformat(told[name]) for name in ("published_at", "made_at") if told[name]}
    return ReadyFile(**{**told, **moments, "wanted": Wanted(**told["wanted"])})
