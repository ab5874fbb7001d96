"""Blocks divided into parcels: two rows back to back that share every corner, without gap or overlap."""

from dataclasses import dataclass

import numpy as np
import shapely

from demo.sample.arrays import Flags, Floats, Integers, Shapes
from demo.sample.blocks import COMMERCIAL, ORDINARY, Blocks, RowLines
from demo.sample.ground import Ground
from demo.sample.lattice import LOT_WIDTH_M
from demo.sample.ragged import owners, positions, ranks

_CELL_M = 2.5
_CELLS = 4096
"""More than any block has; makes (block, cell) one number."""
_CORNER_M = 2.5
"""Block corners are cut off so that drivers see each other."""
_HIGH_FIRST = 4 * _CELLS
_AFTER_ALL = 10 * _CELLS
"""Places in the order of a ring's corners: the low frontage comes first, then the high one."""


@dataclass(frozen=True)
class Lots:
    """Parcels in (s, t): on the low or high side of their block, from one cut to the next."""

    block: Integers
    is_high: Flags
    is_whole: Flags
    """True where the parcel is the whole block (a park, a school)."""
    start: Integers
    end: Integers
    """Cells of the block at which it starts and ends."""
    number: Integers
    """Parcel number within the block, from 1."""
    front_start: Floats
    front_end: Floats
    """Where its frontage runs, in s."""

    def __len__(self) -> int:
        return len(self.block)


@dataclass(frozen=True)
class Fabric:
    """A district's blocks and parcels with everything needed to find their corners."""

    ground: Ground
    lines: RowLines
    blocks: Blocks
    cells: Integers
    """Per block, how many cells it is long."""
    lots: Lots
    back: Integers
    """Sorted (block, cell) keys of the corners along the backs."""
    back_share: Floats
    """For each, where between the two frontages it lies."""

    def s_at(self, block: Integers, cell: Integers) -> Floats:
        """Where a cell border lies along its block."""
        length = self.blocks.s1[block] - self.blocks.s0[block]
        return self.blocks.s0[block] + length * cell / self.cells[block]

    def front_s(self, block: Integers, cell: Integers, is_high: Flags) -> Floats:
        """Side borders lean, except at the ends of the block."""
        depth = self.depth(block)
        bulge = np.sin(np.pi * cell / self.cells[block]) * self.blocks.lean[block] * depth * 0.25
        return self.s_at(block, cell) + np.where(is_high, -bulge, bulge)

    def depth(self, block: Integers) -> Floats:
        """Between the two frontages, in the middle of the block."""
        return self.depth_at(block, (self.blocks.s0[block] + self.blocks.s1[block]) / 2)

    def depth_at(self, block: Integers, s: Floats) -> Floats:
        """Between the two frontages, at s."""
        low = self.blocks.t_low(block, s, self.lines, self.ground)
        return self.blocks.t_high(block, s, self.lines, self.ground) - low

    def t_front(self, block: Integers, s: Floats, is_high: Flags) -> Floats:
        """The frontage of that side at s."""
        low = self.blocks.t_low(block, s, self.lines, self.ground)
        high = self.blocks.t_high(block, s, self.lines, self.ground)
        return np.where(is_high, high, low)

    def to_ground(self, block: Integers, s: Floats, t: Floats) -> Floats:
        """Storage coordinates of places in a block."""
        return self.ground.to_ground(self.blocks.quarter[block], s, t)


def fabric_of(ground: Ground, lines: RowLines, blocks: Blocks, rng: np.random.Generator) -> Fabric:
    """Cut both sides of every block into parcels of uneven width, each side by itself."""
    every = np.arange(len(blocks))
    length = blocks.s1 - blocks.s0
    width = LOT_WIDTH_M[ground.kind[blocks.quarter]] * rng.uniform(0.75, 1.4, len(blocks))
    width = np.where(rng.random(len(blocks)) < 0.08, width * 2, width)
    is_divided = (blocks.use == ORDINARY) | (blocks.use == COMMERCIAL)
    wanted = np.where(is_divided, np.maximum(1, np.round(length / width)), 1).astype(np.int64)
    cells = np.maximum(np.round(length / _CELL_M), 5 * wanted + 2).astype(np.int64)
    sides = [_cuts(every, wanted, cells, is_high, rng) for is_high in (False, True)]
    block, is_high, start, end = (np.concatenate(parts) for parts in zip(*sides, strict=True))
    lots = _numbered(block, is_high, start, end, is_divided)
    back = np.unique(np.concatenate([lots.block * _CELLS + lots.start, lots.block * _CELLS + lots.end]))
    jitter = rng.uniform(-0.035, 0.035, len(back))
    fabric = Fabric(ground, lines, blocks, cells, lots, back, blocks.middle[back // _CELLS] + jitter)
    return _with_fronts(fabric)


def _cuts(
    block: Integers, wanted: Integers, cells: Integers, is_high: bool, rng: np.random.Generator
) -> tuple[Integers, Flags, Integers, Integers]:
    counts = np.where(wanted > 3, np.maximum(2, wanted + rng.integers(-1, 2, len(wanted))), wanted)
    counts = np.minimum(counts, np.maximum(1, cells // 5))
    owner, place = owners(counts), positions(counts)
    drift = rng.uniform(-0.18, 0.18, len(owner)) * (place > 0)
    start = np.round((place + drift) * cells[owner] / counts[owner]).astype(np.int64)
    is_last = place == counts[owner] - 1
    end = np.where(is_last, cells[owner], np.append(start[1:], 0))
    return block[owner], np.full(len(owner), is_high), start, end


def _numbered(block: Integers, is_high: Flags, start: Integers, end: Integers, is_divided: Flags) -> Lots:
    """Numbers run along the low side and come back along the high side; an undivided block is one parcel."""
    keep = is_divided[block] | ~is_high
    block, is_high, start, end = block[keep], is_high[keep], start[keep], end[keep]
    order = np.lexsort((np.where(is_high, -start, start), is_high, block))
    block, is_high, start, end = block[order], is_high[order], start[order], end[order]
    number = ranks(block, np.arange(len(block), dtype=float)) + 1
    nothing = np.zeros(len(block))
    return Lots(block, is_high, ~is_divided[block], start, end, number, nothing, nothing)


def _with_fronts(fabric: Fabric) -> Fabric:
    lots = fabric.lots
    fronts = {
        "front_start": fabric.front_s(lots.block, lots.start, lots.is_high),
        "front_end": fabric.front_s(lots.block, lots.end, lots.is_high),
    }
    return Fabric(**{**vars(fabric), "lots": Lots(**{**vars(lots), **fronts})})


@dataclass(frozen=True)
class _Corners:
    """Corners of rings: whose, in which order, where."""

    ring: Integers
    order: Integers
    block: Integers
    s: Floats
    t: Floats


def parcel_shapes(fabric: Fabric) -> Shapes:
    """A polygon for each lot."""
    lots = fabric.lots
    shapes = np.empty(len(lots), dtype=object)
    divided = np.flatnonzero(~lots.is_whole)
    whole = np.flatnonzero(lots.is_whole)
    shapes[divided] = _polygons(fabric, _divided_corners(fabric, divided), len(divided))
    shapes[whole] = block_shapes(fabric)[lots.block[whole]]
    return shapes


def block_shapes(fabric: Fabric) -> Shapes:
    """The outline of each block, with every corner of its parcels."""
    lots = fabric.lots
    block = np.concatenate([lots.block, lots.block])
    cell = np.concatenate([lots.start, lots.end])
    is_high = np.concatenate([lots.is_high, lots.is_high])
    whole = lots.is_whole
    block = np.concatenate([block, lots.block[whole], lots.block[whole]])
    cell = np.concatenate([cell, lots.start[whole], lots.end[whole]])
    is_high = np.concatenate([is_high, np.ones(2 * int(whole.sum()), dtype=bool)])
    _, first = np.unique((block * _CELLS + cell) * 2 + is_high, return_index=True)
    fronts = _fronts(fabric, block[first], block[first], cell[first], is_high[first])
    ends = np.arange(len(fabric.blocks))
    # The middle corner of each end comes between the two frontages.
    far_end = _backs(fabric, ends, ends * _CELLS + fabric.cells, 3 * _CELLS)
    near_end = _backs(fabric, ends, ends * _CELLS, _AFTER_ALL)
    return _polygons(fabric, _together(fronts, far_end, near_end), len(fabric.blocks))


def _divided_corners(fabric: Fabric, lot: Integers) -> _Corners:
    """Frontage first, then back along the corners both sides share."""
    lots = fabric.lots
    ring = np.arange(len(lot))
    block, is_high = lots.block[lot], lots.is_high[lot]
    front = _together(
        _fronts(fabric, ring, block, lots.start[lot], is_high),
        _fronts(fabric, ring, block, lots.end[lot], is_high),
    )
    first = np.searchsorted(fabric.back, block * _CELLS + lots.start[lot])
    last = np.searchsorted(fabric.back, block * _CELLS + lots.end[lot])
    counts = last - first + 1
    owner = owners(counts)
    key = fabric.back[first[owner] + positions(counts)]
    # A ring on the high side is walked the other way, so its back runs with growing cells.
    cell = key % _CELLS
    order = np.where(is_high[owner], _AFTER_ALL + cell, _HIGH_FIRST - cell)
    return _together(front, _backs(fabric, owner, key, order))


def _fronts(fabric: Fabric, ring: Integers, block: Integers, cell: Integers, is_high: Flags) -> _Corners:
    """Corners on a frontage; at the ends of a block the corner is cut off and becomes two."""
    s = fabric.front_s(block, cell, is_high)
    at_start, at_end = cell == 0, cell == fabric.cells[block]
    cut = np.minimum(_CORNER_M, fabric.depth(block) * 0.15)
    inwards = s + cut * at_start - cut * at_end
    order = np.where(is_high, _HIGH_FIRST + 2 * (_CELLS - cell), 2 * cell)
    on_front = _Corners(ring, order, block, inwards, fabric.t_front(block, inwards, is_high))
    is_corner = at_start | at_end
    # On the low side the extra corner precedes the frontage at its start and follows it at its end.
    before = np.where(is_high, at_end, at_start)
    extra = np.where(before, order - 1, order + 1)
    t = fabric.t_front(block, s, is_high) + np.where(is_high, -cut, cut)
    beside = _Corners(ring, extra, block, s, t)
    return _together(on_front, _Corners(*(c[is_corner] for c in vars(beside).values())))


def _backs(fabric: Fabric, ring: Integers, key: Integers, order: Integers | int) -> _Corners:
    block, cell = key // _CELLS, key % _CELLS
    s = fabric.s_at(block, cell)
    low = fabric.blocks.t_low(block, s, fabric.lines, fabric.ground)
    high = fabric.blocks.t_high(block, s, fabric.lines, fabric.ground)
    share = fabric.back_share[np.searchsorted(fabric.back, key)]
    return _Corners(ring, np.broadcast_to(order, len(ring)), block, s, low + (high - low) * share)


def _together(*parts: _Corners) -> _Corners:
    return _Corners(*(np.concatenate(c) for c in zip(*(vars(p).values() for p in parts), strict=True)))


def _polygons(fabric: Fabric, corners: _Corners, count: int) -> Shapes:
    sequence = np.lexsort((corners.order, corners.ring))
    ground = fabric.to_ground(corners.block[sequence], corners.s[sequence], corners.t[sequence])
    rings = shapely.linearrings(ground, indices=corners.ring[sequence])
    if len(rings) != count:
        raise ValueError(f"{count} rings were to be drawn and {len(rings)} have corners")
    polygons: Shapes = shapely.orient_polygons(shapely.polygons(rings), exterior_cw=False)
    return polygons
