"""Asking the pool what may be built on a parcel, now or as of a past epoch."""

import uuid
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from layers.answers import wording
from layers.answers.answer import Answerer, EndedParcel, Heir, ZoningAnswer
from layers.answers.constraints import constraints_of
from layers.answers.ground import CheckFailed, Ground, statement
from layers.answers.parcel import district_name, parcel_facts
from layers.answers.sketch import Outline, Sketch
from layers.answers.states import Reason
from layers.answers.surveys import Surveys, surveys_of
from layers.answers.zones import zoning_of
from layers.core.prepared import prepared_rows
from layers.core.profile import Profile
from sql import query


def zoning_answer(
    connection: Connection, parcel_uid: uuid.UUID, profile: Profile, as_of: int | None = None
) -> ZoningAnswer | EndedParcel | None:
    """The answer; what took the place of an ended parcel; None for a uid that never was."""
    try:
        with connection.begin_nested():
            return _asked(connection, parcel_uid, profile, as_of, is_careful=False)
    except DBAPIError as cause:
        if cause.connection_invalidated:
            raise
    return _asked(connection, parcel_uid, profile, as_of, is_careful=True)


def _asked(
    connection: Connection, parcel_uid: uuid.UUID, profile: Profile, as_of: int | None, *, is_careful: bool
) -> ZoningAnswer | EndedParcel | None:
    found = prepared_rows(connection, "answers.parcel", {"uid": parcel_uid, "epoch": as_of})
    if not found:
        return _ended(connection, parcel_uid)
    row = found[0]
    ground = Ground(
        connection=connection,
        epoch=row.epoch,
        shape=row.shape,
        area_m2=row.shape_m2,
        district_id=row.district_id,
        border_m=profile.answers.border_m,
        themes=profile.themes,
        is_well_drawn=row.is_valid,
        is_careful=is_careful,
    )
    surveys = surveys_of(ground) if row.is_valid else Surveys({}, Reason.BROKEN_PARCEL)
    zoning, zone_sums = zoning_of(ground, surveys, profile)
    constraints, constraint_sums = constraints_of(ground, surveys, profile)
    return ZoningAnswer(
        parcel=parcel_facts(ground, row, profile, ZoneInfo(profile.timezone)),
        zoning=zoning,
        constraints=constraints,
        epoch=ground.epoch,
        published_at=row.published_at,
        answered_by=_answerer(row.district_id, profile),
        disclaimers=profile.disclaimers,
        sums=(*zone_sums, *constraint_sums),
        sketch=_sketch(ground, row.uid),
        profile=profile.digest,
        is_sample=row.is_sample,
    )


def _answerer(district_id: int, profile: Profile) -> Answerer:
    district = profile.district(district_id)
    name, contact = district_name(profile, district_id), district.contact if district else ""
    where = wording.ASK_THERE if contact else wording.ASK_IN_PERSON
    said = {
        language: where.in_language(language).format(district=name, contact=contact) for language in profile.languages
    }
    return Answerer(district_id, name, contact, said)


def _sketch(ground: Ground, uid: uuid.UUID) -> Sketch | None:
    """An answer goes without a picture rather than not at all."""
    try:
        with ground.check("sketch"):
            asked = {"uid": uid, "shape": ground.shape, "epoch": ground.epoch}
            rows = prepared_rows(ground.connection, "sketch.around_parcel", asked)
    except CheckFailed:
        return None
    outlines = tuple(Outline(row.kind, row.key, row.path, row.label, row.x, row.y) for row in rows)
    return Sketch(rows[0].width, rows[0].height, outlines) if rows else None


def _ended(connection: Connection, parcel_uid: uuid.UUID) -> EndedParcel | None:
    row = connection.execute(statement("ended_parcel"), {"uid": parcel_uid}).one_or_none()
    if row is None:
        return None
    heirs = connection.execute(text(query("lineage.successors")), {"layer": "parcels", "uid": parcel_uid})
    return EndedParcel(
        uid=row.uid,
        ref=row.ref,
        district_id=row.district_id,
        block_no=row.block_no,
        parcel_no=row.parcel_no,
        successors=tuple(Heir(heir.uid, heir.ref, heir.operation) for heir in heirs),
    )
