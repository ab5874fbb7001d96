"""The typeface of what is printed: the one of the pages, and none of the machine's own."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst


@cache
def typefaces() -> "typst.Fonts":
    """Read once in each process."""
    # Imported here: a web process that nobody asks for a document goes without the typesetter.
    import fontpkg_source_sans_3
    import typst

    folder = Path(fontpkg_source_sans_3.__file__).parent / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
