"""Lines in the (u, v) plane, given enough corners that they bend with the ground."""

from dataclasses import dataclass

import numpy as np
import shapely

from demo.sample.arrays import Floats, Integers, Shapes
from demo.sample.warp import Warps

_STEP_M = 35.0


@dataclass(frozen=True)
class Polylines:
    """Corners of many lines, one after the other; `line` says whose corner each is."""

    u: Floats
    v: Floats
    line: Integers

    def to_ground(self, settlement: Integers, warps: Warps) -> Shapes:
        """One LineString per line; `settlement` is given per line."""
        ground = warps.to_ground(settlement[self.line], self.u, self.v)
        lines: Shapes = shapely.linestrings(ground, indices=self.line)
        return lines


def sampled(ua: Floats, va: Floats, ub: Floats, vb: Floats) -> Polylines:
    """Straight pieces with a corner at least every few dozen metres, always at the same places for the same piece."""
    pieces = np.maximum(1, np.ceil(np.hypot(ub - ua, vb - va) / _STEP_M)).astype(np.int64)
    line = np.repeat(np.arange(len(ua)), pieces + 1)
    step = np.arange(len(line)) - np.repeat(np.cumsum(pieces + 1) - (pieces + 1), pieces + 1)
    share = step / pieces[line]
    u = ua[line] + (ub - ua)[line] * share
    v = va[line] + (vb - va)[line] * share
    return Polylines(u, v, line)
