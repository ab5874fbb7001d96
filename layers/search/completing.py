"""What a text may become while it is being typed."""

from collections.abc import Sequence

from layers.search.addresses import door_hit, find_addresses, streets_asked
from layers.search.gazetteer import Street
from layers.search.hits import Found, Hit
from layers.search.inquiry import Inquiry
from layers.search.names import find_code, find_name, find_plan
from layers.search.parcels import find_coordinate, find_parcel
from layers.search.parsing import parse
from layers.search.readings import (
    AddressReading,
    CodeReading,
    CoordinateReading,
    NameReading,
    ParcelReading,
    PlanReading,
)
from layers.search.street_addresses import address_readings
from layers.search.street_hits import places_of, street_hit
from layers.search.street_names import StreetName
from layers.search.tokens import Kind, Token, joined

_BEGUN = 0.7
_MOST_STREETS = 40
"""More streets of one name than can be shown need not be looked through for doors that begin so."""
_MISSPELT_FROM = 6
"""Letters from which on a name that nobody has is looked for among those like it."""


async def completed(inquiry: Inquiry, text: str) -> list[Found]:
    """Exact hits, doors and names that begin so; misspelt ones only where nothing else is found."""
    found: list[Found] = []
    parsed = parse(text, inquiry.profile)
    tokens = parsed.street_tokens
    for reading in parsed.readings:
        match reading:
            case CoordinateReading():
                return [await find_coordinate(inquiry, reading)]
            case CodeReading():
                found.append(await find_code(inquiry, reading))
            case PlanReading():
                found.append(await find_plan(inquiry, reading))
            case ParcelReading():
                found.append(await find_parcel(inquiry, reading))
            case NameReading() if not any(token.is_number for token in tokens):
                found.append(await find_name(inquiry, reading))
    if tokens and not any(one.is_exact for one in found):
        found += await _of_streets(inquiry, tokens)
    return [Found(one.hits) for one in found]


async def _of_streets(inquiry: Inquiry, tokens: Sequence[Token]) -> list[Found]:
    letters = sum(len(token.key) for token in tokens if token.kind is Kind.WORD)
    readings = address_readings(tokens, inquiry.gazetteer)
    sure = [reading for reading in readings if not reading.edits and reading.cost < 1]
    if sure and sure[0].doors:
        begun_doors = await _doors_beginning(inquiry, sure)
        return [Found(tuple(begun_doors)) if begun_doors else await find_addresses(inquiry, sure)]
    begun = await _begun(inquiry, tokens)
    if sure:
        return [await find_addresses(inquiry, sure), begun]
    if begun.hits or letters < _MISSPELT_FROM:
        return [begun]
    return [await find_addresses(inquiry, readings)]


async def _begun(inquiry: Inquiry, tokens: Sequence[Token]) -> Found:
    """Streets whose name begins with what is written, whatever the last, unfinished word may turn out to be."""
    words = [token for token in tokens if token.kind is not Kind.NOISE]
    gazetteer = inquiry.gazetteer
    whole = joined(words)
    begun = [(whole, gazetteer.beginning(whole, inquiry.most))]
    if len(words) > 1:
        name, last = joined(words[:-1]), words[-1].key
        kinds = {word for word in inquiry.profile.search.street_types if word.startswith(last)}
        begun.append((name, [name] if kinds and name in gazetteer.by_core else []))
    streets = [street for _, cores in begun for core in cores for street in gazetteer.by_core[core]]
    return Found(tuple(await _hits_of(inquiry, streets[: 6 * inquiry.most])))


async def _hits_of(inquiry: Inquiry, streets: Sequence[Street]) -> list[Hit]:
    begun = {street.id: street for street in reversed(streets)}
    order = {street_id: number for number, street_id in enumerate(reversed(begun))}
    places = sorted(await places_of(inquiry, begun), key=lambda place: min(order[p.id] for p in place.pieces))
    return [
        street_hit(inquiry, place, _BEGUN - number / 1000, is_exact=False)
        for number, place in enumerate(places[: inquiry.most])
    ]


async def _doors_beginning(inquiry: Inquiry, readings: Sequence[AddressReading]) -> list[Hit]:
    """The door that is written, and those whose number goes on."""
    streets = list(dict.fromkeys(street for reading in readings for street in reading.streets))[:_MOST_STREETS]
    door = readings[0].doors[0]
    rows = await inquiry.rows("doors_beginning", start=f"{door.partition(' ')[0]}%", **streets_asked(streets))
    known = {(s.district_id, s.core, s.kind, s.neighbourhood_key): s.called_so for s in reversed(streets)}
    hits = []
    for row in rows:
        named = StreetName.of(row.street_name_key, row.street_type, inquiry.profile)
        street = (row.district_id, named.core, named.street_type, row.neighbourhood_key or "")
        if street in known:
            hits.append(door_hit(inquiry, row, _BEGUN, is_exact=False, called=known[street]))
    return hits
