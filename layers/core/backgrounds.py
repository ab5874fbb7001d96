"""Maps of other servers that the pool may be drawn over, as a profile says: aerial photographs, a street map."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_PLACES = ({"z", "x", "y"}, {"bbox"})


class BadBackground(Exception):
    """What the profile says of a background cannot be."""


@dataclass(frozen=True)
class Background:
    """Pictures of one server, in the grid of web maps."""

    id: str
    title: Mapping[str, str]
    address: str
    """With {z}, {x} and {y} (XYZ, WMTS), or with {bbox} in metres of EPSG:3857 (WMS, 256 pixels a side)."""
    credit: str
    """Whose they are, in the words that the map shows."""
    last_zoom: int = 19
    """Beyond, pictures of this zoom are drawn larger."""

    @property
    def host(self) -> str:
        """Which the profile lets the service call."""
        return urlsplit(self.address).hostname or ""


def parse_backgrounds(tables: Sequence[Mapping[str, Any]]) -> tuple[Background, ...]:
    """The profile's tables `backgrounds`. Raises BadBackground."""
    backgrounds = tuple(map(_background, tables))
    if len({one.id for one in backgrounds}) != len(backgrounds):
        raise BadBackground("Two backgrounds have the same id.")
    return backgrounds


def is_placed(address: str) -> bool:
    """Whether it says where in it the place of a picture goes."""
    return any(all(f"{{{name}}}" in address for name in names) for names in _PLACES)


def _background(table: Mapping[str, Any]) -> Background:
    called = f"backgrounds {table.get('id', '?')}"
    known = {part.name for part in fields(Background)}
    if unknown := sorted(table.keys() - known):
        raise BadBackground(
            f"{called}: nothing is known of {', '.join(unknown)}; there are {', '.join(sorted(known))}."
        )
    if missing := [name for name in ("id", "title", "address", "credit") if name not in table]:
        raise BadBackground(f"{called} does not say {', '.join(missing)}.")
    one = Background(**table)
    if not _ID.fullmatch(one.id):
        raise BadBackground(f"{called}: an id is of small letters, digits and hyphens.")
    if not one.address.startswith(("https://", "http://")) or not one.host:
        raise BadBackground(f"{called}: address begins with https:// or http://.")
    if not is_placed(one.address):
        raise BadBackground(f"{called}: address has {{z}}, {{x}} and {{y}} in it, or {{bbox}}.")
    if not 0 < one.last_zoom <= 24:
        raise BadBackground(f"{called}: last_zoom is from 1 to 24.")
    return one
