"""Finding districts, neighbourhoods, streets, places and plans by name, by code and by number."""

from dataclasses import replace

from layers.search import notes
from layers.search.addresses import door_hit
from layers.search.hits import NOTHING, Found, Hit, HitKind
from layers.search.inquiry import ALIKE, Inquiry, Row, box_of, part_likeness
from layers.search.readings import CodeReading, NameReading, PlanReading
from layers.search.street_hits import places_of, street_hit

_WEIGHT = {"district": 1.0, "neighbourhood": 0.98, "street": 0.95, "place": 0.9, "plan": 0.85}
"""Of two things of the same name the larger one is meant more often."""
_LAYER = {"district": "districts", "neighbourhood": "neighbourhoods", "place": "places", "plan": "plans"}
_BEGINNING = 0.8
_SHORT = 2
"""Words of a text that may be a part of a longer name."""
_MOST_ALIKE = 20
_MOST_STREETS = 20


async def find_name(inquiry: Inquiry, reading: NameReading) -> Found:
    """Things called so, then things whose name begins so."""
    keys = [reading.key, *(f"{reading.key} {word}" for word in sorted(inquiry.profile.search.neighbourhood))]
    rows = await inquiry.rows("names", keys=keys, start=reading.key, district=reading.district_id)
    if reading.is_neighbourhood:
        said = [row for row in rows if row.kind == "neighbourhood"]
        rows = said or rows
    hits = [_named_hit(inquiry, row, 1.0 if row.name_key in keys else _part(reading.key, row.name_key)) for row in rows]
    if reading.is_neighbourhood and hits:
        return Found(tuple(hits))
    return Found((*hits, *await _streets_named(inquiry, reading)))


async def _streets_named(inquiry: Inquiry, reading: NameReading) -> list[Hit]:
    """Streets of that name, then those that begin so."""
    gazetteer = inquiry.gazetteer
    cores = [reading.key] if reading.key in gazetteer.by_core else []
    cores += [core for core in gazetteer.beginning(reading.key, inquiry.most) if core != reading.key]
    named = {street.id: street for core in reversed(cores[:_MOST_STREETS]) for street in gazetteer.by_core[core]}
    met = {
        street.id: 1.0 if core == reading.key else _part(reading.key, core)
        for core in reversed(cores[:_MOST_STREETS])
        for street in gazetteer.by_core[core]
        if reading.district_id in (None, street.district_id)
    }
    best = sorted(met, key=lambda street_id: (-met[street_id], street_id))[: 4 * inquiry.most]
    return [
        _weighed(street_hit(inquiry, place, 1.0, is_exact=True), met[place.first_id])
        for place in await places_of(inquiry, {street_id: named[street_id] for street_id in best})
    ]


async def find_name_alike(inquiry: Inquiry, reading: NameReading) -> Found:
    """Misspelt names; never exact."""
    statement = "names_partly_alike" if len(reading.key.split()) <= _SHORT else "names_alike"
    rows = await inquiry.rows(statement, key=reading.key, district=reading.district_id, most=_MOST_ALIKE)
    rated = [(row, part_likeness(row.name_key, reading.key)) for row in rows]
    hits = [_named_hit(inquiry, row, alike * _BEGINNING) for row, alike in rated if alike >= ALIKE]
    return Found(tuple(hits), inquiry.say(notes.ALIKE)) if hits else NOTHING


def _part(key: str, name_key: str) -> float:
    return _BEGINNING * (0.5 + len(key) / len(name_key) / 2)


async def find_code(inquiry: Inquiry, reading: CodeReading) -> Found:
    """The door of an address code."""
    rows = await inquiry.rows("doors_of_code", code=reading.code)
    if not rows:
        return Found((), inquiry.say(notes.NO_SUCH_CODE, code=reading.code))
    return Found(tuple(door_hit(inquiry, row, 1.0) for row in rows))


async def find_plan(inquiry: Inquiry, reading: PlanReading) -> Found:
    """The plan of a number."""
    rows = await inquiry.rows("plans_numbered", plan_no=reading.plan_no)
    return Found(tuple(_named_hit(inquiry, row, 1 / _WEIGHT["plan"]) for row in rows))


def _named_hit(inquiry: Inquiry, row: Row, met: float) -> Hit:
    hit = Hit(
        HitKind(row.kind),
        row.name,
        "" if row.kind == "district" else inquiry.where(row.detail, district_id=row.district_id),
        row.lon,
        row.lat,
        bbox=box_of(row),
        uid=row.uid,
        layer=_LAYER[row.kind],
        parcel_uid=row.parcel_uid,
        district_id=row.district_id,
    )
    return _weighed(hit, met)


def _weighed(hit: Hit, met: float) -> Hit:
    return replace(hit, confidence=met * _WEIGHT[hit.kind], is_exact=met >= 1.0)
