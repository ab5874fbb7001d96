"""Where the themes of a district have been surveyed, so that no answer takes missing data for "not affected"."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from demo.sample.arrays import Shapes
from demo.sample.constraints import KINDS, surveyed_state
from demo.sample.plans import DistrictPlans
from layers.core.bulk import Coverage

_SURVEYED, _UNDER_REVIEW = "surveyed", "under_review"
_AS_OF = ("2021-05-01", "2022-09-15", "2023-11-20", "2025-03-01")


def coverages_of(
    plans: DistrictPlans,
    neighbourhoods: Shapes,
    srid: int,
    wording: Mapping[str, Any],
    rng: np.random.Generator,
) -> tuple[Coverage, ...]:
    """Zones by implementation plan; each kind of constraint by neighbourhood, leaving some out."""
    source = wording["coverage_source"]
    found = []
    with_zones = [plans.plans[position] for position in np.unique(plans.of_quarter[plans.of_quarter >= 0])]
    if plans.of_survey is not None:
        with_zones.append(plans.of_survey)
    for plan in with_zones:
        state = _UNDER_REVIEW if plan.status == "under_review" else _SURVEYED
        as_of = plan.approved or _AS_OF[-1]
        found.append(Coverage("zones", "zones", state, as_of, source, _hex(plan.extent, srid)))
    written = [_hex(geom, srid) for geom in neighbourhoods]
    for kind in KINDS:
        as_of = _AS_OF[int(rng.integers(0, len(_AS_OF)))]
        for ewkb, state in zip(written, surveyed_state(len(neighbourhoods), rng), strict=True):
            if state < 2:
                name = (_SURVEYED, _UNDER_REVIEW)[state]
                found.append(Coverage("plan_constraints", kind, name, as_of, source, ewkb))
    return tuple(found)


def _hex(geom: BaseGeometry, srid: int) -> str:
    return str(shapely.to_wkb(shapely.set_srid(geom, srid), hex=True, include_srid=True, byte_order=1))
