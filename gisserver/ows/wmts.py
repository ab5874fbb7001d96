"""Pictures of the web map's grid: a tile of WMTS is a picture of WMS whose box the grid says."""

from collections.abc import Mapping
from dataclasses import dataclass

from gisserver.ows.symbols import SCALE_AT_ZOOM_0
from layers.core.layer import Layer

GRID = "GoogleMapsCompatible"
STYLE = "default"
LAST_ZOOM = 21
PIXELS = 256
_HALF_M = 20_037_508.342789244


class NoTile(Exception):
    """The grid has no such tile."""


@dataclass(frozen=True)
class Zoom:
    """One tile matrix."""

    z: int

    @property
    def scale(self) -> str:
        """As capabilities tell it."""
        return repr(SCALE_AT_ZOOM_0 / 2**self.z)

    @property
    def side(self) -> int:
        """Tiles in a row."""
        return 1 << self.z


ZOOMS = tuple(Zoom(z) for z in range(LAST_ZOOM + 1))


def zooms_of(layer: Layer) -> tuple[Zoom, ...]:
    """Those at which something of the layer is drawn."""
    return ZOOMS[layer.zooms.start + 1 :]


def as_picture(layer: str, z: str, row: str, column: str) -> dict[str, str]:
    """The parameters of WMS that draw a tile. Raises NoTile."""
    numbers = [int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1 for text in (z, row, column)]
    zoom, y, x = numbers
    if not (0 <= zoom <= LAST_ZOOM and 0 <= y < 2**zoom and 0 <= x < 2**zoom):
        raise NoTile
    side = 2 * _HALF_M / 2**zoom
    west, north = -_HALF_M + x * side, _HALF_M - y * side
    return {
        "service": "WMS",
        "version": "1.3.0",
        "request": "GetMap",
        "layers": layer,
        "styles": "",
        "crs": "EPSG:3857",
        "bbox": ",".join(map(repr, (west, north - side, west + side, north))),
        "width": str(PIXELS),
        "height": str(PIXELS),
        "format": "image/png",
        "transparent": "true",
    }


def tile_asked(asked: Mapping[str, str]) -> tuple[str, str, str, str]:
    """Layer, zoom, row and column as GetTile names them; empty where one is missing."""
    layer, z, row, column = (asked.get(name, "") for name in ("layer", "tilematrix", "tilerow", "tilecol"))
    return layer, z.removeprefix(f"{GRID}:"), row, column
