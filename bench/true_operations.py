"""Blocks of a made-up town whose parcels are divided, joined and moved, with what really happened to each."""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import shapely
from shapely.affinity import rotate, translate
from shapely.geometry.base import BaseGeometry

from layers.core.operations import OperationKind

APART_M = 800.0
PER_ROW = 25
WHERE = (500_000.0, 4_250_000.0)
"""South-west corner of the town, in the storage CRS."""


@dataclass(frozen=True)
class Lot:
    """A parcel as it is published or sent."""

    ref: str
    shape: BaseGeometry


@dataclass(frozen=True)
class Truth:
    """What became of these parcels."""

    kind: OperationKind
    parents: frozenset[str]
    children: frozenset[str]

    @property
    def may_be_nothing(self) -> bool:
        """Surveyed again: within the accuracy of surveys it is the same outline."""
        return self.kind is OperationKind.CORRECTION and len(self.parents) == 1


@dataclass
class Town:
    """What is published, what the file brings, and what that means."""

    published: list[Lot] = field(default_factory=list)
    sent: list[Lot] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    """Lots side by side along a street; x runs along it, the street lies below y = 0."""

    edges: tuple[float, ...]
    """Where one lot ends and the next begins: lot n lies from edge n to edge n + 1."""
    depth_m: float

    def lot(self, first: int, last: int | None = None, front_m: float = 0.0) -> BaseGeometry:
        """From one lot to another, without a strip in front."""
        after = self.edges[(first if last is None else last) + 1]
        return shapely.box(self.edges[first], front_m, after, self.depth_m)


Made = tuple[OperationKind, int, tuple[BaseGeometry, ...], bool]
"""What happens, to how many neighbouring lots, what comes of them, and whether they keep their numbers."""
Maker = Callable[[random.Random, _Row, int], Made]


def town(operations: int, seed: int, noise_m: float = 0.02) -> Town:
    """So many operations, kinds in turn, several beside each other in each block; the same for the same seed."""
    rng = random.Random(seed)
    made = Town()
    block = 0
    while len(made.truths) < operations:
        _add_block(made, rng, block, operations, noise_m)
        block += 1
    return made


def _add_block(made: Town, rng: random.Random, block: int, most: int, noise_m: float) -> None:
    widths = [rng.uniform(9, 28) for _ in range(rng.randint(6, 12))]
    edges = tuple(sum(widths[:n]) for n in range(len(widths) + 1))
    row = _Row(edges, rng.uniform(18, 45))
    behind = shapely.box(0, row.depth_m, edges[-1], row.depth_m + rng.uniform(18, 45))
    place = _placing(rng, block)
    made.published.append(Lot(f"{block}-behind", place(behind)))
    made.published += [Lot(f"{block}-{n}", place(row.lot(n))) for n in range(len(widths))]
    lot = rng.randint(0, 1)
    while lot < len(widths) and len(made.truths) < most:
        maker = MAKERS[len(made.truths) % len(MAKERS)]
        if lot + 3 > len(widths):
            break
        kind, count, shapes, is_kept = maker(rng, row, lot)
        parents = [f"{block}-{n}" for n in range(lot, lot + count)]
        names = parents if is_kept else [f"{block}-{lot}/{n}" for n in range(1, len(shapes) + 1)]
        shaken = [_shaken(place(shape), rng, noise_m) for shape in shapes]
        made.sent += [Lot(name, shape) for name, shape in zip(names, shaken, strict=True)]
        made.truths.append(Truth(kind, frozenset(parents), frozenset(names)))
        lot += count + rng.randint(0, 1)


def _subdivision(rng: random.Random, row: _Row, lot: int) -> Made:
    """By lines across the lot or along it, not always square to it; one in three gives a strip to the street."""
    front_m = rng.uniform(1, 3.5) if rng.random() < 1 / 3 else 0.0
    whole = row.lot(lot, front_m=front_m)
    return OperationKind.SUBDIVISION, 1, tuple(_pieces(rng, whole, rng.randint(2, 4))), False


def _amalgamation(rng: random.Random, row: _Row, lot: int) -> Made:
    count = rng.randint(2, 3)
    return OperationKind.AMALGAMATION, count, (row.lot(lot, lot + count - 1),), False


def _shift(rng: random.Random, row: _Row, lot: int) -> Made:
    """The boundary between two lots moves, its two ends not alike."""
    middle, both = row.edges[lot + 1], row.lot(lot, lot + 1)
    room_m = min(middle - row.edges[lot], row.edges[lot + 2] - middle)
    ends = [middle + rng.choice((-1, 1)) * rng.uniform(0.08, 0.4) * room_m for _ in range(2)]
    if (ends[0] - middle) * (ends[1] - middle) < 0:
        ends[1] = 2 * middle - ends[1]
    west = shapely.Polygon(
        [(-1e3, -1e3), (ends[0], -1e3), (ends[0], 0), (ends[1], row.depth_m), (ends[1], 1e3), (-1e3, 1e3)]
    )
    return OperationKind.CORRECTION, 2, (both.intersection(west), both.difference(west)), True


def _mixed(rng: random.Random, row: _Row, lot: int) -> Made:
    """Two or three lots joined and divided anew along other lines."""
    count = rng.randint(2, 3)
    whole = row.lot(lot, lot + count - 1)
    cuts = rng.randint(2, 4)
    west, _, east, _ = whole.bounds
    inner = row.edges[lot + 1 : lot + count]
    while True:
        at = sorted(west + (east - west) * (n + rng.uniform(-0.25, 0.25)) / cuts for n in range(1, cuts))
        if all(min(abs(cut - edge) for cut in at) > 0.12 * (east - west) / count for edge in inner):
            break
        cuts = rng.randint(2, 4)
    lines = [west, *at, east]
    shapes = tuple(whole.intersection(shapely.box(a, -1e3, b, 1e3)) for a, b in pairwise(lines))
    return OperationKind.READJUSTMENT, count, shapes, False


def _cession(rng: random.Random, row: _Row, lot: int) -> Made:
    """A strip along the street, sometimes cut askew; the lot keeps its number."""
    near, far = rng.uniform(0.8, 3.5), rng.uniform(0.8, 3.5)
    west, _, east, north = row.lot(lot).bounds
    return (
        OperationKind.ROAD_CESSION,
        1,
        (shapely.Polygon([(west, near), (east, far), (east, north), (west, north)]),),
        True,
    )


def _redrawn(_rng: random.Random, row: _Row, lot: int) -> Made:
    """Nothing but the noise of another survey."""
    return OperationKind.CORRECTION, 1, (row.lot(lot),), True


MAKERS: Sequence[Maker] = (_subdivision, _amalgamation, _shift, _mixed, _cession, _subdivision, _redrawn)


def _pieces(rng: random.Random, whole: BaseGeometry, count: int) -> Iterator[BaseGeometry]:
    west, south, east, north = whole.bounds
    is_across = rng.random() < 0.3
    length = north - south if is_across else east - west
    begin = south if is_across else west
    lines = [begin + length * (n + rng.uniform(-0.2, 0.2)) / count for n in range(1, count)]
    slant = rng.uniform(-0.1, 0.1) * length / count
    rest = whole
    for line in lines:
        if is_across:
            corners = [
                (-1e3, -1e3),
                (1e3, -1e3),
                (1e3, line + slant),
                (east, line + slant),
                (west, line - slant),
                (-1e3, line - slant),
            ]
        else:
            corners = [
                (-1e3, -1e3),
                (line - slant, -1e3),
                (line - slant, south),
                (line + slant, north),
                (line + slant, 1e3),
                (-1e3, 1e3),
            ]
        side = shapely.Polygon(corners)
        yield rest.intersection(side)
        rest = rest.difference(side)
    yield rest


def _placing(rng: random.Random, block: int) -> Callable[[BaseGeometry], BaseGeometry]:
    """Each block lies in its own place and its own direction."""
    angle = rng.uniform(0, 360)
    x, y = WHERE[0] + APART_M * (block % PER_ROW), WHERE[1] + APART_M * (block // PER_ROW)

    def place(shape: BaseGeometry) -> BaseGeometry:
        return translate(rotate(shape, angle, origin=(0, 0)), x, y)

    return place


def _shaken(shape: BaseGeometry, rng: random.Random, noise_m: float) -> BaseGeometry:
    """Each corner a little elsewhere; the same corner of two parcels not in the same place."""
    ring = [(x + _off(rng, noise_m), y + _off(rng, noise_m)) for x, y in shape.exterior.coords[:-1]]
    return shapely.Polygon(ring)


def _off(rng: random.Random, noise_m: float) -> float:
    return math.copysign(min(abs(rng.gauss(0, noise_m)), 2.5 * noise_m), rng.random() - 0.5)
