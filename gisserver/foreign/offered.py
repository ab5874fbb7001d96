"""What another server offers."""

from dataclasses import dataclass

KINDS = ("wms", "wmts", "wfs", "ogcapi")


@dataclass(frozen=True)
class Offered:
    """One layer there, and how it is asked for: as pictures, as vector tiles, or feature by feature."""

    name: str
    title: str
    pictures: str | None = None
    """An address with {z}, {x}, {y} or {bbox} in it."""
    tiles: str | None = None
    """The same for vector tiles."""
    features: str | None = None
    """The address of its first features, as a file that is read here."""
    credit: str = ""
    """Whose data it is, as the server says."""
