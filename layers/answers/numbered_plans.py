"""Plans by their number, with what their page tells beyond their fields."""

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.answers.sketch import Outline, Sketch
from layers.core.query.filters.literals import is_text
from sql import query

MOST = 50


@dataclass(frozen=True)
class NumberedPlan:
    """A plan, or what it was last."""

    uid: uuid.UUID
    ref: str
    district_id: int
    plan_no: str
    name: str
    status: str
    authority: str | None
    display_from: datetime.date | None
    display_to: datetime.date | None
    is_published: bool
    area_m2: float
    lon: float
    lat: float
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class UseOfPlan:
    """One use that a plan lays on its ground, in all its zones together."""

    key: str
    label: str
    zones: int
    area_m2: float


def plans_numbered(connection: Connection, number: str) -> tuple[NumberedPlan, ...]:
    """Published ones first; usually one."""
    if not is_text(number):
        return ()
    rows = connection.execute(text(query("readable_pages.plans_numbered")), {"number": number, "most": MOST})
    found = [NumberedPlan(**row) for row in rows.mappings()]
    return tuple(sorted(found, key=lambda plan: (not plan.is_published, plan.district_id, plan.ref)))


def number_of_plan(connection: Connection, uid: uuid.UUID) -> str | None:
    """Also of one that has ended."""
    found = connection.execute(text(query("readable_pages.plan_number")), {"uid": uid}).scalar_one_or_none()
    return None if found is None else str(found)


def uses_of_plan(connection: Connection, plan: NumberedPlan) -> tuple[UseOfPlan, ...]:
    """The widest first."""
    rows = connection.execute(text(query("readable_pages.uses_of_plan")), {"ref": plan.ref})
    return tuple(UseOfPlan(row.use_key, row.use_label, row.n, row.area_m2) for row in rows)


def sketch_of_plan(connection: Connection, plan: NumberedPlan) -> Sketch | None:
    """Its outline over its zones."""
    rows = connection.execute(text(query("readable_pages.sketch_of_plan")), {"uid": plan.uid}).all()
    outlines = tuple(Outline(row.kind, row.key, row.path) for row in rows)
    return Sketch(rows[0].width, rows[0].height, outlines) if rows else None
