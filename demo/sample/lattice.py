"""The coarse mesh of a settlement: strips between main streets, cut into quarters of a few blocks each.

All in the straight plane (u, v) in metres around the settlement's centre; warp.py bends it onto the ground.
Cuts of neighbouring strips do not meet, as in towns that grew.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from demo.sample.arrays import Flags, Floats, Integers
from demo.sample.settlements import Settlement
from demo.sample.warp import Warps

TOWN, VILLAGE, FIELDS = 0, 1, 2
LOT_DEPTH_M = np.array([19.5, 26.0, 70.0])
LOT_WIDTH_M = np.array([16.5, 22.0, 45.0])
BLOCK_LENGTH_M = np.array([78.0, 95.0, 160.0])
STREET_M = np.array([8.0, 7.0, 5.0])
_FIELD_QUARTERS = 0.35
"""Of a village's quarters, the outer ones that are farmed."""
_LOTS_PER_FRONTAGE = 1.765 * 0.9
"""Two rows back to back, less parks, schools and cross streets; makes the number asked for come out right."""
_STREETS_M = 14.0
"""Of a quarter's width, what its own half of the streets around it takes."""


@dataclass(frozen=True)
class Quarters:
    """The built quarters of a settlement, from the middle outwards."""

    u0: Floats
    u1: Floats
    v0: Floats
    v1: Floats
    strip: Integers
    cut: Integers
    """Number of the cut at its west side, counted within the strip."""
    kind: Integers
    is_turned: Flags
    """True where rows of parcels run across the strip instead of along it."""
    member: Integers
    """The neighbourhood, as a position in the district's list."""
    lots: Integers
    """About how many parcels it will have."""

    def __len__(self) -> int:
        return len(self.u0)


@dataclass(frozen=True)
class Mesh:
    """Quarters and the lines between them."""

    line_v: Floats
    """Where each main street lies; strip k is between lines k and k + 1."""
    line_width: Floats
    cut_width: float
    cuts: tuple[Floats, ...]
    """Per strip, where it is cut; quarter c of the strip is between cuts c and c + 1."""
    quarters: Quarters


def lay_out(settlement: Settlement, parcels: int, warps: Warps, rng: np.random.Generator) -> Mesh:
    """Quarters enough for `parcels` inside the territory, nearest first, each given to a neighbourhood."""
    per_quarter = _parcels_per_quarter(settlement, parcels)
    side = float(np.sqrt(per_quarter * (1000.0 if settlement.is_village else 470.0)))
    reach = side * (1.0 + 0.75 * np.sqrt(parcels / per_quarter))
    shape = rng.uniform(0, 2 * np.pi, 3)
    for _ in range(7):
        line_v = _steps(reach, side, 0.22, rng)
        cuts = tuple(_steps(reach, side, 0.3, rng) for _ in line_v[1:])
        candidates = _candidates(line_v, cuts, settlement, warps, shape, rng)
        total = np.cumsum(candidates.lots)
        if len(total) >= len(settlement.members) and total[-1] >= parcels:
            break
        reach *= 1.5
    count = max(int(np.abs(total - parcels).argmin()) + 1, len(settlement.members))
    chosen = _take(candidates, np.arange(min(count, len(candidates))))
    return Mesh(
        line_v=line_v,
        line_width=_widths(len(line_v), settlement.is_village, rng),
        cut_width=8.0 if settlement.is_village else 11.0,
        cuts=cuts,
        quarters=_with_members(chosen, settlement, warps),
    )


def _parcels_per_quarter(settlement: Settlement, parcels: int) -> float:
    """Small enough that every neighbourhood gets a whole quarter, at most about 260 m across."""
    each = parcels / len(settlement.members)
    return float(np.clip(each * 0.6, 5, 45) if settlement.is_village else np.clip(each * 0.8, 24, 130))


def _steps(reach: float, side: float, spread: float, rng: np.random.Generator) -> Floats:
    count = int(np.ceil(2.4 * reach / side)) + 2
    steps = side * rng.uniform(1 - spread, 1 + spread, count)
    places: Floats = np.cumsum(steps) - steps.sum() / 2 + rng.uniform(-0.3, 0.3) * side
    return places.round(1)


def _widths(count: int, is_village: bool, rng: np.random.Generator) -> Floats:
    if is_village:
        return np.full(count, 9.0)
    widths = np.where(rng.random(count) < 0.3, 15.0, 12.0)
    widths[count // 2 :: 4] = 26.0
    widths[count // 2 % 4 : count // 2 : 4] = 26.0
    return widths


def _candidates(
    line_v: Floats,
    cuts: tuple[Floats, ...],
    settlement: Settlement,
    warps: Warps,
    shape: Floats,
    rng: np.random.Generator,
) -> Quarters:
    strip = np.concatenate([np.full(len(c) - 1, k) for k, c in enumerate(cuts)])
    cut = np.concatenate([np.arange(len(c) - 1) for c in cuts])
    u0 = np.concatenate([c[:-1] for c in cuts])
    u1 = np.concatenate([c[1:] for c in cuts])
    v0, v1 = line_v[strip], line_v[strip + 1]
    count = len(strip)
    distance = _distance((u0 + u1) / 2, (v0 + v1) / 2, shape)
    order = np.argsort(distance, kind="stable")
    fits = _fits(u0, u1, v0, v1, settlement, warps)
    order = order[fits[order]]
    kinds = np.full(count, VILLAGE if settlement.is_village else TOWN)
    everything = Quarters(
        u0=u0,
        u1=u1,
        v0=v0,
        v1=v1,
        strip=strip,
        cut=cut,
        kind=kinds,
        is_turned=rng.random(count) < 0.4,
        member=np.zeros(count, dtype=np.int64),
        lots=_expected_lots(u1 - u0, v1 - v0, kinds),
    )
    return _take(everything, order)


def _distance(u: Floats, v: Floats, shape: Floats) -> Floats:
    """Towns are not round: some directions are settled farther out than others."""
    angle = np.arctan2(v, u)
    lobes = 1 + 0.22 * np.sin(2 * angle + shape[0]) + 0.14 * np.sin(3 * angle + shape[1])
    distance: Floats = np.hypot(u, v) * (lobes + 0.08 * np.sin(7 * angle + shape[2]))
    return distance


def _fits(u0: Floats, u1: Floats, v0: Floats, v1: Floats, settlement: Settlement, warps: Warps) -> Flags:
    """A quarter is built only if it lies wholly inside the settlement's territory."""
    corners_u = np.stack([u0, (u0 + u1) / 2, u1, u1, u1, (u0 + u1) / 2, u0, u0], axis=1)
    corners_v = np.stack([v0, v0, v0, (v0 + v1) / 2, v1, v1, v1, (v0 + v1) / 2], axis=1)
    number = np.full(corners_u.size, settlement.number)
    ground = warps.to_ground(number, corners_u.ravel(), corners_v.ravel())
    outlines = shapely.polygons(ground.reshape(-1, 8, 2))
    shapely.prepare(settlement.territory)
    fits: Flags = shapely.contains_properly(settlement.territory, outlines)
    return fits


def _expected_lots(width: Floats, height: Floats, kind: Integers) -> Integers:
    rows = np.maximum(1, np.round(height / (2 * LOT_DEPTH_M[kind] + STREET_M[kind])))
    lots: Floats = np.round(_LOTS_PER_FRONTAGE * rows * (width - _STREETS_M) / LOT_WIDTH_M[kind])
    return np.maximum(2, lots).astype(np.int64)


def _take(quarters: Quarters, order: Integers) -> Quarters:
    return Quarters(**{name: values[order] for name, values in vars(quarters).items()})


def _with_members(quarters: Quarters, settlement: Settlement, warps: Warps) -> Quarters:
    kind = quarters.kind.copy()
    member = np.full(len(quarters), settlement.members[0])
    if settlement.is_village and len(settlement.members) == 1:
        fields = int(len(quarters) * _FIELD_QUARTERS)
        kind[len(quarters) - fields :] = FIELDS
    lots = _expected_lots(quarters.u1 - quarters.u0, quarters.v1 - quarters.v0, kind)
    if len(settlement.members) > 1:
        number = np.full(len(quarters), settlement.number)
        middles = warps.to_ground(number, (quarters.u0 + quarters.u1) / 2, (quarters.v0 + quarters.v1) / 2)
        _divide(np.arange(len(quarters)), np.arange(len(settlement.members)), middles, settlement, member)
    return Quarters(**{**vars(quarters), "kind": kind, "member": member, "lots": lots})


def _divide(quarters: Integers, members: Integers, middles: Floats, settlement: Settlement, member: Integers) -> None:
    """Halve quarters and neighbourhoods along the same axis until each neighbourhood has its own.

    So a neighbourhood lies as it really does relative to the others, and has quarters by its population.
    """
    if len(members) == 1 or len(quarters) == 0:
        member[quarters] = settlement.members[members[0]]
        return
    axis = int(np.ptp(middles[quarters], axis=0).argmax())
    people = members[np.lexsort((members, settlement.positions[members, axis]))]
    ground = quarters[np.lexsort((quarters, middles[quarters, axis]))]
    first = len(people) // 2
    weight = np.sqrt(settlement.population[people]).cumsum()
    share = round(len(ground) * weight[first - 1] / weight[-1])
    cut = int(np.clip(share, first, len(ground) - (len(people) - first)))
    _divide(ground[:cut], people[:first], middles, settlement, member)
    _divide(ground[cut:], people[first:], middles, settlement, member)
