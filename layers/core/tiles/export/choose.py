"""The format that a file's name asks for."""

from pathlib import Path

from layers.core.registry import discover
from layers.core.tiles.export import formats
from layers.core.tiles.export.file_format import FileFormat
from layers.core.tiles.export.trouble import UnknownFormat


def file_formats() -> tuple[FileFormat, ...]:
    """Every format of the folder."""
    return discover(formats, "FORMAT")


def format_of(target: Path) -> FileFormat:
    """The one whose suffix the name ends in. Raises UnknownFormat."""
    known = {declared.suffix: declared for declared in file_formats()}
    try:
        return known[target.suffix.lower()]
    except KeyError:
        raise UnknownFormat(target, known) from None
