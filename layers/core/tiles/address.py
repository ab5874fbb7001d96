"""Where a tile lies."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class TileAddress:
    """A square of the WebMercatorQuad grid; y counts from the north."""

    z: int
    x: int
    y: int

    @property
    def is_in_grid(self) -> bool:
        """False for an address that no tile has."""
        return 0 <= self.z <= 24 and 0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z

    @property
    def children(self) -> Iterator["TileAddress"]:
        """The four squares of the next zoom."""
        for x in (2 * self.x, 2 * self.x + 1):
            for y in (2 * self.y, 2 * self.y + 1):
                yield TileAddress(self.z + 1, x, y)


def columns_of(addresses: Sequence[TileAddress]) -> dict[str, list[int]]:
    """As statements about many tiles bind them: one array for each coordinate."""
    return {
        "zs": [address.z for address in addresses],
        "xs": [address.x for address in addresses],
        "ys": [address.y for address in addresses],
    }


def tile_at(lon: float, lat: float, z: int) -> TileAddress:
    """The tile that holds a place in degrees."""
    side = 1 << z
    x = int((lon + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    return TileAddress(z, min(max(x, 0), side - 1), min(max(y, 0), side - 1))
