"""Finding parcels by block and number; those that have ended answer with what took their place."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from babel.dates import format_date

from layers.core.operations import TITLES, OperationKind
from layers.search import notes
from layers.search.hits import NOTHING, Found, Hit, HitKind
from layers.search.inquiry import ALIKE, Inquiry, Row, box_of, fits
from layers.search.readings import CoordinateReading, ParcelReading

_OTHER_NEIGHBOURHOOD = 0.6
_IN_ITS_PLACE = 0.8


async def find_parcel(inquiry: Inquiry, reading: ParcelReading) -> Found:
    """Block and parcel numbers repeat from neighbourhood to neighbourhood: all of them are brought."""
    asked = {"block": reading.block, "parcel": reading.parcel, "district": reading.district_id}
    published = await inquiry.rows("parcels", **asked)
    fitting = _in_neighbourhood(inquiry, reading, published)
    if fitting:
        return Found(tuple(parcel_hit(inquiry, row, 1.0) for row in fitting))
    ended = _in_neighbourhood(inquiry, reading, await inquiry.rows("ended_parcels", **asked))
    if ended:
        return await _in_their_place(inquiry, reading, ended)
    if not published:
        return NOTHING
    hits = tuple(parcel_hit(inquiry, row, _OTHER_NEIGHBOURHOOD) for row in published)
    return Found(hits, inquiry.say(notes.OTHER_NEIGHBOURHOOD))


def _in_neighbourhood(inquiry: Inquiry, reading: ParcelReading, rows: Sequence[Row]) -> Sequence[Row]:
    """Cadastral and administrative neighbourhoods differ; either may have been written."""
    return [
        row
        for row in rows
        if fits(
            reading.neighbourhood_key,
            [row.cadastral_neighbourhood_key, row.neighbourhood_key],
            inquiry.profile,
        )
        >= ALIKE
    ]


async def _in_their_place(inquiry: Inquiry, reading: ParcelReading, ended: Sequence[Row]) -> Found:
    name = _ended_name(inquiry, inquiry.say(notes.PARCEL, block=reading.block, parcel=reading.parcel), ended)
    heirs = {row.uid: row for old in ended for row in await inquiry.rows("heirs", uid=old.uid)}
    hits = tuple(parcel_hit(inquiry, row, _IN_ITS_PLACE) for row in heirs.values())
    return Found(hits, inquiry.say(notes.ENDED if hits else notes.ENDED_FOR_GOOD, parcel=name))


def _ended_name(inquiry: Inquiry, name: str, ended: Sequence[Row]) -> str:
    """With operation and day, where one parcel is meant and both are known."""
    old = ended[0]
    kind = next((kind for kind in OperationKind if kind == old.operation), None)
    if len(ended) > 1 or kind is None or old.ended_at is None:
        return name
    day = old.ended_at.astimezone(ZoneInfo(inquiry.profile.timezone)).date()
    words = str(format_date(day, format="d MMMM y", locale=inquiry.language))
    return inquiry.say(notes.ENDED_BY, parcel=name, operation=inquiry.say(TITLES[kind]), day=words)


async def find_coordinate(inquiry: Inquiry, reading: CoordinateReading) -> Found:
    """The place itself, with the parcel it lies on."""
    if not reading.is_inside:
        return Found((), inquiry.say(notes.OUTSIDE))
    rows = await inquiry.rows("parcel_at", x=reading.x, y=reading.y, srid=inquiry.profile.storage_srid)
    parcel = rows[0] if rows else None
    below = inquiry.say(notes.NO_PARCEL_HERE)
    if parcel is not None:
        name = inquiry.say(notes.PARCEL, block=parcel.block_no, parcel=parcel.parcel_no)
        below = inquiry.where(name, district_id=parcel.district_id)
    return Found(
        (
            Hit(
                HitKind.COORDINATE,
                inquiry.say(notes.COORDINATE, lat=reading.lat, lon=reading.lon),
                below,
                reading.lon,
                reading.lat,
                parcel_uid=parcel.uid if parcel is not None else None,
                district_id=parcel.district_id if parcel is not None else None,
            ),
        )
    )


def parcel_hit(inquiry: Inquiry, row: Row, confidence: float) -> Hit:
    """A published parcel."""
    return Hit(
        HitKind.PARCEL,
        inquiry.say(notes.PARCEL, block=row.block_no, parcel=row.parcel_no),
        inquiry.where(row.neighbourhood, district_id=row.district_id),
        row.lon,
        row.lat,
        bbox=box_of(row),
        uid=row.uid,
        layer="parcels",
        parcel_uid=row.uid,
        confidence=confidence,
        is_exact=confidence == 1.0,
        district_id=row.district_id,
    )
