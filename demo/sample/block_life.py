"""What becomes of one block after its survey: a parcel is divided, joined, ceded to the road in part, built on."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, func, select

from demo.sample.sources import DATA, GRID_M
from demo.upload_kit.parcels import Parcel, blocks_of, generated, last_number
from demo.upload_kit.shapes import common_edge_m, split, street_front, without_strip
from demo.upload_kit.writers import Record
from layers.core.layer import Layer
from layers.core.operations import OperationKind
from layers.core.profile import Profile

BLOCK_LEAST = 6
_PARTS = 3
_LEAST_EDGE_M = 8.0
_LEAST_PART_M2 = 100.0
_LEAST_ROUNDNESS = 0.99
"""Nobody would register a parcel with a tail."""
_CEDED_M = 2.0
_CEDED_IN_THE_FIELD_M = 1.2
_FILES_TAKE = 16
"""demo/uploads takes blocks at the beginning of each sixteenth."""


@dataclass(frozen=True)
class BlockWords:
    """What files and decisions say, in the language of the city."""

    built: str
    seen_in_the_field: str
    reasons: Mapping[OperationKind, str]


@dataclass(frozen=True)
class Step:
    """One file that the district sends."""

    kind: OperationKind
    why: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class BlockLife:
    """Files in the order in which they are published, and one that comes back from the field too late."""

    steps: tuple[Step, ...]
    known_in_the_field: int
    """So many of the steps were published when it was taken."""
    from_the_field: tuple[Record, ...]
    ref: str
    """The parcel that all this leads to."""


def block_words(profile: Profile) -> BlockWords:
    """As the city's facts have them."""
    facts = tomllib.loads((DATA / profile.name / "sample.toml").read_text(encoding="utf-8"))["block_life"]
    reasons = {OperationKind(kind): why for kind, why in facts["reasons"].items()}
    return BlockWords(facts["built"], facts["seen_in_the_field"], reasons)


def block_life(parcels: Iterable[Parcel], words: BlockWords) -> BlockLife | None:
    """Of the first block in which all of it is possible, and of which demo/uploads has no file; None in no town."""
    blocks = blocks_of(generated(parcels), BLOCK_LEAST)
    taken = max(2, len(blocks) // _FILES_TAKE)
    free = (block for number, block in enumerate(blocks) if number % taken)
    return next((life for block in free if (life := _life(block, words)) is not None), None)


def published_parcels(connection: Connection, layer: Layer, district_id: int) -> Iterator[Parcel]:
    """All of a district as they are published, in the order in which they came."""
    rows = layer.table.c
    asked = select(
        rows.ref,
        rows.block_no,
        rows.parcel_no,
        rows.cadastral_neighbourhood,
        rows.land_use_text,
        rows.registered_area_m2,
        func.ST_AsBinary(func.ST_GeometryN(rows.geom, 1)).label("geom"),
    ).where(rows.district_id == district_id)
    for row in connection.execute(asked.order_by(rows.id)):
        yield Parcel(*row[:-1], shapely.from_wkb(bytes(row.geom)))


def _life(block: Sequence[Parcel], words: BlockWords) -> BlockLife | None:
    divided = max(block, key=lambda parcel: parcel.geom.area)
    others = [parcel for parcel in block if parcel is not divided]
    last = last_number(block)
    parts = [
        divided.renumbered(last + number).with_shape(shape)
        for number, shape in enumerate(split(divided.geom, _PARTS), start=1)
    ]
    pairs = [
        (part, other) for part in parts for other in others if common_edge_m(part.geom, other.geom) > _LEAST_EDGE_M
    ]
    part, neighbour = max(pairs, key=lambda pair: _roundness(_joined(_shapes(pair))), default=(None, None))
    if part is None or neighbour is None or part.geom.area < _LEAST_PART_M2:
        return None
    whole = part.renumbered(last + _PARTS + 1).with_shape(_joined(_shapes((part, neighbour))))
    around = [parcel for parcel in (*parts, *others) if parcel not in (part, neighbour)]
    front = street_front(whole.geom, _shapes(around))
    if front is None or front.length < _LEAST_EDGE_M or _roundness(whole.geom) < _LEAST_ROUNDNESS:
        return None
    ceded = whole.with_shape(without_strip(whole.geom, front, _CEDED_M))
    measured = whole.with_shape(without_strip(whole.geom, front, _CEDED_IN_THE_FIELD_M))
    steps = {
        OperationKind.SUBDIVISION: parts,
        OperationKind.AMALGAMATION: [whole],
        OperationKind.ROAD_CESSION: [ceded],
        OperationKind.USE_CHANGE: [replace(ceded, land_use=words.built)],
    }
    in_the_field = (replace(parcel, land_use=words.seen_in_the_field) for parcel in (measured, around[-1]))
    return BlockLife(
        steps=tuple(Step(kind, words.reasons[kind], _records(parcels)) for kind, parcels in steps.items()),
        known_in_the_field=2,
        from_the_field=_records(in_the_field),
        ref=whole.ref,
    )


def _joined(outlines: Sequence[BaseGeometry]) -> BaseGeometry:
    """Also where a corner of one lies within a millimetre of an edge of the other."""
    return shapely.simplify(shapely.union_all(outlines, grid_size=GRID_M), GRID_M)


def _roundness(outline: BaseGeometry) -> float:
    """1 where the outline is convex."""
    return float(outline.area / outline.convex_hull.area)


def _records(parcels: Iterable[Parcel]) -> tuple[Record, ...]:
    return tuple(parcel.canonical for parcel in parcels)


def _shapes(parcels: Iterable[Parcel]) -> list[BaseGeometry]:
    return [parcel.geom for parcel in parcels]
