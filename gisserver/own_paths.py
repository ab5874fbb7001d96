"""Addresses of our own pages, as others may send them to us: nothing that leads elsewhere, no script."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

PAGES = ("/map", "/answer", "/verify", "/story", "/api/collections")
_PLAIN = re.compile(r"/[!-;=?-\[\]_a-z{|}~]*(?:#[!-;=?-\[\]_a-z{|}~]*)?")
"""No control signs, no spaces, quotation marks, backslashes or angle brackets: an address has them encoded."""


def own_path(said: object, longest: int, words: Iterable[str] = ()) -> str | None:
    """The path with its question and fragment; None where it is not one of our pages, or below one of these words."""
    if not isinstance(said, str) or len(said) > longest or _PLAIN.fullmatch(said) is None or '"' in said:
        return None
    try:
        parts = urlsplit(said)
    except ValueError:
        return None
    is_own = not parts.scheme and not parts.netloc and not said.startswith("//") and "/.." not in parts.path
    is_page = any(parts.path == page or parts.path.startswith(f"{page}/") for page in (*PAGES, *words))
    return said if is_own and is_page else None
