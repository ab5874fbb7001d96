"""Where a tile lies."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HALF_WORLD = 20037508.342789244
"""Metres from the middle of Web Mercator to its edge."""
BUFFER = 64 / 4096
"""How far a tile draws beyond its edge, as a part of its side."""


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


def tiles_of_boxes(boxes: NDArray[np.float64], zooms: range) -> set[TileAddress]:
    """Tiles that boxes reach, buffer included.

    boxes: (n, 4), west, south, east, north in Web Mercator metres; rows with NaN reach nothing.
    """
    found: set[TileAddress] = set()
    boxes = boxes[~np.isnan(boxes).any(axis=1)]
    for z in zooms if len(boxes) else ():
        side = 2 * HALF_WORLD / (1 << z)
        west, south, east, north = boxes.T
        edges = np.stack(
            (
                (west + HALF_WORLD) / side - BUFFER,
                (HALF_WORLD - north) / side - BUFFER,
                (east + HALF_WORLD) / side + BUFFER,
                (HALF_WORLD - south) / side + BUFFER,
            ),
            axis=1,
        )
        ranges = np.clip(np.floor(edges).astype(np.int64), 0, (1 << z) - 1)
        for first_x, first_y, last_x, last_y in np.unique(ranges, axis=0).tolist():
            found.update(TileAddress(z, x, y) for x in range(first_x, last_x + 1) for y in range(first_y, last_y + 1))
    return found


def tile_at(lon: float, lat: float, z: int) -> TileAddress:
    """The tile that holds a place in degrees."""
    side = 1 << z
    x = int((lon + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    return TileAddress(z, min(max(x, 0), side - 1), min(max(y, 0), side - 1))
