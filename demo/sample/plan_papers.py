"""A zoning plan on paper: number, name, legal state, and the dates that follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from demo.sample.copy_file import CopyFile
from demo.sample.text import NULL, word, words

IN_FORCE, ON_DISPLAY, UNDER_REVIEW, PROPOSED = "in_force", "on_display", "under_review", "proposed"
_NEWEST = np.datetime64("2024-03-01")
_NOW_ON_DISPLAY = (np.datetime64("2026-10-15"), "2026-11-09", "2026-12-08")
"""Approved, on display from and until. The sample's dates are fixed: the same seed gives the same bytes on any day."""


@dataclass(frozen=True)
class PlanKind:
    """How a kind of plan is called, as keys of the words the sample is written with, and its scale."""

    name: str
    level: str
    kind: str
    scale: int


MASTER = PlanKind("master_name", "level_master", "kind_plan", 5000)
IMPLEMENTATION = PlanKind("implementation_name", "level_implementation", "kind_plan", 1000)
REVISION = PlanKind("revision_name", "level_implementation", "kind_revision", 1000)


@dataclass(frozen=True)
class ZoningPlan:
    """A plan's extent and particulars; days are ISO, or empty where they have not come yet."""

    ref: str
    number: str
    kind: PlanKind
    place: str
    status: str
    approved: str
    display: tuple[str, str]
    final: str
    decision: str
    extent: BaseGeometry


class Registry:
    """The plans of one district, numbered as they are added."""

    def __init__(self, district_id: int, wording: Mapping[str, Any]) -> None:
        self._district_id = district_id
        self._words = wording["plan"]
        self.plans: list[ZoningPlan] = []

    def add(self, kind: PlanKind, place: str, status: str, extent: BaseGeometry, age_days: int) -> ZoningPlan:
        """Approved plans have a decision and were on display; only those in force are final."""
        number = len(self.plans) + 1
        approved = _NEWEST - age_days
        display = (str(approved + 20), str(approved + 49))
        if status == ON_DISPLAY:
            approved, *dates = _NOW_ON_DISPLAY
            display = (dates[0], dates[1])
        is_approved = status in (IN_FORCE, ON_DISPLAY)
        decision = self._words["decision"].format(year=str(approved)[:4], number=100 + number)
        plan = ZoningPlan(
            ref=f"{self._district_id}-P{number:03d}",
            number=self._words["number"].format(district=self._district_id, number=number),
            kind=kind,
            place=place,
            status=status,
            approved=str(approved) if is_approved else "",
            display=display if is_approved else ("", ""),
            final=str(approved + 62) if status == IN_FORCE else "",
            decision=decision if is_approved else "",
            extent=extent,
        )
        self.plans.append(plan)
        return plan


def write_plans(file: CopyFile, plans: tuple[ZoningPlan, ...], wording: Mapping[str, Any], district_id: int) -> None:
    """One row per plan."""
    texts = wording["plan"]

    def days_or_null(values: list[str]) -> NDArray[np.bytes_]:
        return np.array([value.encode() or NULL for value in values])

    file.write(
        np.array([plan.extent for plan in plans], dtype=object),
        ref=words([plan.ref for plan in plans]),
        district_id=str(district_id).encode(),
        valid_from=days_or_null([plan.final for plan in plans]),
        origin=b"sample",
        plan_no=words([plan.number for plan in plans]),
        name=words([texts[plan.kind.name].format(place=plan.place) for plan in plans]),
        plan_level=words([texts[plan.kind.level] for plan in plans]),
        plan_kind=words([texts[plan.kind.kind] for plan in plans]),
        plan_purpose=word(texts["purpose"]),
        scale_den=words([str(plan.kind.scale) for plan in plans]),
        status=words([plan.status for plan in plans]),
        approval_date=days_or_null([plan.approved for plan in plans]),
        display_from=days_or_null([plan.display[0] for plan in plans]),
        display_to=days_or_null([plan.display[1] for plan in plans]),
        finalised_date=days_or_null([plan.final for plan in plans]),
        authority=word(wording["province_plan_authority"]),
        decision_no=days_or_null([plan.decision for plan in plans]),
        notes_text=word(wording["sample_note"]),
    )
