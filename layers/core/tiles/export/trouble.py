"""Why a file was not made."""

from collections.abc import Iterable
from pathlib import Path


class ExportTrouble(Exception):
    """There is no file, and the target is as it was."""


class UnknownFormat(ExportTrouble):
    """No format has the suffix of the file asked for."""

    def __init__(self, target: Path, known: Iterable[str]) -> None:
        super().__init__(f"{target.name} names no format that is written here. End it in {' or '.join(known)}.")


class NothingToExport(ExportTrouble):
    """A file without tiles would open nowhere."""

    def __init__(self) -> None:
        super().__init__(
            "There are no tiles of these layers there, so no file was made. Choose other layers (`gis layers`), "
            "another district or a later day."
        )


class NoBorder(ExportTrouble):
    """Without a border nobody can say which tiles a district reaches."""

    def __init__(self) -> None:
        super().__init__(
            "The pool does not hold the border of that district yet. Publish it in the layer districts, "
            "or export without --district."
        )


class NotWritable(ExportTrouble):
    """The folder or its disk does not take the file."""

    def __init__(self, target: Path, cause: Exception) -> None:
        why = getattr(cause, "strerror", None) or str(cause)
        super().__init__(
            f"{target} could not be written: {why}. Nothing was left behind; choose a folder that may be written to "
            "and has room, then try again."
        )
