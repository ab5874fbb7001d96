"""Where in a text the name of a street stands, as written or nearly."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from layers.search.gazetteer import Gazetteer, is_numeric
from layers.search.tokens import Kind, Token, joined

_LONGEST = 7
_MOST_TARGETS = 14
_NAMING = (Kind.WORD, Kind.NUMBER)
_SHORT = 0.4
"""Price of a name with shortened words."""
_PART = 1.6
"""Price of a name of which words are missing."""
OTHER_NUMBER = 2.5
"""Price of a street with another number: never what was written."""


@dataclass(frozen=True)
class StreetSpan:
    """Some tokens that name a street."""

    start: int
    end: int
    cores: tuple[str, ...]
    kind: str | None
    """Type word that stands beside it."""
    type_at: int | None
    edits: int = 0
    loss: float = 0.0
    """What the name lacks beside misspelt letters."""

    @property
    def tokens(self) -> set[int]:
        """Places of the name and its type."""
        return {*range(self.start, self.end), *(() if self.type_at is None else (self.type_at,))}


def spans_as_written(tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[StreetSpan]:
    """Names that the gazetteer has, letter by letter."""
    for start in range(len(tokens)):
        key = ""
        for end in range(start + 1, min(start + _LONGEST, len(tokens)) + 1):
            key = f"{key} {tokens[end - 1].name}" if key else tokens[start].name
            cores = (key,) if key in gazetteer.by_core else gazetteer.by_compact.get(key.replace(" ", ""))
            if cores and _may_be_a_name(tokens, start, end):
                yield _span(tokens, start, end, cores, gazetteer)


def _may_be_a_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    after = tokens[end].kind if end < len(tokens) else None
    if after is Kind.NEIGHBOURHOOD:
        return False
    before = tokens[start - 1].kind if start else None
    is_number = all(token.is_number for token in tokens[start:end])
    if is_number and after is not Kind.STREET_TYPE and before in (Kind.DOOR, Kind.FLAT):
        return False
    if end - start == 1 and tokens[start].kind in (Kind.STREET_TYPE, Kind.DOOR, Kind.FLAT):
        return after is Kind.STREET_TYPE
    return tokens[end - 1].kind is not Kind.STREET_TYPE or after is Kind.STREET_TYPE


def _span(
    tokens: Sequence[Token],
    start: int,
    end: int,
    cores: tuple[str, ...],
    gazetteer: Gazetteer,
    edits: int = 0,
    loss: float = 0.0,
) -> StreetSpan:
    types = gazetteer.profile.search.street_types
    for at in (end, start - 1):
        if 0 <= at < len(tokens) and tokens[at].kind is Kind.STREET_TYPE:
            return StreetSpan(start, end, cores, types[tokens[at].key], at, edits, loss)
    return StreetSpan(start, end, cores, None, None, edits, loss)


def spans_nearly_written(tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[StreetSpan]:
    """Names with wrong letters, shortened words or words left out; numbers are never wrong letters."""
    targets = list(dict.fromkeys(_targets(tokens)))[:_MOST_TARGETS]
    written = [joined(tokens[start:end]) for start, end in targets]
    for (start, end), text, near in zip(targets, written, gazetteer.names.near(written), strict=True):
        for name in near[:12]:
            yield _span(tokens, start, end, (name.name,), gazetteer, name.edits)
        if shortened := _shortened(text, gazetteer):
            yield _span(tokens, start, end, shortened, gazetteer, loss=_SHORT)
        if parts := _parts(text, gazetteer):
            yield _span(tokens, start, end, parts, gazetteer, loss=_PART)


def _targets(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Words before a street type, behind it where none are before, or any words where no type is written."""
    types = [at for at, token in enumerate(tokens) if token.kind is Kind.STREET_TYPE]
    for at in types:
        start = _run_before(tokens, at)
        yield from _with_letters(tokens, ((first, at) for first in range(max(start, at - 5), at)))
        if start == at:
            end = _run_after(tokens, at + 1)
            yield from _with_letters(tokens, ((at + 1, last) for last in range(min(end, at + 5), at + 1, -1)))
    if not types:
        runs = _runs(tokens)
        spans = ((s, e) for start, end in runs for s in range(start, end) for e in range(end, s, -1) if e - s <= 4)
        yield from _with_letters(tokens, spans)


def _with_letters(tokens: Sequence[Token], spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        if end < len(tokens) and tokens[end].kind is Kind.NEIGHBOURHOOD:
            continue
        if any(token.kind is Kind.WORD and len(token.key) >= 3 for token in tokens[start:end]):
            yield start, end


def _run_before(tokens: Sequence[Token], at: int) -> int:
    start = at
    while start and tokens[start - 1].kind in _NAMING:
        start -= 1
    return start


def _run_after(tokens: Sequence[Token], at: int) -> int:
    end = at
    while end < len(tokens) and tokens[end].kind is Kind.WORD:
        end += 1
    return end


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(tokens):
        end = _run_after(tokens, at)
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _shortened(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """ "m kemal" is "mustafa kemal": as many words, each the beginning of the other's, the last one whole."""
    words = text.split()
    if len(words) < 2:
        return ()
    return tuple(
        core for core in gazetteer.by_last_word.get(words[-1], ()) if core != text and _all_begin(words, core.split())
    )


def _all_begin(written: Sequence[str], named: Sequence[str]) -> bool:
    return len(written) == len(named) and all(
        whole.startswith(part) and (len(part) != 2 or whole == part) for part, whole in zip(written, named, strict=True)
    )


def _parts(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Longer names that hold all the words, or a word that is nearly theirs."""
    written = text.split()
    words = [word for word in written if len(word) >= 3 and not word[0].isdigit()]
    if not words:
        return ()
    numbers = {word for word in written if word[0].isdigit()}
    holding = set.intersection(*(_holding(word, gazetteer) for word in words))
    longer = (core for core in holding if len(core.split()) > len(written) and numbers <= set(core.split()))
    return tuple(sorted(longer)[:12])


def _holding(word: str, gazetteer: Gazetteer) -> set[str]:
    if found := gazetteer.by_word.get(word):
        return set(found)
    (near,) = gazetteer.words.near([word])
    return {core for other in near[:3] for core in gazetteer.by_word[other.name]}


def spans_of_other_numbers(tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[StreetSpan]:
    """A numbered street that nobody has: those whose number is nearest, to choose from."""
    for at, token in enumerate(tokens):
        is_named_so = at + 1 < len(tokens) and tokens[at + 1].kind is Kind.STREET_TYPE
        if not (token.is_number and is_named_so) or joined([token]) in gazetteer.by_core:
            continue
        cores = tuple(core for core in _neighbours(joined([token])) if core in gazetteer.by_core)
        if cores:
            yield _span(tokens, at, at + 1, cores, gazetteer, loss=OTHER_NUMBER)


def _neighbours(core: str) -> Iterator[str]:
    main, _, branch = core.partition(" ")
    if not is_numeric(core) or len(main) > 9:
        return
    if branch.isdigit():
        yield main
        yield from (f"{main} {number}" for number in (int(branch[:9]) - 1, int(branch[:9]) + 1))
    yield from (f"{main} {number}" for number in (1, 2))
    yield from (str(int(main) + step) for step in (-1, 1, -2, 2))
