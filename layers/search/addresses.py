"""Finding streets and doors. A door that does not exist is never answered with another one as if it were sure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from layers.search import notes
from layers.search.gazetteer import Street, block_key, site_key
from layers.search.hits import NOTHING, Found, Hit, HitKind
from layers.search.inquiry import Inquiry, Row
from layers.search.readings import AddressReading
from layers.search.street_hits import StreetPlace, also_known, places_of, shown_name, street_hit
from layers.search.street_names import StreetName
from layers.search.tokens import door_key

_HIGHEST_DOOR = 999_999_999
"""What door_no_int holds."""
_OTHER_DOOR = 0.7
_SIMILAR_DOOR = 0.8
_NEAREST = 0.5
_MOST_WITH_NEAREST = 5
"""Streets of one name for which the nearest doors are looked up."""
_SAME_PLACE_M = 60.0
"""Rows of one number nearer than this are entrances or flats of one house."""


@dataclass(frozen=True)
class _Door:
    """A door of the pool and the reading that led to it."""

    row: Row
    reading: AddressReading
    key: str
    called: str | None
    """The name by which its street was looked up, where that is not the official one."""


async def find_addresses(inquiry: Inquiry, readings: Sequence[AddressReading]) -> Found:
    """What the readings that cannot be told apart lead to."""
    if not readings:
        return NOTHING
    of_doors = [reading for reading in readings if reading.doors and "street" not in reading.unmet]
    of_sites = [reading for reading in readings if not reading.doors and reading.site]
    if of_doors:
        return await _with_door(inquiry, of_doors)
    if of_sites and (found := await _of_site(inquiry, of_sites)).hits:
        return found
    return await _streets_found(inquiry, readings)


async def _with_door(inquiry: Inquiry, readings: Sequence[AddressReading]) -> Found:
    number = _leading_number(readings[0].doors[0])
    if number > _HIGHEST_DOOR:
        return NOTHING
    rows = await inquiry.rows("doors", door=number, **_streets_of(readings))
    doors = _on_their_streets(inquiry, readings, rows)
    exact = [door for door in doors if door.key in door.reading.doors]
    if exact:
        return _doors_found(inquiry, _fitting(inquiry, exact))
    return await _without_door(inquiry, readings, doors)


def streets_asked(streets: Iterable[Street]) -> dict[str, object]:
    """As the statements for doors want them: names, districts and neighbourhoods side by side."""
    named = sorted({(street.name_key, street.district_id, street.neighbourhood_key) for street in streets})
    return {
        "keys": [key for key, _, _ in named],
        "districts": [district for _, district, _ in named],
        "neighbourhoods": [neighbourhood for _, _, neighbourhood in named],
    }


def _streets_of(readings: Sequence[AddressReading]) -> dict[str, object]:
    return streets_asked(street for reading in readings for street in reading.streets)


def _on_their_streets(inquiry: Inquiry, readings: Sequence[AddressReading], rows: Iterable[Row]) -> list[_Door]:
    """Rows of the pool that stand on streets of the readings, each with the likeliest reading."""
    by_street: dict[tuple[object, ...], tuple[AddressReading, str | None]] = {}
    for reading in readings:
        for street in reading.streets:
            by_street.setdefault(_identity(street), (reading, street.called_so))
    found = []
    for row in rows:
        read = by_street.get(_identity_of(row, inquiry))
        if read is not None:
            reading, called = read
            found.append(_Door(row, reading, door_key(inquiry.profile.fold(row.door_no)), called))
    return found


def _identity(street: Street) -> tuple[object, ...]:
    return street.district_id, street.core, street.kind, street.neighbourhood_key


def _identity_of(row: Row, inquiry: Inquiry) -> tuple[object, ...]:
    named = StreetName.of(row.street_name_key, row.street_type, inquiry.profile)
    return row.district_id, named.core, named.street_type, row.neighbourhood_key or ""


def _fitting(inquiry: Inquiry, doors: Sequence[_Door]) -> Sequence[_Door]:
    """The estate and the block narrow the choice as soon as one door has them."""
    profile = inquiry.profile
    for wanted, written in (("site", site_key), ("block", block_key)):
        said = getattr(doors[0].reading, wanted)
        if said is None:
            continue
        with_it = [
            door for door in doors if getattr(door.row, wanted) and written(getattr(door.row, wanted), profile) == said
        ]
        if with_it:
            doors = with_it
        elif any(getattr(door.row, wanted) for door in doors):
            doors = [_doubted(door, wanted) for door in doors]
    return doors


def _doubted(door: _Door, what: str) -> _Door:
    reading = replace(door.reading, is_trusted=False, unmet=door.reading.unmet | {what})
    return replace(door, reading=reading)


def _doors_found(inquiry: Inquiry, doors: Sequence[_Door], *, kept: float = 1.0) -> Found:
    houses = _houses(doors)
    hits = tuple(
        door_hit(inquiry, door.row, _confidence(door.reading) * kept, door.reading, called=door.called)
        for door in houses
    )
    return Found(hits, _note(inquiry, doors[0].reading))


def _houses(doors: Sequence[_Door]) -> list[_Door]:
    """One door for each house: flats and entrances of one number are not a choice."""
    kept: dict[tuple[object, ...], _Door] = {}
    for door in doors:
        row = door.row
        base = (
            row.district_id,
            row.street_name_key,
            row.street_type,
            row.neighbourhood_key,
            door.key,
            row.site,
            row.block,
        )
        place = next(
            (n for n in range(100) if (base, n) not in kept or _is_beside(kept[base, n].row, row)),
            100,
        )
        kept.setdefault((base, place), door)
    return list(kept.values())


def _is_beside(one: Row, other: Row) -> bool:
    return bool(abs(one.x - other.x) + abs(one.y - other.y) <= _SAME_PLACE_M)


async def _without_door(inquiry: Inquiry, readings: Sequence[AddressReading], similar: Sequence[_Door]) -> Found:
    """The street and its nearest doors; where several streets are called so, the streets to choose from."""
    wanted = readings[0].doors[0]
    places = await _street_places(inquiry, readings)
    if not places:
        return NOTHING
    hits: list[Hit] = [
        street_hit(inquiry, place, _confidence(reading) * _OTHER_DOOR, is_exact=False, reading=reading)
        for place, reading in places
    ]
    if similar:
        return _similar_doors(inquiry, similar, hits, wanted)
    nearest: list[str] = []
    some = places[:_MOST_WITH_NEAREST]
    for (place, reading), rows in zip(some, await _nearest(inquiry, [place for place, _ in some], wanted), strict=True):
        nearest += [row.door_no for row in rows]
        between = _between(inquiry, rows, wanted, reading, place.called)
        hits += [between] if between else []
        hits += [
            door_hit(
                inquiry,
                row,
                _NEAREST,
                replace(reading, unmet=reading.unmet | {"door"}),
                is_exact=False,
                called=place.called,
            )
            for row in rows
        ]
    said = _note(inquiry, readings[0])
    door = written(wanted)
    if not nearest:
        return Found(tuple(hits), _joined(inquiry.say(notes.NO_SUCH_DOOR, door=door), said))
    numbers = ", ".join(dict.fromkeys(nearest))
    return Found(tuple(hits), _joined(inquiry.say(notes.NO_SUCH_DOOR_NEAREST, door=door, nearest=numbers), said))


def _similar_doors(inquiry: Inquiry, similar: Sequence[_Door], streets: Sequence[Hit], wanted: str) -> Found:
    """Doors of that number that differ in what stands behind it."""
    lacking = [replace(d, reading=replace(d.reading, unmet=d.reading.unmet | {"door"})) for d in _houses(similar)]
    hits = [
        door_hit(
            inquiry,
            door.row,
            _confidence(door.reading) * _SIMILAR_DOOR,
            door.reading,
            is_exact=False,
            called=door.called,
        )
        for door in lacking
    ]
    numbers = ", ".join(dict.fromkeys(door.row.door_no for door in lacking))
    told = inquiry.say(notes.DOOR_WITHOUT_LETTER, door=written(wanted), nearest=numbers)
    return Found((*hits, *streets), _joined(told, _note(inquiry, lacking[0].reading)))


async def _nearest(inquiry: Inquiry, places: Sequence[StreetPlace], wanted: str) -> list[list[Row]]:
    """For each street its two doors, or the one there is."""
    pieces = sorted(
        {
            (n, piece.name_key, piece.district_id, piece.neighbourhood_key)
            for n, p in enumerate(places)
            for piece in p.pieces
        }
    )
    numbers, keys, districts, neighbourhoods = (list(column) for column in zip(*pieces, strict=True))
    rows = await inquiry.rows(
        "nearest_doors",
        places=numbers,
        keys=keys,
        districts=districts,
        neighbourhoods=neighbourhoods,
        door=_leading_number(wanted),
    )
    return [[row for row in rows if row.place == number] for number in range(len(places))]


def _between(
    inquiry: Inquiry, rows: Sequence[Row], wanted: str, reading: AddressReading, called: str | None
) -> Hit | None:
    """Where the door would stand if numbers were evenly spread between its two neighbours."""
    number = _leading_number(wanted)
    if len(rows) != 2 or not wanted.isdigit():
        return None
    low, high = rows
    if not low.door_no_int < number < high.door_no_int or {low.door_no_int % 2, high.door_no_int % 2} != {number % 2}:
        return None
    share = (number - low.door_no_int) / (high.door_no_int - low.door_no_int)
    lon, lat = inquiry.degrees(low.x + share * (high.x - low.x), low.y + share * (high.y - low.y))
    return Hit(
        HitKind.ADDRESS,
        inquiry.say(
            notes.BETWEEN,
            street=shown_name(inquiry, low.street_name, low.street_name_key, low.street_type),
            door=written(wanted),
            low=low.door_no,
            high=high.door_no,
        ),
        inquiry.where(also_known(inquiry, called), low.neighbourhood, district_id=low.district_id),
        lon,
        lat,
        confidence=_NEAREST + 0.05,
        is_exact=False,
        is_interpolated=True,
        met=tuple(sorted(reading.met | {"street"})),
        unmet=tuple(sorted(reading.unmet | {"door"})),
        also_known_as=called,
        district_id=low.district_id,
    )


async def _of_site(inquiry: Inquiry, readings: Sequence[AddressReading]) -> Found:
    doors = _on_their_streets(inquiry, readings, await inquiry.rows("doors_of_site", **_streets_of(readings)))
    site = readings[0].site
    doors = [d for d in doors if site_key(d.row.site, inquiry.profile) == site]
    return _doors_found(inquiry, _fitting(inquiry, doors)) if doors else NOTHING


async def _streets_found(inquiry: Inquiry, readings: Sequence[AddressReading]) -> Found:
    places = await _street_places(inquiry, readings)
    hits = tuple(
        street_hit(inquiry, place, _confidence(reading), is_exact=reading.is_trusted, reading=reading)
        for place, reading in places
    )
    return Found(hits, _note(inquiry, readings[0]))


async def _street_places(
    inquiry: Inquiry, readings: Sequence[AddressReading]
) -> list[tuple[StreetPlace, AddressReading]]:
    by_id = {street.id: (street, reading) for reading in reversed(readings) for street in reading.streets}
    places = await places_of(inquiry, {street_id: street for street_id, (street, _) in by_id.items()})
    return [(place, by_id[place.first_id][1]) for place in places]


def _confidence(reading: AddressReading) -> float:
    return 1.0 if reading.is_trusted and reading.cost < 0.05 else round(max(0.2, 1.0 - 0.18 * reading.cost), 2)


def _note(inquiry: Inquiry, reading: AddressReading) -> str:
    """What was written and not met, in the order in which it matters."""
    said = {
        "elsewhere": notes.ELSEWHERE,
        "street": notes.OTHER_NUMBER,
        "district": notes.OTHER_DISTRICT,
        "neighbourhood": notes.OTHER_NEIGHBOURHOOD,
        "street_type": notes.OTHER_TYPE,
        "postal_code": notes.OTHER_POSTAL_CODE,
        "block": notes.OTHER_BLOCK,
        "site": notes.OTHER_BLOCK,
    }
    missed = inquiry.profile.district(reading.missed_district or 0)
    told = [
        inquiry.say(note, district=missed.name if missed else "")
        for what, note in said.items()
        if what in reading.unmet
    ]
    if not reading.is_trusted and not told:
        told = [inquiry.say(notes.ALIKE)]
    return _joined(*told[:2])


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _leading_number(door: str) -> int:
    digits = ""
    for sign in door:
        if not sign.isdigit():
            break
        digits += sign
    return int(digits or "0")


def written(door: str | None) -> str:
    """A door key as people write it."""
    return (door or "").upper().replace(" ", "/")


def door_hit(
    inquiry: Inquiry,
    row: Row,
    confidence: float,
    reading: AddressReading | None = None,
    *,
    is_exact: bool | None = None,
    called: str | None = None,
) -> Hit:
    """A door of the pool."""
    lon, lat = inquiry.degrees(row.x, row.y)
    trusted = reading.is_trusted if reading else True
    return Hit(
        HitKind.ADDRESS,
        inquiry.say(
            notes.DOOR,
            street=shown_name(inquiry, row.street_name, row.street_name_key, row.street_type),
            door=row.door_no,
        ),
        inquiry.where(
            also_known(inquiry, called),
            row.site,
            _block_shown(inquiry, row.block),
            row.neighbourhood,
            district_id=row.district_id,
        ),
        lon,
        lat,
        uid=row.uid,
        layer="addresses",
        parcel_uid=row.parcel_uid,
        confidence=confidence,
        is_exact=trusted if is_exact is None else is_exact,
        met=tuple(sorted(reading.met | {"street", "door"} - reading.unmet)) if reading else (),
        unmet=tuple(sorted(reading.unmet)) if reading else (),
        also_known_as=called,
        district_id=row.district_id,
    )


def _block_shown(inquiry: Inquiry, block: str | None) -> str | None:
    if not block or len(block) > 3:
        return block
    return inquiry.say(notes.BLOCK, block=block)
