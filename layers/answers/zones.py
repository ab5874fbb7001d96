"""What plans say about a parcel: each use with its share, plans in force apart from those on their way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from layers.answers.answer import (
    Computed,
    ComputedKind,
    PlanFacts,
    Role,
    Sum,
    Touch,
    Value,
    ValueState,
    Withheld,
    ZoneShare,
    ZoningFacts,
)
from layers.answers.ground import CheckFailed, Ground
from layers.answers.states import Evidence, Reason, State, judge
from layers.answers.surveys import Surveys
from layers.core.profile import Profile
from layers.core.themes import LIMIT_M2

_CONDITIONS = (
    *("plan_ref", "plan_status", "scale_den", "use_key", "use_label", "official_code", "building_order"),
    *("floors", "floors_state", "taks", "taks_state", "kaks", "kaks_state", "h_max_m", "h_state"),
    *("setback_front_m", "setback_side_m", "setback_rear_m", "min_parcel_m2", "notes"),
)


def zoning_of(ground: Ground, surveys: Surveys, profile: Profile) -> tuple[ZoningFacts, tuple[Sum, ...]]:
    """Zones, plans and the state of the question "is there a plan here?"; and what the zones add up to."""
    rows, plan_rows, failure = _looked_up(ground)
    reaching = [row for row in rows if row.share_m2 is not None and row.share_m2 >= LIMIT_M2]
    made = _ZoneMaker(ground, profile, base_scale(reaching))
    zones = tuple(sorted(made.zones(reaching), key=lambda zone: (-zone.share.area_m2, zone.refs)))
    survey = surveys.of("zones", "zones")
    evidence = Evidence(
        parcel_m2=ground.area_m2,
        covered_m2=survey.covered_m2,
        unsettled_m2=survey.unsettled_m2,
        hits_in_force=sum(zone.is_in_force for zone in zones),
        hits_pending=sum(not zone.is_in_force for zone in zones),
        failure=failure or survey.failure,
    )
    evidence = _with_whole_layer(ground, evidence)
    zoned_m2 = max((row.zoned_m2 for row in reaching if row.plan_status == "in_force"), default=0.0)
    facts = ZoningFacts(
        state=judge(evidence),
        reason=evidence.failure,
        zones=tuple(zone for zone in zones if zone.is_in_force),
        pending_zones=tuple(zone for zone in zones if not zone.is_in_force),
        plans=_plans(ground, plan_rows, {zone.plan_ref for zone in zones}),
        zoned=ground.share(zoned_m2),
        unzoned=ground.share(_rest(ground.area_m2, zoned_m2)),
        surveyed_on=survey.as_of,
        examined=len(rows),
        touching=_touching(rows),
        border=survey.border,
    )
    return facts, tuple(dict.fromkeys(made.sum(row) for row in reaching))


def base_scale(rows: Iterable[Any]) -> int | None:
    """That of the most detailed plan in force here; it decides what may be built."""
    return min((row.scale_den for row in rows if row.plan_status == "in_force" and row.scale_den), default=None)


def _touching(rows: Iterable[Any]) -> tuple[Touch, ...]:
    below = (row for row in rows if row.touches and row.share_m2 is not None and row.share_m2 < LIMIT_M2)
    return tuple(Touch(row.ref, row.use_label, row.plan_status, row.share_m2) for row in below)


def _looked_up(ground: Ground) -> tuple[Sequence[Any], Sequence[Any], Reason | None]:
    """Zones and plans near the parcel, and what kept them from being compared."""
    if not ground.is_well_drawn:
        return (), (), Reason.BROKEN_PARCEL
    try:
        with ground.check("zones"):
            zones = ground.rows("zones")
            plans = ground.rows("plans", refs=sorted({row.plan_ref for row in zones}))
    except CheckFailed:
        return (), (), Reason.QUERY_FAILED
    return zones, plans, Reason.BROKEN_OUTLINE if any(row.share_m2 is None for row in zones) else None


def _rest(whole_m2: float, part_m2: float) -> float:
    rest = whole_m2 - part_m2
    return rest if rest >= LIMIT_M2 else 0.0


def _with_whole_layer(ground: Ground, evidence: Evidence) -> Evidence:
    """Counting is dear for a large layer, so it is done only before a "no" would be said."""
    if judge(evidence) is not State.NOT_AFFECTED:
        return evidence
    try:
        with ground.check("count of zones"):
            is_whole = ground.rows("zones_kept", district=ground.district_id)[0].is_whole
    except CheckFailed:
        return replace(evidence, failure=Reason.QUERY_FAILED)
    return evidence if is_whole else replace(evidence, failure=Reason.LAYER_INCOMPLETE)


@dataclass(frozen=True)
class _ZoneMaker:
    """Makes zones of rows."""

    ground: Ground
    profile: Profile
    base_scale: int | None

    def zones(self, rows: Sequence[Any]) -> Iterable[ZoneShare]:
        """Pieces with the same plan, use and conditions are summed before anything is rounded."""

        def conditions(row: Any) -> tuple[str, ...]:
            return tuple(repr(getattr(row, name)) for name in _CONDITIONS)

        for _, pieces in groupby(sorted(rows, key=conditions), key=conditions):
            same = list(pieces)
            yield self._zone(same[0], tuple(row.ref for row in same), sum(row.share_m2 for row in same))

    def sum(self, row: Any) -> Sum:
        """Of all ground under zones of the row's legal state and scale."""
        status = row.plan_status or "unknown"
        return Sum("zones", status, self._role(row), row.scale_den, self.ground.share(row.reached_m2))

    def _role(self, row: Any) -> Role:
        return Role.BASE if self.base_scale is None or row.scale_den in (None, self.base_scale) else Role.OVERLAY

    def _zone(self, row: Any, refs: tuple[str, ...], area_m2: float) -> ZoneShare:
        taks, kaks = value_of(row.taks, row.taks_state), value_of(row.kaks, row.kaks_state)
        withheld = self._withheld(row) if taks.number is not None or kaks.number is not None else None
        return ZoneShare(
            refs=refs,
            plan_ref=row.plan_ref,
            plan_status=row.plan_status,
            use_key=row.use_key,
            use_label=row.use_label,
            official_code=row.official_code,
            building_order=row.building_order,
            floors=value_of(row.floors, row.floors_state),
            taks=taks,
            kaks=kaks,
            height=value_of(row.h_max_m, row.h_state, "m"),
            setback_front=value_of(row.setback_front_m, None, "m"),
            setback_side=value_of(row.setback_side_m, None, "m"),
            setback_rear=value_of(row.setback_rear_m, None, "m"),
            min_parcel=value_of(row.min_parcel_m2, None, "m²"),
            notes=row.notes,
            share=self.ground.share(area_m2),
            computed=() if withheld else tuple(_computed(taks, kaks, area_m2)),
            role=self._role(row),
            withheld=withheld,
        )

    def _withheld(self, row: Any) -> Withheld | None:
        """Only what the plan's own words leave open is worked out."""
        if self.profile.answers.ratio_words & set(self.profile.fold(row.notes or "").split()):
            return Withheld.NOTES_SPEAK
        if row.min_parcel_m2 is not None and self.ground.area_m2 < row.min_parcel_m2:
            return Withheld.PARCEL_TOO_SMALL
        return None


def value_of(number: Decimal | int | None, state: str | None, unit: str = "") -> Value:
    """Null, zero and "free" are three things; a state nobody knows is never read as a number."""
    if state in (ValueState.FREE, ValueState.NOT_APPLICABLE):
        return Value(ValueState(state), None, unit)
    if number is None or state not in (None, ValueState.VALUE):
        return Value(ValueState.UNKNOWN, None, unit)
    return Value(ValueState.VALUE, Decimal(number), unit)


def _computed(taks: Value, kaks: Value, area_m2: float) -> Iterable[Computed]:
    for kind, ratio in ((ComputedKind.LARGEST_FOOTPRINT, taks), (ComputedKind.LARGEST_FLOOR_AREA, kaks)):
        if ratio.number is not None:
            yield Computed(kind, ratio.number, area_m2, float(ratio.number) * area_m2)


def _plans(ground: Ground, rows: Iterable[Any], refs: set[str]) -> tuple[PlanFacts, ...]:
    """Plans in force first, the most detailed before the others."""
    plans = [
        PlanFacts(
            ref=row.ref,
            plan_no=row.plan_no,
            name=row.name,
            level=row.plan_level,
            kind=row.plan_kind,
            scale_den=row.scale_den,
            status=row.status,
            approval_date=row.approval_date,
            display_from=row.display_from,
            display_to=row.display_to,
            finalised_date=row.finalised_date,
            authority=row.authority,
            decision_no=row.decision_no,
            notes=row.notes_text,
            share=ground.share(row.share_m2),
        )
        for row in rows
        if row.ref in refs or row.share_m2 >= LIMIT_M2
    ]
    return tuple(sorted(plans, key=lambda plan: (not plan.is_in_force, plan.scale_den or 10**9, plan.ref)))
