"""Streets and doors: where the name of the street ends and the number of the door begins."""

from collections.abc import Iterator, Sequence

from layers.core.profile import Profile
from layers.search.readings import AddressReading
from layers.search.tokens import Kind, Token, door_key, is_postal_code, joined

_MOST_GUESSES = 2
"""Words before a street that may name a neighbourhood without saying so."""


def address_readings(tokens: Sequence[Token], profile: Profile, district_id: int | None) -> Iterator[AddressReading]:
    """Likeliest first. A slash before the street type belongs to the street, after it to the door."""
    neighbourhood, rest = _neighbourhood_said(tokens)
    at = next((n for n, token in enumerate(rest) if token.kind is Kind.STREET_TYPE), None)
    if at is None:
        yield from _without_type(rest, neighbourhood, district_id)
        return
    street_type = profile.search.street_types[rest[at].key]
    name, after = _name_and_rest(rest, at)
    if not name:
        return
    door = _door(after)
    trailing = neighbourhood or _trailing_words(after)
    for guessed, street in _splits(name):
        yield AddressReading(joined(street), street_type, door, district_id, trailing or guessed)


def _neighbourhood_said(tokens: Sequence[Token]) -> tuple[str | None, Sequence[Token]]:
    """The words before "mah." and what is left; a number may be part of such a name."""
    at = next((n for n, token in enumerate(tokens) if token.kind is Kind.NEIGHBOURHOOD), None)
    if at is None:
        return None, tokens
    start = at
    while start and tokens[start - 1].kind in (Kind.WORD, Kind.NUMBER) and at - start < 4:
        start -= 1
    if any(token.kind is Kind.STREET_TYPE for token in tokens[:start]):
        # "... Sokak No 5 Alsancak Mah.": the door stays with the street.
        while start < at and tokens[start].is_number:
            start += 1
    return joined(tokens[start:at]) or None, (*tokens[:start], *tokens[at + 1 :])


def _name_and_rest(tokens: Sequence[Token], at: int) -> tuple[Sequence[Token], Sequence[Token]]:
    """The name stands before its type ("Gül Sokak 5"), or after it where a language has it so ("12 rue du Lac")."""
    before = [token for token in tokens[:at] if token.kind in (Kind.WORD, Kind.NUMBER)]
    after = tokens[at + 1 :]
    if any(token.kind is Kind.WORD for token in before) or not _starts_with_word(after):
        return before, after
    if before and _has_number_only(before) and any(token.kind is Kind.DOOR for token in after):
        return before, after
    name = _leading_words(after)
    return name, (*before, *after[len(name) :])


def _starts_with_word(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and tokens[0].kind is Kind.WORD


def _has_number_only(tokens: Sequence[Token]) -> bool:
    return all(token.is_number for token in tokens)


def _leading_words(tokens: Sequence[Token]) -> Sequence[Token]:
    length = next((n for n, token in enumerate(tokens) if token.kind is not Kind.WORD), len(tokens))
    return tokens[:length]


def _splits(name: Sequence[Token]) -> Iterator[tuple[str | None, Sequence[Token]]]:
    """A numbered street is its number; before a named one the first words may be a neighbourhood."""
    if name[-1].is_number:
        yield joined(name[:-1]) or None, name[-1:]
        if len(name) == 1:
            return
    yield None, name
    for words in range(1, min(_MOST_GUESSES, len(name) - 1) + 1):
        if not name[words - 1].is_number:
            yield joined(name[:words]), name[words:]


def _trailing_words(tokens: Sequence[Token]) -> str | None:
    """Words at the end of an address are the neighbourhood: "Gül Sokak No 30 Alsancak"."""
    tokens = [token for token in tokens if not is_postal_code(token)]
    start = len(tokens)
    while start and tokens[start - 1].kind is Kind.WORD and len(tokens[start - 1].key) > 1:
        start -= 1
    return joined(tokens[start:]) or None


def _without_type(
    tokens: Sequence[Token], neighbourhood: str | None, district_id: int | None
) -> Iterator[AddressReading]:
    """ "Kıbrıs Şehitleri 12": the last number is the door, what stands before it the street."""
    said = next((n for n, token in enumerate(tokens) if token.kind is Kind.DOOR), None)
    if said is not None:
        name, door = tokens[:said], _door(tokens[said:])
    else:
        numbers = [n for n, token in enumerate(tokens) if token.is_number]
        last = numbers[-1] if numbers else 0
        name, door = tokens[:last], _door(tokens[last:])
    street = [token for token in name if token.kind in (Kind.WORD, Kind.NUMBER)]
    if street and door is not None:
        yield AddressReading(joined(street), None, door, district_id, neighbourhood)
    if len(tokens) == 1 and tokens[0].is_number:
        yield AddressReading(joined(tokens), None, None, district_id, neighbourhood)


def _door(tokens: Sequence[Token]) -> str | None:
    """The first number that no flat word announces; a lone letter after it is part of it."""
    for n, token in enumerate(tokens):
        if token.kind is Kind.FLAT and n + 1 < len(tokens) and tokens[n + 1].is_number:
            return None
        if token.is_number and not is_postal_code(token):
            following = tokens[n + 1 : n + 3]
            return door_key(token.key + _letter(following))
    return None


def _letter(following: Sequence[Token]) -> str:
    """ "30 D" is door 30D, "30 D 4" is flat 4 of door 30."""
    if not following or len(following[0].key) != 1 or following[0].is_number:
        return ""
    announces = len(following) > 1 and following[1].is_number
    return "" if announces or following[0].key == "#" else following[0].key
