"""The parcels layer: numbers, areas, and what the registers say stands on the ground."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from demo.sample.arrays import Flags, Floats, Integers, Shapes
from demo.sample.blocks import EDUCATION, HEALTH, PARK, PUBLIC, SOCIAL
from demo.sample.copy_file import CopyFile
from demo.sample.lattice import FIELDS, VILLAGE
from demo.sample.lots import Fabric
from demo.sample.text import Text, days, fixed, glue, padded, where, whole, word, words
from demo.sample.zoning import SHOPS, Zoning

_EMPTY_SHARE = 0.11
_PUBLIC_USES = {
    PARK: "park",
    EDUCATION: "education",
    SOCIAL: "social_worship",
    HEALTH: "health",
    PUBLIC: "public_service",
}
_FIRST_SURVEY, _LAST_SURVEY = -5479, 17532
"""When cadastre came to a neighbourhood, in days since 1970: from 1955 to 2017."""
_MOST_FLOORS = 10


@dataclass(frozen=True)
class Parcels:
    """Per lot what other layers must agree with."""

    ref: Text
    shapes: Shapes
    area: Floats
    is_built: Flags
    floors: Integers


def parcels_of(
    fabric: Fabric,
    zoning: Zoning,
    shapes: Shapes,
    district_id: int,
    first_block: int,
    rng: np.random.Generator,
) -> Parcels:
    """Names, areas, and which parcels are built on, how high."""
    lots = fabric.lots
    count = len(lots)
    kind = fabric.ground.kind[fabric.blocks.quarter[lots.block]]
    use = fabric.blocks.use[lots.block]
    is_built = (rng.random(count) >= _EMPTY_SHARE) & (use != PARK) & (kind != FIELDS)
    allowed = zoning.floors[lots.block]
    floors = np.where(lots.is_whole, 3, np.maximum(1, allowed - rng.choice([0, 1, 2], count, p=[0.6, 0.3, 0.1])))
    floors = np.minimum(np.where(kind == VILLAGE, np.minimum(floors, 2), floors), _MOST_FLOORS)
    ref = glue(
        f"{district_id}-".encode(), whole(block_numbers(fabric, first_block)[lots.block]), b"-", whole(lots.number)
    )
    return Parcels(ref, shapes, shapely.area(shapes), is_built, np.where(is_built, floors, 0))


def block_numbers(fabric: Fabric, first_block: int) -> Integers:
    """Blocks are numbered through the district."""
    return first_block + np.arange(len(fabric.blocks))


def write_parcels(
    file: CopyFile,
    fabric: Fabric,
    zoning: Zoning,
    parcels: Parcels,
    neighbourhoods: tuple[Text, Text],
    wording: Mapping[str, Any],
    district_id: int,
    first_block: int,
    rng: np.random.Generator,
) -> None:
    """One row per parcel; the registers know an area that differs a little from the computed one."""
    lots = fabric.lots
    count = len(lots)
    quarter = fabric.blocks.quarter[lots.block]
    member = fabric.ground.member[quarter]
    is_field = fabric.ground.kind[quarter] == FIELDS
    names, refs = neighbourhoods
    localities = words(wording["localities"]["names"])
    provisional = (rng.random(len(names)) < 0.2)[member]
    surveyed = rng.integers(_FIRST_SURVEY, _LAST_SURVEY, len(names))
    condo = np.select([~parcels.is_built, parcels.floors >= 3, parcels.floors >= 2], [0, 1, 2], 0)
    file.write(
        parcels.shapes,
        ref=parcels.ref,
        district_id=str(district_id).encode(),
        valid_from=days(surveyed.astype("datetime64[D]"))[member],
        origin=b"sample",
        block_no=whole(block_numbers(fabric, first_block)[lots.block]),
        parcel_no=whole(lots.number),
        cadastral_neighbourhood=names[member],
        neighbourhood_ref=refs[member],
        sheet_no=_sheets(parcels.shapes),
        locality=where(is_field, localities[rng.integers(0, len(localities), count)]),
        land_use_text=_land_uses(fabric, zoning, parcels, is_field, wording, rng),
        registered_area_m2=fixed(registered_areas(parcels.area, rng), 2),
        coord_quality=where(~provisional, b"archive_approved", b"provisional"),
        point_accuracy_m=where(provisional, b"0.150", b"0.050"),
        status=b"active",
        condo_state=words(["main_property", "condo_ownership", "condo_easement"])[condo],
        registry_id=glue(str(district_id).encode(), padded(np.arange(1, count + 1), 7)),
    )


def registered_areas(area: Floats, rng: np.random.Generator) -> Floats:
    """Mostly the computed area; some rounded by older methods, a few beyond what today's rule forgives."""
    drawn = rng.random(len(area))
    old = np.round(area * (1 + rng.uniform(-0.004, 0.004, len(area))))
    wrong = np.round(area * (1 + rng.choice([-0.04, 0.05], len(area))))
    return np.where(drawn < 0.86, np.round(area, 2), np.where(drawn < 0.995, old, wrong))


def _sheets(shapes: Shapes) -> Text:
    """Sheets of 800 by 600 metres, named by their column and row."""
    bounds = shapely.bounds(shapes)
    return glue(
        padded((bounds[:, 0] // 800).astype(np.int64), 4), b"-", padded((bounds[:, 1] // 600).astype(np.int64), 4)
    )


def _land_uses(
    fabric: Fabric,
    zoning: Zoning,
    parcels: Parcels,
    is_field: Flags,
    wording: Mapping[str, Any],
    rng: np.random.Generator,
) -> Text:
    texts = wording["land_use"]
    lots = fabric.lots
    use = fabric.blocks.use[lots.block]
    apartments = words([texts["apartment"].replace("{floors}", n) for n in wording["floors"]["words"]])
    is_village = fabric.ground.kind[fabric.blocks.quarter[lots.block]] == VILLAGE
    found = apartments[np.clip(parcels.floors, 0, len(apartments) - 1)].astype("S120")
    found = where((parcels.floors <= 2) & ~is_village, word(texts["house"]), found)
    found = where(is_village, word(texts["garden_house"]), found)
    found = where((zoning.use[lots.block] == SHOPS) & (parcels.floors <= 3), word(texts["shop"]), found)
    found = where(~parcels.is_built, word(texts["empty"]), found)
    for block_use, key in _PUBLIC_USES.items():
        found = where(use == block_use, word(texts[key]), found)
    crops = words(texts["fields"])
    return where(is_field, crops[rng.integers(0, len(crops), len(found))], found)
