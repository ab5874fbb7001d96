"""Finding streets and doors. A door that does not exist is never answered with another one as if it were sure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row

from layers.search import notes
from layers.search.hits import NOTHING, Found, Hit, HitKind
from layers.search.inquiry import ALIKE, Inquiry, box_of, fits, numbers_of, part_likeness
from layers.search.readings import AddressReading
from layers.search.street_names import StreetName, keys_of
from layers.search.tokens import door_key

GAP_M = 300
"""Pieces of one name farther apart than this are two streets."""
_HIGHEST_DOOR = 999_999_999
"""What door_no_int holds."""
_OTHER_DOOR = 0.7
_OTHER_NEIGHBOURHOOD = 0.8


@dataclass(frozen=True)
class _Row:
    """A street or door with how well it meets what was written."""

    row: Row[Any]
    neighbourhood_fit: float
    is_same_door: bool = True


def find_address(inquiry: Inquiry, reading: AddressReading) -> Found:
    """Streets of exactly this name, and the door on them."""
    keys = keys_of(reading.street_key, reading.street_type, inquiry.profile)
    return _on_streets(inquiry, reading, keys)


def find_address_alike(inquiry: Inquiry, reading: AddressReading) -> Found:
    """Streets whose name is a little different from what was written; never exact."""
    keys = streets_alike(inquiry, reading.street_key, reading.street_type, reading.district_id)
    if not keys:
        return NOTHING
    found = _on_streets(inquiry, reading, keys)
    best = max(name_likeness(key, reading.street_key, inquiry) for key in keys)
    hits = tuple(replace(hit, is_exact=False, confidence=hit.confidence * best) for hit in found.hits)
    return Found(hits, " ".join(filter(None, (inquiry.say(notes.ALIKE), found.note))))


def streets_alike(inquiry: Inquiry, core: str, street_type: str | None, district_id: int | None) -> list[str]:
    """The stored names nearest to a misspelt one; none for a street that is only a number."""
    if core.replace(" ", "").isdigit():
        return []
    wanted = f"{core} {street_type}" if street_type else core
    rows = inquiry.rows("street_names_alike", key=wanted, numbers=numbers_of(core), district=district_id)
    liked = {row.name_key: name_likeness(row.name_key, core, inquiry) for row in rows}
    best = max(liked.values(), default=0.0)
    return [key for key, alike in liked.items() if alike >= max(ALIKE, best - 0.1)]


def name_likeness(name_key: str, core: str, inquiry: Inquiry) -> float:
    """How near a stored street is to what was written, whatever kind of street it is."""
    return part_likeness(StreetName.of(name_key, None, inquiry.profile).core, core)


def _on_streets(inquiry: Inquiry, reading: AddressReading, keys: list[str]) -> Found:
    if reading.door is None:
        return _streets_found(inquiry, reading, _streets(inquiry, reading, keys))
    number = int(numbers_of(reading.door).split()[0])
    if number > _HIGHEST_DOOR:
        return NOTHING
    doors = inquiry.rows("doors", keys=keys, door=number, district=reading.district_id)
    doors = [row for row in doors if _is_of_type(row, row.street_name_key, reading, inquiry)]
    if doors:
        return _doors_found(inquiry, reading, doors)
    return _without_door(inquiry, reading, keys, number)


def _doors_found(inquiry: Inquiry, reading: AddressReading, doors: Iterable[Row[Any]]) -> Found:
    rated = [
        _Row(
            row,
            fits(reading.neighbourhood_key, [row.neighbourhood_key], inquiry.profile),
            door_key(inquiry.profile.fold(row.door_no)) == reading.door,
        )
        for row in doors
    ]
    kept = _those_that_fit([one for one in rated if one.is_same_door] or rated)
    note = ""
    if not kept[0].is_same_door:
        note = inquiry.say(notes.DOOR_WITHOUT_LETTER, door=written(reading.door))
    elif kept[0].neighbourhood_fit < 1:
        note = inquiry.say(notes.OTHER_NEIGHBOURHOOD)
    return Found(tuple(door_hit(inquiry, one.row, _confidence(one)) for one in kept), note)


def _without_door(inquiry: Inquiry, reading: AddressReading, keys: list[str], number: int) -> Found:
    """The street and its nearest doors; where several streets are called so, the streets to choose from."""
    streets = _rated(inquiry, reading, _streets(inquiry, reading, keys))
    hits = tuple(street_hit(inquiry, one.row, _confidence(one) * _OTHER_DOOR) for one in streets)
    if len(streets) != 1:
        return Found(hits, inquiry.say(notes.NO_SUCH_DOOR, door=written(reading.door)) if hits else "")
    street = streets[0].row
    called = StreetName.of(street.name_key, street.street_type, inquiry.profile)
    forms = keys_of(called.core, called.street_type, inquiry.profile)
    nearest = inquiry.rows("nearest_doors", keys=forms, district=street.district_id, door=number)
    if not nearest:
        return Found(hits, inquiry.say(notes.NO_SUCH_DOOR, door=written(reading.door)))
    numbers = ", ".join(row.door_no for row in nearest)
    note = inquiry.say(notes.NO_SUCH_DOOR_NEAREST, door=written(reading.door), nearest=numbers)
    return Found((*hits, *(door_hit(inquiry, row, 0.5) for row in nearest)), note)


def _streets(inquiry: Inquiry, reading: AddressReading, keys: list[str]) -> list[Row[Any]]:
    rows = street_rows(inquiry, keys, reading.district_id)
    return [row for row in rows if _is_of_type(row, row.name_key, reading, inquiry)]


def street_rows(inquiry: Inquiry, keys: list[str], district_id: int | None) -> Sequence[Row[Any]]:
    """Streets by name from the road layer, or from the doors where it does not know them."""
    rows = inquiry.rows("streets", keys=keys, district=district_id, gap=GAP_M)
    return rows or inquiry.rows("streets_of_doors", keys=keys, district=district_id)


def _streets_found(inquiry: Inquiry, reading: AddressReading, streets: Iterable[Row[Any]]) -> Found:
    kept = _rated(inquiry, reading, streets)
    note = inquiry.say(notes.OTHER_NEIGHBOURHOOD) if kept and kept[0].neighbourhood_fit < 1 else ""
    return Found(tuple(street_hit(inquiry, one.row, _confidence(one)) for one in kept), note)


def _rated(inquiry: Inquiry, reading: AddressReading, rows: Iterable[Row[Any]]) -> list[_Row]:
    return _those_that_fit(
        [_Row(row, fits(reading.neighbourhood_key, [row.neighbourhood_key], inquiry.profile)) for row in rows]
    )


def _those_that_fit(rated: list[_Row]) -> list[_Row]:
    """A neighbourhood that was written narrows the choice as soon as one row lies in it."""
    best = max((one.neighbourhood_fit for one in rated), default=0.0)
    least = 1.0 if best == 1.0 else ALIKE if best >= ALIKE else 0.0
    return [one for one in rated if one.neighbourhood_fit >= least]


def _confidence(one: _Row) -> float:
    fit = 1.0 if one.neighbourhood_fit == 1 else _OTHER_NEIGHBOURHOOD * (0.5 + one.neighbourhood_fit / 2)
    return fit * (1.0 if one.is_same_door else _OTHER_DOOR)


def _is_of_type(row: Row[Any], name_key: str, reading: AddressReading, inquiry: Inquiry) -> bool:
    stored = StreetName.of(name_key, row.street_type, inquiry.profile).street_type
    return reading.street_type is None or stored is None or stored == reading.street_type


def written(door: str | None) -> str:
    """A door key as people write it."""
    return (door or "").upper().replace(" ", "/")


def door_hit(inquiry: Inquiry, row: Row[Any], confidence: float) -> Hit:
    """A door of the pool; exact only with full confidence."""
    return Hit(
        HitKind.ADDRESS,
        inquiry.say(notes.DOOR, street=row.street_name, door=row.door_no),
        inquiry.where(row.neighbourhood, district_id=row.district_id),
        row.lon,
        row.lat,
        uid=row.uid,
        layer="addresses",
        parcel_uid=row.parcel_uid,
        confidence=confidence,
        is_exact=confidence == 1.0,
    )


def street_hit(inquiry: Inquiry, row: Row[Any], confidence: float) -> Hit:
    """A street of the pool."""
    return Hit(
        HitKind.STREET,
        row.name,
        inquiry.where(row.neighbourhood, district_id=row.district_id),
        row.lon,
        row.lat,
        bbox=box_of(row),
        uid=row.uid,
        layer="roads" if row.uid else None,
        confidence=confidence,
        is_exact=confidence == 1.0,
    )
