"""What an address says beside the name of its street: door, block, estate, neighbourhood, district, postal code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from layers.search.gazetteer import Gazetteer
from layers.search.tokens import Kind, Token, door_key, is_postal_code, joined

_LONGEST_NAME = 4
_NAMING = (Kind.WORD, Kind.NUMBER)


@dataclass(frozen=True)
class Locality:
    """Words that name a neighbourhood or a district, or would like to."""

    key: str
    is_said: bool
    """A word beside it says that it is a neighbourhood."""
    is_known: bool
    longer: tuple[tuple[int, int, str], ...] = ()
    """The same with words before it, as places of tokens and name, the longest first."""


@dataclass
class Beside:
    """What was understood; places of tokens are taken one after the other until none is left."""

    tokens: Sequence[Token]
    gazetteer: Gazetteer
    taken: set[int]
    doors: tuple[str, ...] = ()
    block: str | None = None
    site: str | None = None
    localities: list[Locality] = field(default_factory=list)
    postal_code: str | None = None
    unknown: list[tuple[int, int]] = field(default_factory=list)
    """Runs of words that nothing is known of."""
    loose_numbers: list[int] = field(default_factory=list)
    loose_types: int = 0
    is_elsewhere: bool = False

    def free(self, at: int, *kinds: Kind) -> bool:
        """Whether there is such a token there that is not taken."""
        return 0 <= at < len(self.tokens) and at not in self.taken and self.tokens[at].kind in (kinds or _NAMING)

    def take(self, start: int, end: int) -> str:
        """The name that these tokens spell, and nobody else's from now on."""
        self.taken.update(range(start, end))
        return joined(self.tokens[start:end])

    def places(self, *kinds: Kind) -> Iterator[int]:
        """Where such tokens stand that are not taken."""
        return (at for at in range(len(self.tokens)) if self.free(at, *kinds))

    def run_before(self, at: int, *kinds: Kind) -> int:
        """Where the free words that end at a place begin."""
        start = at
        while self.free(start - 1, *kinds):
            start -= 1
        return max(start, at - _LONGEST_NAME)


def beside(tokens: Sequence[Token], gazetteer: Gazetteer, taken: set[int], street_end: int) -> Beside:
    """Everything but the street; the surest signs first."""
    said = Beside(tokens, gazetteer, set(taken))
    _read_blocks(said)
    _read_estate(said)
    _read_neighbourhoods(said)
    _read_known_localities(said, numbers=False)
    _read_buildings(said)
    _read_doors(said, street_end)
    _read_flats(said)
    _read_postal_code(said)
    _read_known_localities(said, numbers=True)
    _read_rest(said)
    return said


def _read_blocks(said: Beside) -> None:
    """ "B Blok", "B2 Blok", "2. Blok", "Blok B", "Blok: 2"."""
    tokens = said.tokens
    for at in list(said.places(Kind.BUILDING_BLOCK)):
        start = at
        if said.free(at - 1, Kind.NUMBER) and not said.free(at - 2, Kind.DOOR):
            start = at - 1
        if said.free(start - 1, Kind.WORD, Kind.FLAT, Kind.DOOR) and len(tokens[start - 1].key) == 1:
            start -= 1
        end = at
        if start == at:
            start = end = at + 1
            while end < at + 3 and said.free(end, *_NAMING, Kind.FLAT) and len(tokens[end].key) <= 2:
                end += 1
        if end > start:
            said.block = said.take(start, end).replace(" ", "")
        said.taken.add(at)


def _read_estate(said: Beside) -> None:
    for at in list(said.places(Kind.ESTATE)):
        start = said.run_before(at)
        said.taken.add(at)
        if start == at:
            continue
        names = [(first, joined(said.tokens[first:at])) for first in range(start, at)]
        known = next((name for name in names if name[1] in said.gazetteer.by_site), None)
        if known is None:
            nears = said.gazetteer.sites.near([name for _, name in names])
            known = next(((f, near[0].name) for (f, _), near in zip(names, nears, strict=True) if near), None)
        first = known[0] if known else max(start, at - 2)
        said.site = known[1] if known else None
        said.take(first, at)


def _read_buildings(said: Beside) -> None:
    for at in list(said.places(Kind.BUILDING)):
        said.take(max(said.run_before(at, Kind.WORD), at - 2), at + 1)


def _read_neighbourhoods(said: Beside) -> None:
    """Names before the word, or behind it where none are before."""
    gazetteer = said.gazetteer
    for at in list(said.places(Kind.NEIGHBOURHOOD)):
        start, end = said.run_before(at), at
        said.taken.add(at)
        if start == end:
            start = end = at + 1
            while said.free(end, Kind.WORD) and end - start < _LONGEST_NAME:
                end += 1
        keys = [(first, joined(said.tokens[first:end])) for first in range(start, end)]
        known = next((k for k in keys if k[1] in gazetteer.neighbourhoods or k[1] in gazetteer.districts), None)
        if known is None:
            known = next((k for k in keys if said.tokens[k[0]].kind is Kind.WORD), None)
        if known is not None:
            said.take(known[0], end)
            is_known = known[1] in gazetteer.neighbourhoods or known[1] in gazetteer.districts
            longer = tuple((first, end, key) for first, key in keys if first < known[0])
            said.localities.append(Locality(known[1], is_said=True, is_known=is_known, longer=longer))


def _read_known_localities(said: Beside, *, numbers: bool) -> None:
    """Districts and neighbourhoods by their whole name, the longest first."""
    gazetteer = said.gazetteer
    kinds = _NAMING if numbers else (Kind.WORD,)
    begun = [at for at in said.places(*kinds) if said.tokens[at].name.partition(" ")[0] in gazetteer.locality_words]
    for length in range(_LONGEST_NAME, 0, -1):
        for start in begun:
            if not all(said.free(at, *_NAMING) for at in range(start, start + length)):
                continue
            key = joined(said.tokens[start : start + length])
            if key in gazetteer.districts or key in gazetteer.neighbourhoods:
                said.take(start, start + length)
                said.localities.append(Locality(key, is_said=False, is_known=True))


def _read_doors(said: Beside, street_end: int) -> None:
    """The number that a word announces, else the first behind the street, else the last before it."""
    for at in list(said.places(Kind.DOOR)):
        said.taken.add(at)
        if said.doors:
            continue
        number = at + 1
        while said.free(number, Kind.DOOR):
            said.taken.add(number)
            number += 1
        if not said.free(number, Kind.NUMBER):
            number = at - 1
        if said.free(number, Kind.NUMBER):
            said.doors = _door_at(said, number)
    if said.doors:
        return
    behind = [at for at in said.places(Kind.NUMBER) if at >= street_end and _may_be_a_door(said, at)]
    before = [at for at in said.places(Kind.NUMBER) if at < street_end and _may_be_a_door(said, at)]
    chosen = behind[:1] or before[-1:]
    if chosen:
        said.doors = _door_at(said, chosen[0])


def _may_be_a_door(said: Beside, at: int) -> bool:
    if is_postal_code(said.tokens[at]) or len(said.tokens[at].key.partition("/")[0]) > 5:
        return False
    if at and said.tokens[at - 1].kind is Kind.FLAT and at - 1 not in said.taken:
        return False
    # "3. kat": a word for a flat that announces nothing speaks of the number before it.
    return not (said.free(at + 1, Kind.FLAT) and len(said.tokens[at + 1].key) > 1 and not _announces(said, at + 1))


def _announces(said: Beside, at: int) -> bool:
    return said.free(at + 1, Kind.NUMBER) or (said.free(at + 1, Kind.WORD) and len(said.tokens[at + 1].key) == 1)


def _door_at(said: Beside, at: int) -> tuple[str, ...]:
    """ "30 D" is door 30D, "30 D 4" is flat 4 of door 30, "30D 4" may be either."""
    tokens = said.tokens
    said.taken.add(at)
    number = tokens[at].key
    if (
        said.free(at + 1, Kind.WORD, Kind.FLAT, Kind.DOOR)
        and len(tokens[at + 1].key) == 1
        and tokens[at + 1].key != "#"
    ):
        letter = tokens[at + 1].key
        if not said.free(at + 2, Kind.NUMBER):
            said.taken.add(at + 1)
            return (door_key(number + letter),)
    return (door_key(number),)


def _read_flats(said: Beside) -> None:
    """Words for a flat and the number that goes with each."""
    for at in list(said.places(Kind.FLAT)):
        said.taken.add(at)
        if said.free(at + 1, Kind.NUMBER) or (said.free(at + 1, Kind.WORD) and len(said.tokens[at + 1].key) == 1):
            said.taken.add(at + 1)
        elif said.free(at - 1, Kind.NUMBER):
            said.taken.add(at - 1)


def _read_postal_code(said: Beside) -> None:
    for at in list(said.places(Kind.NUMBER)):
        if is_postal_code(said.tokens[at]):
            said.postal_code = said.tokens[at].key
            said.taken.add(at)


def _read_rest(said: Beside) -> None:
    words = said.gazetteer.profile.search
    start: int | None = None
    for at in range(len(said.tokens) + 1):
        token = said.tokens[at] if at < len(said.tokens) and at not in said.taken else None
        is_unknown = False
        if token is not None:
            said.loose_numbers += [at] if token.is_number else []
            said.loose_types += token.kind is Kind.STREET_TYPE
            said.is_elsewhere |= token.kind is Kind.WORD and token.key in words.elsewhere
            is_unknown = token.kind is Kind.WORD and len(token.key) > 1 and token.key not in words.filler
        if is_unknown and start is None:
            start = at
        elif not is_unknown and start is not None:
            said.unknown.append((start, at))
            start = None
