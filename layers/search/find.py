"""The search itself: each reading is looked up, what meets the text wins, what is not sure is a choice."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from layers.core.profile import Profile
from layers.search import notes
from layers.search.addresses import find_addresses
from layers.search.completing import completed
from layers.search.hits import NOTHING, Found, Hit, HitKind, SearchResult
from layers.search.inquiry import Asked, Inquiry
from layers.search.names import find_code, find_name, find_name_alike, find_plan
from layers.search.parcels import find_coordinate, find_parcel
from layers.search.parsing import Parsed, parse
from layers.search.readings import CodeReading, CoordinateReading, NameReading, ParcelReading, PlanReading, Reading
from layers.search.snapshot import Snapshot, at_once
from layers.search.street_addresses import address_readings
from layers.search.tokens import LONGEST, Token, shortened

MOST = 60
"""Rows one statement brings; a longer list helps nobody to choose."""
SUGGESTIONS = 8
_NEVER_NEARLY = (HitKind.ADDRESS, HitKind.PARCEL)
"""Beside an exact hit, doors and parcels that are only near would mislead."""


def find(connection: Connection, text: str, profile: Profile, limit: int = 10, language: str = "en") -> SearchResult:
    """Read the text and search for it, in the snapshot of a transaction."""
    snapshot = Snapshot(connection, profile)
    result = at_once(search(snapshot, text, profile, limit, language))
    return at_once(search(snapshot, text, profile, limit, language)) if snapshot.has_caught_up() else result


def suggest(connection: Connection, text: str, profile: Profile, language: str = "en") -> SearchResult:
    """Complete the text, in the snapshot of a transaction."""
    snapshot = Snapshot(connection, profile)
    result = at_once(suggestions(snapshot, text, profile, language))
    return at_once(suggestions(snapshot, text, profile, language)) if snapshot.has_caught_up() else result


async def search(asked: Asked, text: str, profile: Profile, limit: int, language: str) -> SearchResult:
    """Whoever is asked; says so where only the beginning of the text is read."""
    inquiry = Inquiry(asked, profile, language, MOST)
    result = await _search(inquiry, text, limit)
    if len(text) <= LONGEST:
        return result
    return replace(result, note=_spoken(inquiry.say(notes.CUT, longest=LONGEST), result.note))


async def suggestions(asked: Asked, text: str, profile: Profile, language: str) -> SearchResult:
    """What the text may become while it is being typed: exact hits and names that begin so, fast."""
    inquiry = Inquiry(asked, profile, language, SUGGESTIONS)
    return replace(_result(inquiry, shortened(text), await completed(inquiry, text), SUGGESTIONS), note="")


async def _search(inquiry: Inquiry, text: str, limit: int) -> SearchResult:
    """Exact hits first; misspelt names only where nothing was found, other districts last."""
    query = shortened(text)
    parsed = parse(text, inquiry.profile)
    readings = parsed.readings
    if not parsed.tokens and not readings:
        return SearchResult(query, (), is_ambiguous=False, note=inquiry.say(notes.EMPTY))
    found = await _as_written(inquiry, parsed)
    if not _hits(found):
        found += await _nearly_written(inquiry, readings)
    if not _hits(found):
        found += [await _elsewhere(inquiry, reading) for reading in readings]
    return _result(inquiry, query, found, limit)


async def _as_written(inquiry: Inquiry, parsed: Parsed) -> list[Found]:
    """Readings in turn until one is met; numbers without a word do not end it, they may mean more than one thing.

    Where an address or a parcel was recognised, names that merely begin so would be noise.
    """
    found: list[Found] = []
    for reading in parsed.readings:
        if isinstance(reading, NameReading):
            continue
        found.append(await _exactly(inquiry, reading))
        if found[-1].is_exact and not getattr(reading, "is_bare", False):
            return found
    if parsed.street_tokens:
        found.append(await _addresses(inquiry, parsed.street_tokens))
    names = [reading for reading in parsed.readings if isinstance(reading, NameReading)]
    if any(one.is_exact for one in found) or not names:
        return found
    named = [await _exactly(inquiry, reading) for reading in names]
    if any(one.is_exact for one in named) or not _hits(found):
        found = [*named, *found] if any(one.is_exact for one in named) else [*found, *named]
    return found


async def _addresses(inquiry: Inquiry, tokens: Sequence[Token]) -> Found:
    return await find_addresses(inquiry, address_readings(tokens, inquiry.gazetteer))


async def _nearly_written(inquiry: Inquiry, readings: Iterable[Reading]) -> list[Found]:
    return [await find_name_alike(inquiry, reading) for reading in readings if isinstance(reading, NameReading)]


async def _exactly(inquiry: Inquiry, reading: Reading) -> Found:
    match reading:
        case ParcelReading():
            return await find_parcel(inquiry, reading)
        case CoordinateReading():
            return await find_coordinate(inquiry, reading)
        case CodeReading():
            return await find_code(inquiry, reading)
        case PlanReading():
            return await find_plan(inquiry, reading)
        case NameReading():
            return await find_name(inquiry, reading)


async def _elsewhere(inquiry: Inquiry, reading: Reading) -> Found:
    """The same in any district, where the named one has nothing of it; never exact."""
    if not isinstance(reading, ParcelReading | NameReading) or reading.district_id is None:
        return NOTHING
    found = await _exactly(inquiry, replace(reading, district_id=None))
    if not found.hits:
        return NOTHING
    district = inquiry.profile.district(reading.district_id)
    note = inquiry.say(notes.OTHER_DISTRICT, district=district.name if district else "")
    return Found(tuple(replace(hit, is_exact=False, confidence=hit.confidence / 2) for hit in found.hits), note)


def _hits(found: Iterable[Found]) -> list[Hit]:
    return [hit for one in found for hit in one.hits]


def _result(inquiry: Inquiry, query: str, found: Sequence[Found], limit: int) -> SearchResult:
    hits = _ordered(_hits(found))
    exact = [hit for hit in hits if hit.is_exact]
    if exact:
        hits = [hit for hit in hits if hit.is_exact or hit.kind not in _NEVER_NEARLY]
    alike = [hit for hit in exact if hit.confidence == exact[0].confidence]
    is_ambiguous = len(alike) > 1 or (not exact and len(hits) > 1)
    return SearchResult(query, tuple(hits[:limit]), is_ambiguous, _note(inquiry, query, found, hits, is_ambiguous))


def _ordered(hits: Iterable[Hit]) -> list[Hit]:
    """Best first, each thing once."""
    ordered = sorted(hits, key=lambda hit: (not hit.is_exact, -hit.confidence, hit.title, hit.subtitle, str(hit.uid)))
    once = {(hit.kind, hit.uid or (hit.title, hit.subtitle)): hit for hit in reversed(ordered)}
    return [hit for hit in ordered if once[(hit.kind, hit.uid or (hit.title, hit.subtitle))] is hit]


def _note(inquiry: Inquiry, query: str, found: Sequence[Found], hits: Sequence[Hit], is_ambiguous: bool) -> str:
    said = "" if any(hit.is_exact for hit in hits) else next((one.note for one in found if one.note), "")
    if hits:
        return _spoken(said, inquiry.say(notes.CHOOSE) if is_ambiguous else "")
    return said or inquiry.say(notes.NOTHING_FOUND, text=query, example=inquiry.say(notes.EXAMPLE))


def _spoken(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
