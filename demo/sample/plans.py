"""Zoning plans: a master plan per district, implementation plans per few neighbourhoods, revisions on their way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from demo.sample.city import DistrictPlan
from demo.sample.copy_file import CopyFile
from demo.sample.sources import GRID_M, Sources
from demo.sample.text import NULL, words

_NEIGHBOURHOODS_PER_PLAN = 4
_PLANNED_VILLAGES = 0.55
_BESIDE_M = 12.0
_IN_FORCE, _ON_DISPLAY, _UNDER_REVIEW, _PROPOSED = "in_force", "on_display", "under_review", "proposed"
_DISPLAY = ("2026-11-09", "2026-12-08")
"""The sample's dates are fixed: the same seed gives the same bytes on any day."""


@dataclass(frozen=True)
class ZoningPlan:
    """A plan's extent and particulars; dates are ISO days or empty."""

    ref: str
    number: str
    name: str
    level: str
    kind: str
    scale: int
    status: str
    approved: str
    display: tuple[str, str]
    final: str
    authority: str
    decision: str
    note: str
    place: str
    extent: BaseGeometry


@dataclass(frozen=True)
class DistrictPlans:
    """All plans of a district, and which one each neighbourhood of each settlement is built by."""

    plans: tuple[ZoningPlan, ...]
    of_quarter: NDArray[np.int64]
    """Per quarter its plan's position, or -1 where no digital plan exists."""
    of_survey: ZoningPlan | None = None
    """The plan of the surveyed neighbourhood, in the district that has it."""


def quarter_outlines(plan: DistrictPlan) -> NDArray[np.object_]:
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


def draw_plans(
    plan: DistrictPlan, neighbourhoods: NDArray[np.object_], sources: Sources, rng: np.random.Generator
) -> DistrictPlans:
    """Implementation plans first: zones refer to them by position."""
    wording = sources.words
    outlines = quarter_outlines(plan)
    settlement = np.repeat(np.arange(len(plan.meshes)), [len(m.quarters) for m in plan.meshes])
    member = np.concatenate([m.quarters.member for m in plan.meshes])
    of_quarter = np.full(len(outlines), -1)
    plans: list[ZoningPlan] = []
    for town in plan.settlements:
        if town.is_village and rng.random() >= _PLANNED_VILLAGES:
            continue
        for group in _chunks(town.members, town.positions):
            chosen = np.flatnonzero((settlement == town.number) & np.isin(member, group))
            extent = _extent(outlines[chosen], neighbourhoods[list(group)])
            largest = max(group, key=lambda i: (plan.district.neighbourhoods[i].population, -i))
            place = plan.district.neighbourhoods[largest].name
            of_quarter[chosen] = len(plans)
            plans.append(_implementation(plan, len(plans) + 1, place, extent, town.is_village, wording, rng))
    plans.extend(_revisions(plan, plans, outlines, of_quarter, wording, rng))
    of_survey = None
    if sources.survey.district_id == plan.district.id:
        names = [n.name for n in plan.district.neighbourhoods]
        extent = neighbourhoods[names.index(sources.survey.neighbourhood)]
        of_survey = _survey_plan(plan, len(plans) + 1, sources.survey.neighbourhood, extent, wording)
        plans.append(of_survey)
    plans.append(_master(plan, plans, wording))
    return DistrictPlans(tuple(plans), of_quarter, of_survey)


def _survey_plan(
    plan: DistrictPlan, number: int, place: str, extent: BaseGeometry, wording: Mapping[str, Any]
) -> ZoningPlan:
    name = wording["plan"]["implementation_name"].replace("{place}", place)
    return _plan(plan, number, name, place, "level_implementation", "kind_plan", 1000, _IN_FORCE, extent, wording, 2100)


def _chunks(members: tuple[int, ...], positions: NDArray[np.float64]) -> list[tuple[int, ...]]:
    axis = int(np.ptp(positions, axis=0).argmax())
    order = np.lexsort((np.array(members), positions[:, axis]))
    sorted_members = [members[i] for i in order]
    step = _NEIGHBOURHOODS_PER_PLAN
    return [tuple(sorted_members[i : i + step]) for i in range(0, len(sorted_members), step)]


def _extent(outlines: NDArray[np.object_], neighbourhoods: NDArray[np.object_]) -> BaseGeometry:
    around = shapely.union_all(shapely.buffer(outlines, _BESIDE_M, join_style="mitre"))
    own = shapely.coverage_union_all(neighbourhoods)
    return polygons_only(shapely.intersection(shapely.simplify(around, 1.0), own, grid_size=GRID_M))


def polygons_only(geom: BaseGeometry) -> BaseGeometry:
    """A MultiPolygon without the lines and points that an intersection may leave."""
    parts = shapely.get_parts(geom)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])


def _implementation(
    plan: DistrictPlan,
    number: int,
    place: str,
    extent: BaseGeometry,
    is_village: bool,
    wording: Mapping[str, Any],
    rng: np.random.Generator,
) -> ZoningPlan:
    # The second to fourth plan of each district show the other legal states, the rest are mostly in force.
    status = {2: _ON_DISPLAY, 4: _UNDER_REVIEW}.get(number)
    drawn = rng.random()
    if status is None:
        status = _IN_FORCE if drawn < 0.93 or is_village else _UNDER_REVIEW
    name = wording["plan"]["implementation_name"].replace("{place}", place)
    return _plan(plan, number, name, place, "level_implementation", "kind_plan", 1000, status, extent, wording, int(rng.integers(0, 4000)))


def _revisions(
    plan: DistrictPlan,
    plans: list[ZoningPlan],
    outlines: NDArray[np.object_],
    of_quarter: NDArray[np.int64],
    wording: Mapping[str, Any],
    rng: np.random.Generator,
) -> list[ZoningPlan]:
    """Changes that are proposed or on display over plans in force; they have no zones yet."""
    in_force = [i for i, made in enumerate(plans) if made.status == _IN_FORCE][:2]
    found = []
    for position, status in zip(in_force, (_PROPOSED, _ON_DISPLAY), strict=False):
        quarters = np.flatnonzero(of_quarter == position)
        base = plans[position]
        extent = polygons_only(
            shapely.intersection(outlines[quarters[-1]], base.extent, grid_size=GRID_M)
        )
        number = len(plans) + len(found) + 1
        place = base.place
        name = wording["plan"]["revision_name"].replace("{place}", place)
        found.append(
            _plan(plan, number, name, place, "level_implementation", "kind_revision", 1000, status, extent, wording, int(rng.integers(0, 4000)))
        )
    return found


def _master(plan: DistrictPlan, plans: list[ZoningPlan], wording: Mapping[str, Any]) -> ZoningPlan:
    extent = polygons_only(shapely.union_all([made.extent for made in plans], grid_size=GRID_M))
    name = wording["plan"]["master_name"].replace("{district}", plan.district.name)
    return _plan(plan, len(plans) + 1, name, plan.district.name, "level_master", "kind_plan", 5000, _IN_FORCE, extent, wording, 900)


def _plan(
    plan: DistrictPlan,
    number: int,
    name: str,
    place: str,
    level: str,
    kind: str,
    scale: int,
    status: str,
    extent: BaseGeometry,
    wording: Mapping[str, Any],
    age: int,
) -> ZoningPlan:
    """Dates follow from the state: approved, a month on display, final."""
    words_of_plan = wording["plan"]
    approved = np.datetime64("2024-03-01") - int(age)
    display = (str(approved + 20), str(approved + 49))
    final = str(approved + 62)
    if status == _ON_DISPLAY:
        approved, display, final = np.datetime64("2026-10-15"), _DISPLAY, ""
    is_approved = status in (_IN_FORCE, _ON_DISPLAY)
    year = str(approved)[:4] if is_approved else "2026"
    decision = words_of_plan["decision"].replace("{year}", year).replace("{number}", str(100 + number))
    return ZoningPlan(
        ref=f"{plan.district.id}-P{number:03d}",
        number=words_of_plan["number"].format(district=plan.district.id, number=number),
        name=name,
        level=words_of_plan[level],
        kind=words_of_plan[kind],
        scale=scale,
        status=status,
        approved=str(approved) if is_approved else "",
        display=display if is_approved else ("", ""),
        final=final if status == _IN_FORCE else "",
        authority=wording["province_plan_authority"],
        decision=decision if is_approved else "",
        note=wording["sample_note"],
        place=place,
        extent=extent,
    )


def write_plans(file: CopyFile, plans: tuple[ZoningPlan, ...], wording: Mapping[str, Any], district_id: int) -> None:
    """One row per plan."""

    def days_or_null(values: list[str]) -> NDArray[np.bytes_]:
        return np.array([value.encode() or NULL for value in values])

    file.write(
        np.array([plan.extent for plan in plans], dtype=object),
        ref=words([plan.ref for plan in plans]),
        district_id=str(district_id).encode(),
        valid_from=days_or_null([plan.final for plan in plans]),
        origin=b"sample",
        plan_no=words([plan.number for plan in plans]),
        name=words([plan.name for plan in plans]),
        plan_level=words([plan.level for plan in plans]),
        plan_kind=words([plan.kind for plan in plans]),
        plan_purpose=words([wording["plan"]["purpose"]] * len(plans)),
        scale_den=words([str(plan.scale) for plan in plans]),
        status=words([plan.status for plan in plans]),
        approval_date=days_or_null([plan.approved for plan in plans]),
        display_from=days_or_null([plan.display[0] for plan in plans]),
        display_to=days_or_null([plan.display[1] for plan in plans]),
        finalised_date=days_or_null([plan.final for plan in plans]),
        authority=words([plan.authority for plan in plans]),
        decision_no=days_or_null([plan.decision for plan in plans]),
        notes_text=words([plan.note for plan in plans]),
    )
