"""The typeface of printed maps in its two weights, cut from the pages' own and embedded with what is used of it."""

import io
import os
from importlib.metadata import version
from pathlib import Path

import fontpkg_source_sans_3
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont

REGULAR = "Source Sans 3"
STRONG = "Source Sans 3 SemiBold"
_WEIGHTS = {REGULAR: 400, STRONG: 600}
_LETTERS = (
    *range(0x20, 0x250),
    *range(0x370, 0x400),
    *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2040),
    *range(0x20A0, 0x20C0),
)
_SIGNS = (0x2116, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2264, 0x2265)


def letters(kept: Path | None = None) -> None:
    """Make both weights known to the PDF library, once in each process; what was cut is kept in the folder."""
    for name, weight in _WEIGHTS.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(EmbeddedFont(name, io.BytesIO(_kept(weight, kept))))


def _kept(weight: int, folder: Path | None) -> bytes:
    """Cutting them out takes seconds on a busy machine."""
    if folder is None:
        return _cut(weight)
    file = folder / f"{version('fontpkg-source-sans-3')}-{weight}.ttf"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        own = file.with_suffix(f".{os.getpid()}")
        own.write_bytes(_cut(weight))
        own.replace(file)
    return file.read_bytes()


def width_of(words: str, name: str, size: float) -> float:
    """In points."""
    return float(pdfmetrics.stringWidth(words, name, size))


def _cut(weight: int) -> bytes:
    """Letters first, then the weight: the whole variable typeface would take fifteen seconds."""
    folder = Path(fontpkg_source_sans_3.__file__).parent / "files"
    font = TTFont(io.BytesIO((folder / "SourceSans3[wght].ttf").read_bytes()), lazy=True)
    cutter = subset.Subsetter(subset.Options(layout_features=[], hinting=False, notdef_outline=True))
    cutter.populate(unicodes=[*_LETTERS, *_SIGNS])
    cutter.subset(font)
    written = io.BytesIO()
    instancer.instantiateVariableFont(font, {"wght": weight}).save(written)
    return written.getvalue()
