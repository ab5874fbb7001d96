"""The parcel itself: where it came from, and who else claims its ground."""

import uuid
from collections.abc import Iterable
from typing import Any

from layers.answers.answer import Claim, Origin, ParcelFacts
from layers.answers.ground import CheckFailed, Ground
from layers.core.profile import Profile


def parcel_facts(ground: Ground, row: Any, profile: Profile, timezone: Any) -> ParcelFacts:
    """Of a row of the statement `parcel`."""
    return ParcelFacts(
        uid=row.uid,
        ref=row.ref,
        district_id=row.district_id,
        district=district_name(profile, row.district_id),
        neighbourhood=row.neighbourhood,
        cadastral_neighbourhood=row.cadastral_neighbourhood,
        block_no=row.block_no,
        parcel_no=row.parcel_no,
        registered_area_m2=row.registered_area_m2,
        computed_area_m2=row.computed_area_m2,
        lon=row.lon,
        lat=row.lat,
        is_well_drawn=row.is_valid,
        origins=tuple(_origins(ground, row.uid, timezone)),
        claims=tuple(_claims(ground, profile)) if row.is_valid else (),
    )


def district_name(profile: Profile, district_id: int) -> str:
    """As the profile has it."""
    district = profile.district(district_id)
    return district.name if district else str(district_id)


def _origins(ground: Ground, uid: uuid.UUID, timezone: Any) -> Iterable[Origin]:
    try:
        with ground.check("origins"):
            rows = ground.rows("origins", uid=uid)
    except CheckFailed:
        return
    for row in rows:
        day = row.published_at.astimezone(timezone).date() if row.published_at else None
        yield Origin(row.uid, row.ref, row.block_no, row.parcel_no, row.operation, day)


def _claims(ground: Ground, profile: Profile) -> Iterable[Claim]:
    try:
        with ground.check("claims"):
            rows = ground.rows("claims")
    except CheckFailed:
        return
    for row in rows:
        yield Claim(row.ref, row.district_id, district_name(profile, row.district_id), ground.share(row.share_m2))
