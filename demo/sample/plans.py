"""Where zoning plans lie: one per few neighbourhoods, revisions of some, and a master plan over all."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from demo.sample.arrays import Integers, Shapes
from demo.sample.city import DistrictPlan
from demo.sample.plan_papers import (
    IMPLEMENTATION,
    IN_FORCE,
    MASTER,
    ON_DISPLAY,
    PROPOSED,
    REVISION,
    UNDER_REVIEW,
    Registry,
    ZoningPlan,
)
from demo.sample.settlements import Settlement
from demo.sample.sources import GRID_M, Sources

_NEIGHBOURHOODS_PER_PLAN = 4
_PLANNED_VILLAGES = 0.55
_BESIDE_M = 12.0
_SHOWN_STATES = {2: ON_DISPLAY, 4: UNDER_REVIEW}
"""The second and fourth plan of each district, so that every state can be seen; most others are in force."""
_IN_FORCE_SHARE = 0.93
_OLDEST_DAYS = 4000
_SURVEY_PLAN_DAYS, _MASTER_DAYS = 2100, 900


@dataclass(frozen=True)
class DistrictPlans:
    """All plans of a district, and by which one each quarter is built."""

    plans: tuple[ZoningPlan, ...]
    of_quarter: Integers
    """Per quarter its plan's position, or -1 where no digital plan exists."""
    of_survey: ZoningPlan | None
    """The plan of the surveyed neighbourhood, in the district that has it."""


def draw_plans(plan: DistrictPlan, neighbourhoods: Shapes, sources: Sources, rng: np.random.Generator) -> DistrictPlans:
    """Implementation plans come first: zones refer to them by position."""
    registry = Registry(plan.district.id, sources.words)
    outlines = quarter_outlines(plan)
    settlement = np.repeat(np.arange(len(plan.meshes)), [len(m.quarters) for m in plan.meshes])
    member = np.concatenate([m.quarters.member for m in plan.meshes])
    of_quarter = np.full(len(outlines), -1)
    for town in plan.settlements:
        if town.is_village and rng.random() >= _PLANNED_VILLAGES:
            continue
        for group in _groups(town):
            chosen = np.flatnonzero((settlement == town.number) & np.isin(member, group))
            of_quarter[chosen] = len(registry.plans)
            extent = _extent(outlines[chosen], neighbourhoods[list(group)])
            status = _status(len(registry.plans) + 1, town.is_village, rng)
            place = _largest(plan, group)
            registry.add(IMPLEMENTATION, place, status, extent, int(rng.integers(0, _OLDEST_DAYS)))
    _revise(registry, outlines, of_quarter, rng)
    of_survey = _plan_survey(registry, plan, neighbourhoods, sources)
    everything = shapely.union_all([made.extent for made in registry.plans], grid_size=GRID_M)
    registry.add(MASTER, plan.district.name, IN_FORCE, polygons_only(everything), _MASTER_DAYS)
    return DistrictPlans(tuple(registry.plans), of_quarter, of_survey)


def _groups(town: Settlement) -> list[tuple[int, ...]]:
    """Neighbourhoods that lie beside each other, a few at a time."""
    axis = int(np.ptp(town.positions, axis=0).argmax())
    order = np.lexsort((np.array(town.members), town.positions[:, axis]))
    members = [town.members[i] for i in order]
    step = _NEIGHBOURHOODS_PER_PLAN
    return [tuple(members[i : i + step]) for i in range(0, len(members), step)]


def _status(number: int, is_village: bool, rng: np.random.Generator) -> str:
    drawn = rng.random()
    usual = IN_FORCE if is_village or drawn < _IN_FORCE_SHARE else UNDER_REVIEW
    return _SHOWN_STATES.get(number, usual)


def _largest(plan: DistrictPlan, group: tuple[int, ...]) -> str:
    neighbourhoods = plan.district.neighbourhoods
    return neighbourhoods[max(group, key=lambda i: (neighbourhoods[i].population, -i))].name


def _extent(outlines: Shapes, neighbourhoods: Shapes) -> BaseGeometry:
    around = shapely.union_all(shapely.buffer(outlines, _BESIDE_M, join_style="mitre"))
    own = shapely.coverage_union_all(neighbourhoods)
    return polygons_only(shapely.intersection(shapely.simplify(around, 1.0), own, grid_size=GRID_M))


def polygons_only(geom: BaseGeometry) -> BaseGeometry:
    """A MultiPolygon without the lines and points that an intersection may leave."""
    parts = shapely.get_parts(geom)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])


def _revise(registry: Registry, outlines: Shapes, of_quarter: Integers, rng: np.random.Generator) -> None:
    """Changes that are proposed or on display over plans in force; they have no zones yet."""
    in_force = [i for i, made in enumerate(registry.plans) if made.status == IN_FORCE]
    for position, status in zip(in_force, (PROPOSED, ON_DISPLAY), strict=False):
        base = registry.plans[position]
        outermost = outlines[np.flatnonzero(of_quarter == position)[-1]]
        extent = polygons_only(shapely.intersection(outermost, base.extent, grid_size=GRID_M))
        registry.add(REVISION, base.place, status, extent, int(rng.integers(0, _OLDEST_DAYS)))


def _plan_survey(registry: Registry, plan: DistrictPlan, neighbourhoods: Shapes, sources: Sources) -> ZoningPlan | None:
    survey = sources.survey
    if survey.district_id != plan.district.id:
        return None
    names = [neighbourhood.name for neighbourhood in plan.district.neighbourhoods]
    extent = neighbourhoods[names.index(survey.neighbourhood)]
    return registry.add(IMPLEMENTATION, survey.neighbourhood, IN_FORCE, extent, _SURVEY_PLAN_DAYS)


def quarter_outlines(plan: DistrictPlan) -> Shapes:
    """Quarters with half of the streets around them, settlement after settlement."""
    found = []
    for settlement, mesh in zip(plan.settlements, plan.meshes, strict=True):
        q = mesh.quarters
        mu, mv = (q.u0 + q.u1) / 2, (q.v0 + q.v1) / 2
        u = np.stack([q.u0, mu, q.u1, q.u1, q.u1, mu, q.u0, q.u0], axis=1).ravel()
        v = np.stack([q.v0, q.v0, q.v0, mv, q.v1, q.v1, q.v1, mv], axis=1).ravel()
        ground = plan.warps.to_ground(np.full(len(u), settlement.number), u, v)
        found.append(shapely.polygons(ground.reshape(-1, 8, 2)))
    return np.concatenate(found)
