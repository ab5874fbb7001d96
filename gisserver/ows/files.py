"""The files that MapServer reads, written once for each kind of reader and language, and again when they change."""

import tempfile
from pathlib import Path

from gisserver.ows.mapfile import Reader, mapfile
from gisserver.ows.words import block, setting

_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def mapfile_for(folder: Path, reader: Reader) -> Path:
    """Where the reader's mapfile is."""
    audience = reader.layers[0].audience.name.lower()
    return _written(folder / f"{audience}-{reader.language}.map", mapfile(reader))


def fonts_in(folder: Path) -> Path:
    """The list of typefaces."""
    return _written(folder / "fonts.txt", f"sans {_FONT}\n")


def configuration_in(folder: Path) -> Path:
    """What MapServer 8 wants before anything else: no mapfile may be named by a caller."""
    environment = block("ENV", setting("MS_MAP_NO_PATH", "1"), setting("MS_ERRORFILE", "stderr"))
    lines = block("CONFIG", *environment, *block("MAPS"))
    return _written(folder / "mapserver.conf", "\n".join(lines) + "\n")


def _written(path: Path, text: str) -> Path:
    """Whole or not at all: other processes may be reading it."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as file:
            file.write(text)
        Path(file.name).replace(path)
    return path
