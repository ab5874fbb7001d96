"""Footprints inside their parcels, at the distances from the borders that the plan asks for."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely

from demo.sample.arrays import Flags, Floats, Integers, Shapes
from demo.sample.blocks import COMMERCIAL, EDUCATION, HEALTH, PUBLIC, SOCIAL
from demo.sample.copy_file import CopyFile
from demo.sample.lots import Fabric
from demo.sample.parcels import Parcels
from demo.sample.text import NULL, Text, glue, padded, where, whole, words
from demo.sample.zoning import ATTACHED, Zoning

_LEAST_SIDE_M = 4.0
_BACK_MARGIN = 0.07
"""Backs of parcels are uneven by at most this share of the block's depth."""
_BEND_M = 0.3
"""Borders are straight where the ground bends; a footprint keeps clear of the difference."""
_USE_OF_BLOCK = {EDUCATION: 2, SOCIAL: 3, HEALTH: 4, PUBLIC: 5}
_USES = ("dwelling", "mixed", "education", "social_worship", "health", "public_service")


def footprints(fabric: Fabric, zoning: Zoning, parcels: Parcels, rng: np.random.Generator) -> tuple[Integers, Shapes]:
    """The lots built on, and a footprint for each; about a third of them are not plain rectangles."""
    lot = np.flatnonzero(parcels.is_built)
    lots, count = fabric.lots, len(lot)
    block, is_high, is_whole = lots.block[lot], lots.is_high[lot], lots.is_whole[lot]
    attached = (zoning.order[block] == ATTACHED) & ~is_whole
    middle = (lots.front_start[lot] + lots.front_end[lot]) / 2
    depth = fabric.depth_at(block, middle)
    share = fabric.blocks.middle[block]
    room = depth * np.where(is_high, 1 - share, share) - depth * _BACK_MARGIN
    room = np.where(is_whole, depth, room)
    side = np.where(attached, 0.0, np.where(is_whole, 8.0, rng.uniform(1.5, 3.5, count))) + _BEND_M
    low = np.maximum(lots.front_start[lot], fabric.s_at(block, lots.start[lot])) + side
    high = np.minimum(lots.front_end[lot], fabric.s_at(block, lots.end[lot])) - side
    front = np.where(attached, 2.6, rng.uniform(3.0, 5.0, count))
    back = room - np.where(attached, 3.0, 2.5) - rng.uniform(0, 3, count)
    fits = (high - low > _LEAST_SIDE_M) & (back - front > _LEAST_SIDE_M)
    notch = np.where(rng.random(count) < 0.35, rng.uniform(0.25, 0.5, count), 0.0)
    corners = _Corners(low[fits], high[fits], front[fits], back[fits], notch[fits])
    return lot[fits], corners.on_ground(fabric, block[fits], is_high[fits])


class _Corners:
    """Six corners of an L: the notch at the back is nothing for a plain rectangle."""

    def __init__(self, low: Floats, high: Floats, front: Floats, back: Floats, notch: Floats) -> None:
        turn = low + (high - low) * (1 - notch)
        inner = back - (back - front) * notch
        self._s = np.stack([low, high, high, turn, turn, low], axis=1)
        self._t = np.stack([front, front, inner, inner, back, back], axis=1)
        self._is_plain = notch == 0

    def on_ground(self, fabric: Fabric, block: Integers, is_high: Flags) -> Shapes:
        owner = np.repeat(block, 6)
        sides = np.repeat(is_high, 6)
        s = self._s.ravel()
        front = fabric.t_front(owner, s, sides)
        t = front + np.where(sides, -1, 1) * self._t.ravel()
        ground = fabric.to_ground(owner, s, t).reshape(-1, 6, 2)
        shapes = np.empty(len(block), dtype=object)
        plain = self._is_plain
        shapes[plain] = shapely.polygons(ground[plain][:, [0, 1, 2, 5]])
        shapes[~plain] = shapely.polygons(ground[~plain])
        oriented: Shapes = shapely.orient_polygons(shapes, exterior_cw=False)
        return oriented


def write_buildings(
    file: CopyFile,
    fabric: Fabric,
    parcels: Parcels,
    lot: Integers,
    shapes: Shapes,
    wording: Mapping[str, Any],
    district_id: int,
    rng: np.random.Generator,
) -> None:
    """One row per building."""
    use = np.where(fabric.blocks.use[fabric.lots.block[lot]] == COMMERCIAL, 1, 0)
    for block_use, building_use in _USE_OF_BLOCK.items():
        use = np.where(fabric.blocks.use[fabric.lots.block[lot]] == block_use, building_use, use)
    number: Text = glue(f"{district_id}-B".encode(), padded(np.arange(1, len(lot) + 1), 6))
    is_dated = rng.random(len(lot)) < 0.7
    file.write(
        shapes,
        ref=number,
        district_id=str(district_id).encode(),
        origin=b"sample",
        building_no=whole(np.arange(1, len(lot) + 1)),
        name=NULL,
        use=words([wording["building_use"][key] for key in _USES])[use],
        floors=whole(parcels.floors[lot]),
        year_built=where(is_dated, whole(rng.integers(1960, 2024, len(lot)))),
        parcel_ref=parcels.ref[lot],
    )
