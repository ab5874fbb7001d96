"""Finding districts, neighbourhoods, streets, places and plans by name, by code and by number."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from layers.search import notes
from layers.search.addresses import GAP_M, door_hit, name_likeness, street_hit, street_rows, streets_alike
from layers.search.hits import NOTHING, Found, Hit, HitKind
from layers.search.inquiry import ALIKE, Inquiry, box_of, part_likeness
from layers.search.readings import CodeReading, NameReading, PlanReading
from layers.search.street_names import StreetName, keys_of

_WEIGHT = {"district": 1.0, "neighbourhood": 0.98, "street": 0.95, "place": 0.9, "plan": 0.85}
"""Of two things of the same name the larger one is meant more often."""
_LAYER = {"district": "districts", "neighbourhood": "neighbourhoods", "place": "places", "plan": "plans"}
_BEGINNING = 0.8
_SHORT = 2
"""Words of a text that may be a part of a longer name."""
_MOST_ALIKE = 20


def find_name(inquiry: Inquiry, reading: NameReading) -> Found:
    """Things called so, then things whose name begins so."""
    start = f"{reading.key}%"
    keys = [reading.key, *(f"{reading.key} {word}" for word in sorted(inquiry.profile.search.neighbourhood))]
    rows = inquiry.rows("names", keys=keys, start=start, district=reading.district_id)
    if reading.is_neighbourhood:
        said = [row for row in rows if row.kind == "neighbourhood"]
        rows = said or rows
    hits = [_named_hit(inquiry, row, 1.0 if row.name_key in keys else _part(reading.key, row)) for row in rows]
    if reading.is_neighbourhood and hits:
        return Found(tuple(hits))
    return Found((*hits, *_streets_named(inquiry, reading, start)))


def _streets_named(inquiry: Inquiry, reading: NameReading, start: str) -> list[Hit]:
    exact = keys_of(reading.key, None, inquiry.profile)
    asked = {"keys": exact, "start": start, "district": reading.district_id}
    names = [row.name_key for row in inquiry.rows("street_names_starting", **asked)]
    if not names:
        return []
    rows = inquiry.rows("streets", keys=names, district=reading.district_id, gap=GAP_M)
    return [
        _weighed(
            street_hit(inquiry, row, 1.0), 1.0 if _is_called(row, reading.key, inquiry) else _part(reading.key, row)
        )
        for row in rows
    ]


def _is_called(row: Row[Any], key: str, inquiry: Inquiry) -> bool:
    return row.name_key == key or StreetName.of(row.name_key, row.street_type, inquiry.profile).core == key


def find_name_alike(inquiry: Inquiry, reading: NameReading) -> Found:
    """Misspelt names; never exact."""
    statement = "names_partly_alike" if len(reading.key.split()) <= _SHORT else "names_alike"
    rows = inquiry.rows(statement, key=reading.key, district=reading.district_id, most=_MOST_ALIKE)
    rated = [(row, part_likeness(row.name_key, reading.key)) for row in rows]
    hits = [_named_hit(inquiry, row, alike * _BEGINNING) for row, alike in rated if alike >= ALIKE]
    streets = streets_alike(inquiry, reading.key, None, reading.district_id)
    if streets:
        hits += [
            _weighed(street_hit(inquiry, row, 1.0), _BEGINNING * name_likeness(row.name_key, reading.key, inquiry))
            for row in street_rows(inquiry, streets, reading.district_id)
        ]
    return Found(tuple(hits), inquiry.say(notes.ALIKE)) if hits else NOTHING


def _part(key: str, row: Row[Any]) -> float:
    return _BEGINNING * (0.5 + len(key) / len(row.name_key) / 2)


def find_code(inquiry: Inquiry, reading: CodeReading) -> Found:
    """The door of an address code."""
    rows = inquiry.rows("doors_of_code", code=reading.code)
    return Found(tuple(door_hit(inquiry, row, 1.0) for row in rows))


def find_plan(inquiry: Inquiry, reading: PlanReading) -> Found:
    """The plan of a number."""
    rows = inquiry.rows("plans_numbered", plan_no=reading.plan_no)
    return Found(tuple(_named_hit(inquiry, row, 1 / _WEIGHT["plan"]) for row in rows))


def _named_hit(inquiry: Inquiry, row: Row[Any], met: float) -> Hit:
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
    )
    return _weighed(hit, met)


def _weighed(hit: Hit, met: float) -> Hit:
    return replace(hit, confidence=met * _WEIGHT[hit.kind], is_exact=met >= 1.0)
