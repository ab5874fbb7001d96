"""Asking the pool what may be built on a parcel, now or as of a past epoch."""

import uuid

from sqlalchemy import Connection, text

from layers.answers.answer import Answerer, EndedParcel, Heir, ParcelFacts, ZoningAnswer
from layers.answers.constraints import constraints_of
from layers.answers.ground import Ground, statement
from layers.answers.surveys import surveys_of
from layers.answers.zones import zoning_of
from layers.core.epochs import current_epoch, epoch_details
from layers.core.profile import Profile
from sql import query


def zoning_answer(
    connection: Connection, parcel_uid: uuid.UUID, profile: Profile, as_of: int | None = None
) -> ZoningAnswer | EndedParcel | None:
    """The answer; what took the place of an ended parcel; None for a uid that never was."""
    epoch = current_epoch(connection) if as_of is None else as_of
    row = connection.execute(statement("parcel"), {"uid": parcel_uid, "epoch": epoch}).one_or_none()
    if row is None:
        return _ended(connection, parcel_uid)
    ground = Ground(connection, epoch, row.shape, row.shape_m2, row.district_id)
    surveys = surveys_of(ground)
    district = profile.district(row.district_id)
    name = district.name if district else str(row.district_id)
    published = epoch_details(connection, epoch)
    return ZoningAnswer(
        parcel=ParcelFacts(
            uid=row.uid,
            ref=row.ref,
            district_id=row.district_id,
            district=name,
            neighbourhood=row.neighbourhood,
            cadastral_neighbourhood=row.cadastral_neighbourhood,
            block_no=row.block_no,
            parcel_no=row.parcel_no,
            registered_area_m2=row.registered_area_m2,
            computed_area_m2=row.computed_area_m2,
            lon=row.lon,
            lat=row.lat,
        ),
        zoning=zoning_of(ground, surveys),
        constraints=constraints_of(ground, surveys, profile),
        epoch=epoch,
        published_at=published.published_at if published else None,
        answered_by=Answerer(row.district_id, name, district.contact if district else ""),
        disclaimers=profile.disclaimers,
    )


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
