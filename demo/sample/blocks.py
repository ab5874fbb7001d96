"""Quarters cut into rows by their streets, and rows into blocks."""

from dataclasses import dataclass

import numpy as np

from demo.sample.arrays import Flags, Floats, Integers
from demo.sample.ground import Ground
from demo.sample.lattice import BLOCK_LENGTH_M, FIELDS, LOT_DEPTH_M, STREET_M, TOWN
from demo.sample.ragged import owners, positions, starts

ORDINARY, PARK, EDUCATION, SOCIAL, HEALTH, PUBLIC, COMMERCIAL = range(7)
_LINE_SKEW = 0.10
"""How far a row's street may lean, as a share of the row's depth."""


@dataclass(frozen=True)
class RowLines:
    """The lines between rows of a quarter; the first and last are its own edges."""

    quarter: Integers
    number: Integers
    """From 0 within the quarter."""
    t: Floats
    skew: Floats
    half_street: Floats
    """Half the width of the street on it; 0 on the quarter's edges, which are already inset."""
    is_inner: Flags
    first: Integers
    """Per quarter, its first line."""

    def t_at(self, line: Integers, s: Floats, ground: Ground) -> Floats:
        """Where the line lies at s."""
        quarter = self.quarter[line]
        s0 = ground.s0[quarter] + ground.street_start[quarter]
        length = ground.s1[quarter] - ground.street_end[quarter] - s0
        return self.t[line] + self.skew[line] * ((s - s0) / length - 0.5)


@dataclass(frozen=True)
class Blocks:
    """Blocks with a street on each long side."""

    quarter: Integers
    row: Integers
    place: Integers
    """From 0 within the row."""
    low: Integers
    """The row line below it; the one above is low + 1."""
    s0: Floats
    s1: Floats
    use: Integers
    middle: Floats
    """Where its parcels meet back to back, as a share of its depth."""
    lean: Floats

    def __len__(self) -> int:
        return len(self.s0)

    def t_low(self, block: Integers, s: Floats, lines: RowLines, ground: Ground) -> Floats:
        """The lower frontage at s."""
        line = self.low[block]
        return lines.t_at(line, s, ground) + lines.half_street[line]

    def t_high(self, block: Integers, s: Floats, lines: RowLines, ground: Ground) -> Floats:
        """The upper frontage at s."""
        line = self.low[block] + 1
        return lines.t_at(line, s, ground) - lines.half_street[line]


def rows_of(ground: Ground, rng: np.random.Generator) -> RowLines:
    """Rows as deep as two parcels of the quarter's kind, unevenly spaced, their streets a little askew."""
    low, high = ground.t0 + ground.street_before, ground.t1 - ground.street_after
    street = STREET_M[ground.kind]
    rows = np.maximum(1, np.round((high - low + street) / (2 * LOT_DEPTH_M[ground.kind] + street)))
    counts = rows.astype(np.int64) + 1
    quarter, number = owners(counts), positions(counts)
    is_inner = (number > 0) & (number < counts[quarter] - 1)
    depth = (high - low) / rows
    wobble = rng.uniform(-0.09, 0.09, len(quarter)) * is_inner
    t = low[quarter] + depth[quarter] * (number + wobble)
    skew = rng.uniform(-_LINE_SKEW, _LINE_SKEW, len(quarter)) * depth[quarter] * is_inner
    return RowLines(
        quarter=quarter,
        number=number,
        t=t,
        skew=skew,
        half_street=np.where(is_inner, street[quarter] / 2, 0.0),
        is_inner=is_inner,
        first=starts(counts),
    )


def blocks_of(ground: Ground, lines: RowLines, rng: np.random.Generator) -> Blocks:
    """Cut every row by cross streets that need not meet those of the next row."""
    lower = np.flatnonzero(np.append(lines.quarter[1:] == lines.quarter[:-1], False))
    quarter = lines.quarter[lower]
    start = ground.s0[quarter] + ground.street_start[quarter]
    length = ground.s1[quarter] - ground.street_end[quarter] - start
    wanted = BLOCK_LENGTH_M[ground.kind[quarter]] * rng.uniform(0.75, 1.35, len(lower))
    counts = np.maximum(1, np.round(length / wanted)).astype(np.int64)
    row, place = owners(counts), positions(counts)
    is_cut = place > 0
    at = start[row] + length[row] * (place + rng.uniform(-0.16, 0.16, len(row)) * is_cut) / counts[row]
    is_last = place == counts[row] - 1
    end = np.where(is_last, (start + length)[row], np.append(at[1:], 0))
    half = STREET_M[ground.kind[quarter]][row] / 2 * 0.9
    kind = ground.kind[quarter][row]
    return Blocks(
        quarter=quarter[row],
        row=lines.number[lower][row],
        place=place,
        low=lower[row],
        s0=at + half * is_cut,
        s1=end - half * ~is_last,
        use=_uses(kind, ground, quarter[row], lines.number[lower][row], rng),
        middle=rng.uniform(0.44, 0.56, len(row)),
        lean=rng.uniform(-0.22, 0.22, len(row)),
    )


def _uses(kind: Integers, ground: Ground, quarter: Integers, row: Integers, rng: np.random.Generator) -> Integers:
    """Some whole blocks serve everybody; shops stand along the boulevards."""
    drawn = rng.random(len(kind))
    shares = np.array([0.045, 0.02, 0.012, 0.006, 0.008])
    use = np.searchsorted(np.cumsum(shares), drawn, side="right") + 1
    use = np.where(use > len(shares), ORDINARY, use)
    is_on_boulevard = (row == 0) & (ground.street_before[quarter] > 10)
    shops = (use == ORDINARY) & is_on_boulevard & (rng.random(len(kind)) < 0.75)
    use = np.where(shops & (kind == TOWN), COMMERCIAL, use)
    return np.where(kind == FIELDS, ORDINARY, use)
