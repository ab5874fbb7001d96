"""All quarters of a district in one set of arrays, so that what follows is done for the whole district at once."""

from dataclasses import dataclass

import numpy as np

from demo.sample.arrays import Flags, Floats, Integers
from demo.sample.city import DistrictPlan
from demo.sample.lattice import Quarters
from demo.sample.warp import Warps


@dataclass(frozen=True)
class Ground:
    """Quarters as (s, t) rectangles between their streets: s runs along the rows of parcels, t across them."""

    warps: Warps
    settlement: Integers
    first_quarter: Integers
    """Per settlement, the number of its first quarter in this district."""
    member: Integers
    kind: Integers
    strip: Integers
    cut: Integers
    is_turned: Flags
    s0: Floats
    s1: Floats
    t0: Floats
    t1: Floats
    street_before: Floats
    """Half the width of the street below t0, and so on for the other three sides."""
    street_after: Floats
    street_start: Floats
    street_end: Floats

    def __len__(self) -> int:
        return len(self.s0)

    def to_ground(self, quarter: Integers, s: Floats, t: Floats) -> Floats:
        """Storage coordinates of places given in their quarter's (s, t)."""
        turned = self.is_turned[quarter]
        u, v = np.where(turned, t, s), np.where(turned, s, t)
        return self.warps.to_ground(self.settlement[quarter], u, v)


def ground_of(plan: DistrictPlan) -> Ground:
    """Put the settlements' quarters one after the other and turn those whose rows run across."""
    quarters = [mesh.quarters for mesh in plan.meshes]
    counts = np.array([len(q) for q in quarters])
    every = Quarters(**{name: np.concatenate([getattr(q, name) for q in quarters]) for name in vars(quarters[0])})
    below = np.concatenate([m.line_width[m.quarters.strip] for m in plan.meshes]) / 2
    above = np.concatenate([m.line_width[m.quarters.strip + 1] for m in plan.meshes]) / 2
    beside = np.repeat([m.cut_width for m in plan.meshes], counts) / 2
    turned = every.is_turned

    def turn(straight: Floats, across: Floats) -> Floats:
        return np.where(turned, across, straight)

    return Ground(
        warps=plan.warps,
        settlement=np.repeat(np.arange(len(quarters)), counts),
        first_quarter=np.cumsum(counts) - counts,
        member=every.member,
        kind=every.kind,
        strip=every.strip,
        cut=every.cut,
        is_turned=turned,
        s0=turn(every.u0, every.v0),
        s1=turn(every.u1, every.v1),
        t0=turn(every.v0, every.u0),
        t1=turn(every.v1, every.u1),
        street_before=turn(below, beside),
        street_after=turn(above, beside),
        street_start=turn(beside, below),
        street_end=turn(beside, above),
    )
