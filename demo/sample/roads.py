"""Every street of a district as lines in the (u, v) plane, and which street a parcel faces."""

from dataclasses import dataclass

import numpy as np
import shapely

from demo.sample.arrays import Flags, Floats, Integers, Shapes
from demo.sample.city import DistrictPlan
from demo.sample.edges import NOTHING, Edges, joined_edges
from demo.sample.lattice import TOWN
from demo.sample.lots import Fabric
from demo.sample.polylines import Polylines, sampled
from demo.sample.ragged import ranks

MAIN, SIDE, ROW, CROSS = range(4)
"""Between strips; between quarters of a strip; between rows of a quarter; between blocks of a row."""
_FAR = 1e6
"""More metres than any street is long; makes (street, place) one sortable number."""


@dataclass(frozen=True)
class Roads:
    """Road pieces: one street with the same neighbourhood on each hand."""

    kind: Integers
    street: Integers
    """Number of the street; pieces of one street share it."""
    parent: Integers
    """For a cross street, the street it is numbered after; else NOTHING."""
    settlement: Integers
    quarter: Integers
    width: Floats
    left: Integers
    right: Integers
    lines: Polylines
    normal_u: Floats
    normal_v: Floats
    """Unit vector to the left, in the plane."""

    def __len__(self) -> int:
        return len(self.kind)

    def centre_lines(self, plan: DistrictPlan) -> Shapes:
        """On the ground."""
        return self.lines.to_ground(self.settlement, plan.warps)

    def beside(self, plan: DistrictPlan, offset_m: Floats) -> Shapes:
        """Lines that run along the street, to its left by so many metres."""
        line = self.lines.line
        moved = Polylines(
            self.lines.u + (self.normal_u * offset_m)[line],
            self.lines.v + (self.normal_v * offset_m)[line],
            line,
        )
        return moved.to_ground(self.settlement, plan.warps)


@dataclass(frozen=True)
class Frontages:
    """For every lot the road piece it faces, from which hand, and how far along the street."""

    road: Integers
    is_left: Flags
    along: Floats


@dataclass(frozen=True)
class _Pieces:
    """Straight pieces before they are joined into roads."""

    kind: int
    ua: Floats
    va: Floats
    ub: Floats
    vb: Floats
    road: Integers
    """Pieces of one road follow each other."""
    settlement: Integers
    quarter: Integers
    width: Floats
    left: Integers
    right: Integers
    street_key: Integers
    is_along_v: Flags


@dataclass(frozen=True)
class Network:
    """The roads of a district and how to find the one a lot faces."""

    roads: Roads
    main_keys: Floats
    main_roads: Integers
    side_keys: Integers
    side_roads: Integers
    row_roads: Integers
    """Per row line, its road, or NOTHING at a quarter's edge."""

    def frontages(self, fabric: Fabric) -> Frontages:
        """The street in front of each lot."""
        lots, ground = fabric.lots, fabric.ground
        line = fabric.blocks.low[lots.block] + lots.is_high
        quarter = fabric.blocks.quarter[lots.block]
        along = (lots.front_start + lots.front_end) / 2
        settlement = ground.settlement[quarter]
        turned = ground.is_turned[quarter]
        main_key = _main_key(settlement, ground.strip[quarter] + lots.is_high, along)
        main = self.main_roads[np.clip(np.searchsorted(self.main_keys, main_key) - 1, 0, None)]
        side_key = _side_key(settlement, ground.strip[quarter], ground.cut[quarter] + lots.is_high)
        side = self.side_roads[np.clip(np.searchsorted(self.side_keys, side_key), 0, len(self.side_keys) - 1)]
        row = self.row_roads[line]
        road = np.where(row != NOTHING, row, np.where(turned, side, main))
        return Frontages(road, ~lots.is_high ^ turned, along)


def _main_key(settlement: Integers, line: Integers, u: Floats) -> Floats:
    return (settlement * 1000.0 + line) * _FAR + u + _FAR / 2


def _side_key(settlement: Integers, strip: Integers, cut: Integers) -> Integers:
    return (settlement * 1000 + strip) * 1000 + cut


def network_of(plan: DistrictPlan, fabric: Fabric) -> Network:
    """Main streets, side streets, row streets and cross streets, joined into roads."""
    main, main_keys = _main_pieces(plan, fabric)
    side, side_keys = _side_pieces(plan, fabric)
    row, row_of_line = _row_pieces(fabric)
    cross, parent_row = _cross_pieces(fabric)
    counts = [int(p.road.max(initial=-1)) + 1 for p in (main, side, row, cross)]
    first = np.cumsum([0, *counts])
    roads = _joined([main, side, row, cross], first, parent_row, row_of_line)
    order = np.argsort(side_keys)
    return Network(
        roads=roads,
        main_keys=main_keys,
        main_roads=main.road,
        side_keys=side_keys[order],
        side_roads=(first[1] + side.road)[order],
        row_roads=np.where(row_of_line == NOTHING, NOTHING, first[2] + row_of_line),
    )


@dataclass(frozen=True)
class _Borders:
    """Edges of all settlements of a district together with their neighbourhoods."""

    edges: Edges
    settlement: Integers
    quarter: Integers
    left: Integers
    right: Integers


def _main_pieces(plan: DistrictPlan, fabric: Fabric) -> tuple[_Pieces, Floats]:
    borders = _borders(plan, fabric, is_main=True)
    edges, left, right = borders.edges, borders.left, borders.right
    street = borders.settlement * 1000 + edges.line
    goes_on = np.zeros(len(street), dtype=bool)
    goes_on[1:] = (
        (street[1:] == street[:-1])
        & (left[1:] == left[:-1])
        & (right[1:] == right[:-1])
        & (edges.ua[1:] == edges.ub[:-1])
    )
    pieces = _straight(MAIN, borders, road=np.cumsum(~goes_on) - 1, street=street)
    return pieces, _main_key(borders.settlement, edges.line, edges.ua)


def _side_pieces(plan: DistrictPlan, fabric: Fabric) -> tuple[_Pieces, Integers]:
    borders = _borders(plan, fabric, is_main=False)
    key = _side_key(borders.settlement, borders.edges.strip, borders.edges.cut)
    return _straight(SIDE, borders, road=np.arange(len(key)), street=key), key


def _borders(plan: DistrictPlan, fabric: Fabric, *, is_main: bool) -> _Borders:
    """Open land counts to the neighbourhood on the other hand."""
    every = joined_edges(plan.edges)
    settlement = np.repeat(np.arange(len(plan.edges)), [len(edges) for edges in plan.edges])
    chosen = (every.line != NOTHING) == is_main
    edges, settlement = every.only(chosen), settlement[chosen]
    first, member = fabric.ground.first_quarter[settlement], fabric.ground.member
    left = np.where(edges.left == NOTHING, edges.right, edges.left) + first
    right = np.where(edges.right == NOTHING, edges.left, edges.right) + first
    return _Borders(edges, settlement, np.minimum(left, right), member[left], member[right])


def _straight(kind: int, borders: _Borders, road: Integers, street: Integers) -> _Pieces:
    edges = borders.edges
    return _Pieces(
        kind=kind,
        ua=edges.ua,
        va=edges.va,
        ub=edges.ub,
        vb=edges.vb,
        road=road,
        settlement=borders.settlement,
        quarter=borders.quarter,
        width=edges.width,
        left=borders.left,
        right=borders.right,
        street_key=street,
        is_along_v=np.full(len(edges), kind == SIDE),
    )


def _row_pieces(fabric: Fabric) -> tuple[_Pieces, Integers]:
    lines, ground = fabric.lines, fabric.ground
    line = np.flatnonzero(lines.is_inner)
    quarter = lines.quarter[line]
    s0, s1 = ground.s0[quarter], ground.s1[quarter]
    row_of_line = np.full(len(lines.quarter), NOTHING)
    row_of_line[line] = np.arange(len(line))
    t0, t1 = lines.t_at(line, s0, ground), lines.t_at(line, s1, ground)
    return _inner(ROW, fabric, quarter, s0, t0, s1, t1, lines.half_street[line] * 2, is_across=False), row_of_line


def _cross_pieces(fabric: Fabric) -> tuple[_Pieces, Integers]:
    """From the middle of the street below to the middle of the one above."""
    blocks, lines, ground = fabric.blocks, fabric.lines, fabric.ground
    block = np.flatnonzero(blocks.place > 0)
    quarter, low = blocks.quarter[block], blocks.low[block]
    s = (blocks.s1[block - 1] + blocks.s0[block]) / 2
    t0 = np.where(lines.is_inner[low], lines.t_at(low, s, ground), ground.t0[quarter])
    t1 = np.where(lines.is_inner[low + 1], lines.t_at(low + 1, s, ground), ground.t1[quarter])
    width = blocks.s0[block] - blocks.s1[block - 1]
    parent = np.where(lines.is_inner[low], low, np.where(lines.is_inner[low + 1], low + 1, NOTHING))
    return _inner(CROSS, fabric, quarter, s, t0, s, t1, width, is_across=True), parent


def _inner(
    kind: int,
    fabric: Fabric,
    quarter: Integers,
    sa: Floats,
    ta: Floats,
    sb: Floats,
    tb: Floats,
    width: Floats,
    *,
    is_across: bool,
) -> _Pieces:
    turned = fabric.ground.is_turned[quarter]
    member = fabric.ground.member[quarter]
    every = np.arange(len(quarter))
    return _Pieces(
        kind=kind,
        ua=np.where(turned, ta, sa),
        va=np.where(turned, sa, ta),
        ub=np.where(turned, tb, sb),
        vb=np.where(turned, sb, tb),
        road=every,
        settlement=fabric.ground.settlement[quarter],
        quarter=quarter,
        width=width,
        left=member,
        right=member,
        street_key=every,
        is_along_v=turned ^ is_across,
    )


def _joined(parts: list[_Pieces], first: Integers, parent_row: Integers, row_of_line: Integers) -> Roads:
    road = np.concatenate([p.road + start for p, start in zip(parts, first, strict=False)])
    kind = np.repeat([p.kind for p in parts], [len(p.road) for p in parts])
    every = {
        name: np.concatenate([getattr(p, name) for p in parts])
        for name in vars(parts[0])
        if name not in ("kind", "road")
    }
    lines = sampled(every["ua"], every["va"], every["ub"], every["vb"])
    begins = np.r_[True, road[1:] != road[:-1]]
    # Where a piece goes on, its first corner is the last one of the piece before.
    is_first_corner = np.r_[True, lines.line[1:] != lines.line[:-1]]
    kept = begins[lines.line] | ~is_first_corner
    head = np.flatnonzero(begins)
    street = np.unique(np.column_stack([kind, every["street_key"]])[head], axis=0, return_inverse=True)[1].ravel()
    parent = np.full(len(head), NOTHING)
    has_parent = parent_row != NOTHING
    cross = np.arange(len(parent_row))[has_parent] + first[3]
    parent[cross] = street[first[2] + row_of_line[parent_row[has_parent]]]
    along_v = every["is_along_v"][head]
    return Roads(
        kind=kind[head],
        street=street,
        parent=parent,
        settlement=every["settlement"][head],
        quarter=every["quarter"][head],
        width=every["width"][head],
        left=every["left"][head],
        right=every["right"][head],
        lines=Polylines(lines.u[kept], lines.v[kept], road[lines.line[kept]]),
        normal_u=np.where(along_v, -1.0, 0.0),
        normal_v=np.where(along_v, 0.0, 1.0),
    )


def worth_a_name(roads: Roads, fabric: Fabric, lengths: Floats) -> Flags:
    """Per street: the long main streets of towns have names, all others numbers."""
    streets = int(roads.street.max()) + 1
    total = np.bincount(roads.street, weights=lengths, minlength=streets)
    is_main = np.zeros(streets, dtype=bool)
    is_main[roads.street[(roads.kind == MAIN) & (fabric.ground.kind[roads.quarter] == TOWN)]] = True
    return is_main & (total > 220)


def street_numbers(roads: Roads, named: Flags, first_number: int) -> tuple[Integers, Integers]:
    """Per street its number and, behind the slash, its branch (0 for none); neighbours get neighbouring numbers."""
    streets = len(named)
    head = np.unique(roads.street, return_index=True)[1]
    parent, quarter, kind = roads.parent[head], roads.quarter[head], roads.kind[head]
    own = np.flatnonzero(~named & (parent == NOTHING))
    order = np.lexsort((own, kind[own], quarter[own]))
    number = np.zeros(streets, dtype=np.int64)
    number[own[order]] = first_number + np.arange(len(own))
    branch = np.zeros(streets, dtype=np.int64)
    branches = np.flatnonzero(parent != NOTHING)
    branch[branches] = ranks(parent[branches], branches.astype(float)) + 1
    number[branches] = number[parent[branches]]
    return number, branch


def lengths_of(lines: Shapes) -> Floats:
    """In metres of the plane of the storage CRS."""
    lengths: Floats = shapely.length(lines)
    return lengths
