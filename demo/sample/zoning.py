"""What a plan allows on each block, with every value told apart: a number, free, not applicable, or unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from demo.sample.arrays import Flags, Floats, Integers, Shapes
from demo.sample.blocks import COMMERCIAL, EDUCATION, HEALTH, ORDINARY, PARK, PUBLIC, SOCIAL
from demo.sample.copy_file import CopyFile
from demo.sample.lattice import FIELDS, TOWN
from demo.sample.lots import Fabric
from demo.sample.sources import GRID_M
from demo.sample.text import NULL, Text, fixed, glue, padded, where, whole, word, words

USES = (
    "residential_existing",
    "residential_new",
    "mixed_commercial_residential",
    "commercial",
    "park",
    "education",
    "health",
    "social_worship",
    "public_service",
)
EXISTING, NEW, MIXED, SHOPS = range(4)
_USE_OF_BLOCK = {PARK: 4, EDUCATION: 5, HEALTH: 6, SOCIAL: 7, PUBLIC: 8}
ORDERS = ("detached", "attached", "block", "twin", "free")
DETACHED, ATTACHED, BLOCK, TWIN, FREE = range(5)

VALUE, ANY, NONE, UNKNOWN = range(4)
_STATES = (b"value", b"free", b"not_applicable", NULL)
_SPLIT_SHARE = 0.05


@dataclass(frozen=True)
class Zoning:
    """Conditions per block; the numbers count only where the state beside them is VALUE."""

    use: Integers
    order: Integers
    floors: Integers
    floors_state: Integers
    taks: Floats
    taks_state: Integers
    kaks: Floats
    kaks_state: Integers
    height_m: Floats
    height_state: Integers
    front_m: Floats
    side_m: Floats
    rear_m: Floats
    is_setback_known: Flags
    min_parcel_m2: Floats

    @property
    def is_housing(self) -> Flags:
        """Blocks of dwellings and shops, divided into parcels."""
        return self.use <= SHOPS


def zoning_of(fabric: Fabric, rng: np.random.Generator) -> Zoning:
    """Conditions by quarter, so that neighbouring blocks look alike."""
    blocks, ground = fabric.blocks, fabric.ground
    quarters, quarter = len(ground), blocks.quarter
    rank = np.arange(quarters) - ground.first_quarter[ground.settlement]
    size = np.bincount(ground.settlement)[ground.settlement]
    is_inner = rank < size * 0.55
    is_town = ground.kind == TOWN
    floors_here = np.where(is_town, np.where(is_inner, rng.integers(4, 9, quarters), rng.integers(2, 6, quarters)), 2)
    order_here = np.where(
        is_town & is_inner,
        rng.choice([ATTACHED, BLOCK, DETACHED], quarters, p=[0.55, 0.15, 0.3]),
        rng.choice([DETACHED, TWIN], quarters, p=[0.8, 0.2]),
    )
    use = np.where((is_town & ~is_inner)[quarter], NEW, EXISTING)
    shops = blocks.use == COMMERCIAL
    use = np.where(shops, np.where(rng.random(len(blocks)) < 0.3, SHOPS, MIXED), use)
    for block_use, zone_use in _USE_OF_BLOCK.items():
        use = np.where(blocks.use == block_use, zone_use, use)
    floors = floors_here[quarter]
    order = np.where(use > SHOPS, FREE, order_here[quarter])
    return _conditions(use, order, floors, rng)


def _conditions(use: Integers, order: Integers, floors: Integers, rng: np.random.Generator) -> Zoning:
    count = len(use)
    is_housing = use <= SHOPS
    is_new = use == NEW
    is_free = is_new & (rng.random(count) < 0.3)
    is_unknown = is_housing & (rng.random(count) < 0.06)
    is_park = use == 4
    taks = np.where(is_housing, rng.choice([0.25, 0.30, 0.35, 0.40], count), 0.40)
    kaks = np.where(is_housing, np.round(taks * floors / 0.05) * 0.05, np.where(use == 6, 1.5, 1.0))
    attached = order == ATTACHED
    height = np.where(attached, 3.0 * floors + 0.8, 3.0 * floors + 0.5)
    housing_state = np.where(is_unknown, UNKNOWN, VALUE)
    return Zoning(
        use=use,
        order=order,
        floors=floors,
        floors_state=np.where(is_park, NONE, np.where(is_free | ~is_housing, ANY, housing_state)),
        taks=taks,
        taks_state=np.where(is_park, NONE, np.where(attached, NONE, np.where(is_housing, housing_state, UNKNOWN))),
        kaks=kaks,
        kaks_state=np.where(is_park, NONE, np.where(attached, NONE, np.where(is_unknown, UNKNOWN, VALUE))),
        height_m=height,
        height_state=np.where(is_park, NONE, np.where(is_free | ~is_housing, ANY, housing_state)),
        front_m=np.where(attached, 0.0, 5.0),
        side_m=np.where(attached, 0.0, 3.0),
        rear_m=np.where(attached, 4.0, 3.0),
        is_setback_known=is_housing & ~is_unknown,
        min_parcel_m2=np.where(is_new, rng.choice([400.0, 500.0, 750.0], count), -1.0),
    )


def zone_rows(fabric: Fabric, rng: np.random.Generator) -> tuple[Integers, Flags, Shapes]:
    """Zones as (block, is a strip of shops, unplaced shape): some blocks are cut in two, across parcels."""
    lots = fabric.lots
    blocks = np.arange(len(fabric.blocks))
    count = np.bincount(lots.block, minlength=len(blocks))
    can_split = (fabric.blocks.use == ORDINARY) & (count >= 8) & (fabric.ground.kind[fabric.blocks.quarter] == TOWN)
    split = blocks[can_split & (rng.random(len(blocks)) < _SPLIT_SHARE)]
    share = rng.uniform(0.3, 0.7, len(split))
    first, second = _halves(fabric, split, share)
    whole = np.setdiff1d(blocks, split)
    block = np.concatenate([whole, split, split])
    is_shops = np.repeat([False, False, True], [len(whole), len(split), len(split)])
    cutters = np.concatenate([np.full(len(whole), None, dtype=object), first, second])
    order = np.lexsort((is_shops, block))
    return block[order], is_shops[order], cutters[order]


def _halves(fabric: Fabric, block: Integers, share: Floats) -> tuple[Shapes, Shapes]:
    """Areas on either hand of a line across the block."""
    blocks = fabric.blocks
    s = blocks.s0[block] + (blocks.s1[block] - blocks.s0[block]) * share
    low = blocks.t_low(block, s, fabric.lines, fabric.ground) - 9
    high = blocks.t_high(block, s, fabric.lines, fabric.ground) + 9
    before, after = blocks.s0[block] - 9, blocks.s1[block] + 9

    def area(edge: Floats) -> Shapes:
        corners_s = np.stack([s, s, edge, edge], axis=1).ravel()
        corners_t = np.stack([low, high, high, low], axis=1).ravel()
        ground = fabric.to_ground(np.repeat(block, 4), corners_s, corners_t)
        areas: Shapes = shapely.polygons(ground.reshape(-1, 4, 2))
        return areas

    return area(before), area(after)


def zone_shapes(shapes: Shapes, block: Integers, cutters: Shapes) -> Shapes:
    """Outlines of blocks, or the parts of them that the cutters cover: empty where none is left."""
    found = shapes[block]
    cut = np.flatnonzero(cutters != None)  # noqa: E711 - element by element
    parts, owner = shapely.get_parts(
        shapely.intersection(found[cut], cutters[cut], grid_size=GRID_M), return_index=True
    )
    # Where the line runs along a border, an edge comes along with the area.
    is_area = shapely.get_dimensions(parts) == 2
    nothing = np.full(len(cut), shapely.MultiPolygon())
    found[cut] = shapely.multipolygons(parts[is_area], indices=owner[is_area], out=nothing)
    return found


def write_zones(
    file: CopyFile,
    fabric: Fabric,
    zoning: Zoning,
    shapes: Shapes,
    plan_ref: Text,
    is_planned: Flags,
    wording: Mapping[str, Any],
    district_id: int,
    rng: np.random.Generator,
) -> None:
    """One row per zone; blocks without a digital plan have none."""
    block, is_shops, cutters = zone_rows(fabric, rng)
    keep = is_planned[block] & (fabric.ground.kind[fabric.blocks.quarter[block]] != FIELDS)
    outlines = zone_shapes(shapes, block[keep], cutters[keep])
    is_ground = ~shapely.is_empty(outlines)
    block, is_shops, outlines = block[keep][is_ground], is_shops[keep][is_ground], outlines[is_ground]
    use = np.where(is_shops, MIXED, zoning.use[block])
    write_conditions(
        file,
        outlines,
        ref=glue(f"{district_id}-F".encode(), padded(np.arange(1, len(block) + 1), 6)),
        plan_ref=plan_ref[block],
        use=use,
        conditions=Zoning(**{name: values[block] for name, values in vars(zoning).items()}),
        wording=wording,
        district_id=district_id,
    )


def write_conditions(
    file: CopyFile,
    shapes: Shapes,
    ref: Text,
    plan_ref: Text,
    use: Integers,
    conditions: Zoning,
    wording: Mapping[str, Any],
    district_id: int,
) -> None:
    """Zones with the full set of conditions."""
    c = conditions
    states = np.array(_STATES)
    file.write(
        shapes,
        ref=ref,
        district_id=str(district_id).encode(),
        origin=b"sample",
        plan_ref=plan_ref,
        use_key=words(USES)[use],
        use_label=words([wording["zone_labels"][key] for key in USES])[use],
        building_order=words([wording["order"][key] for key in ORDERS])[c.order],
        floors=where(c.floors_state == VALUE, whole(c.floors)),
        floors_state=states[c.floors_state],
        taks=where(c.taks_state == VALUE, fixed(c.taks, 2)),
        taks_state=states[c.taks_state],
        kaks=where(c.kaks_state == VALUE, fixed(c.kaks, 2)),
        kaks_state=states[c.kaks_state],
        h_max_m=where(c.height_state == VALUE, fixed(c.height_m, 2)),
        h_state=states[c.height_state],
        setback_front_m=where(c.is_setback_known, fixed(c.front_m, 2)),
        setback_side_m=where(c.is_setback_known, fixed(c.side_m, 2)),
        setback_rear_m=where(c.is_setback_known, fixed(c.rear_m, 2)),
        min_parcel_m2=where(c.min_parcel_m2 > 0, fixed(np.maximum(c.min_parcel_m2, 0), 2)),
        notes=np.array([word(wording["zone_notes"].get(key, "")) or NULL for key in USES])[use],
    )
