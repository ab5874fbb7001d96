"""From the text in the box to what it may mean beside a street; pure, and never refuses a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from layers.core.profile import Profile
from layers.search.coordinates import coordinate_reading
from layers.search.parcel_numbers import parcel_reading
from layers.search.readings import CodeReading, NameReading, PlanReading, Reading
from layers.search.tokens import Kind, Token, is_postal_code, joined, readable, tokens_of

CODE_DIGITS = 10
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Parsed:
    """A text in pieces, and what it may mean beside a street, likeliest first."""

    tokens: tuple[Token, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def street_tokens(self) -> tuple[Token, ...]:
        """What may hold a street and a door; nothing where a parcel, a plan or a place by numbers is spoken of."""
        kinds = {token.kind for token in self.tokens}
        speaks_of_parcel = kinds & {Kind.BLOCK, Kind.PARCEL} and not kinds & {Kind.STREET_TYPE, Kind.DOOR}
        return () if speaks_of_parcel or Kind.PLAN in kinds else self.tokens


def parse(text: str, profile: Profile) -> Parsed:
    """Nothing for a text without letters and digits."""
    asked = readable(text, profile)
    place = coordinate_reading(asked, profile)
    if place is not None:
        return Parsed((), (place,))
    tokens = _without_noise(tokens_of(asked, profile))
    if not tokens:
        return Parsed()
    return Parsed(tokens, tuple(dict.fromkeys(_readings(asked, tokens, profile))))


def _readings(asked: str, tokens: Sequence[Token], profile: Profile) -> Iterator[Reading]:
    yield from _single_numbers(asked, tokens)
    yield from _places(tokens, profile)
    if " " not in asked and len(tokens) > 1:
        yield PlanReading(asked)


def _places(tokens: Sequence[Token], profile: Profile) -> Iterator[Reading]:
    named = _district_named(tokens, profile)
    if named is None:
        yield from _scoped(tokens, profile, None)
        return
    yield from _scoped(named.others, profile, named.district_id)
    # "Konak Meydanı" is not the square "Meydanı" in Konak: what uses the district's words in a name stays.
    yield from (reading for reading in _scoped(tokens, profile, None) if named.words in _name_in(reading))


def _scoped(tokens: Sequence[Token], profile: Profile, district_id: int | None) -> Iterator[Reading]:
    parcel = parcel_reading(tokens, district_id)
    if parcel is not None:
        yield parcel
    kinds = {token.kind for token in tokens}
    if kinds & {Kind.BLOCK, Kind.PARCEL} and parcel is not None:
        return
    if kinds >= {Kind.STREET_TYPE, Kind.NUMBER, Kind.DOOR}:
        return
    name = joined(token for token in tokens if token.kind is not Kind.NEIGHBOURHOOD and not is_postal_code(token))
    if name and not name.replace(" ", "").isdigit():
        yield NameReading(name[:_LONGEST_NAME], district_id, Kind.NEIGHBOURHOOD in kinds)


def _name_in(reading: Reading) -> str:
    return reading.key if isinstance(reading, NameReading) else ""


def _single_numbers(asked: str, tokens: Sequence[Token]) -> Iterator[Reading]:
    """Address codes and plan numbers are one piece, or follow the profile's word for a plan number."""
    if tokens[0].kind is Kind.PLAN and len(tokens) > 1:
        yield PlanReading(_last_piece(asked))
    elif len(tokens) == 1 and tokens[0].key.isdigit():
        if len(tokens[0].key) == CODE_DIGITS:
            yield CodeReading(tokens[0].key)
        yield PlanReading(tokens[0].key)


def _last_piece(asked: str) -> str:
    return asked.replace(":", " ").split()[-1]


def _without_noise(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The city's own name says nothing, unless it names a street or is all there is."""
    kept = tuple(
        token
        for token, after in zip_longest(tokens, tokens[1:])
        if token.kind is not Kind.NOISE or (after is not None and after.kind is Kind.STREET_TYPE)
    )
    return tuple(Token(token.key, Kind.WORD) if token.kind is Kind.NOISE else token for token in kept or tokens)


@dataclass(frozen=True)
class _Named:
    """A district that the text names, and the tokens that are not its name."""

    district_id: int
    words: str
    others: tuple[Token, ...]


def _district_named(tokens: Sequence[Token], profile: Profile) -> _Named | None:
    """The district named last, unless a street or a neighbourhood is called so or nothing else is said."""
    keys = [token.key for token in tokens]
    for end in range(len(keys), 0, -1):
        if keys[end - 1] not in profile.district_endings:
            continue
        if end < len(tokens) and tokens[end].kind in (Kind.STREET_TYPE, Kind.NEIGHBOURHOOD):
            continue
        for district_id, words in profile.district_words:
            start = end - len(words)
            if start >= 0 and keys[start:end] == words and len(words) < len(keys):
                return _Named(district_id, " ".join(words), (*tokens[:start], *tokens[end:]))
    return None
