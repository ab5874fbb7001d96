"""Words that are no words: glued to the next, misspelt or with letters lost, put right by what is known."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from layers.core.profile import Profile
from layers.search.gazetteer import Gazetteer
from layers.search.spelling import lost_letters
from layers.search.tokens import Kind, Token, kind_of

_SHORTEST_WORD = 4
_SHORTEST_KNOWN = 5
_LONG = 8
"""From so many letters on, two may be wrong."""
_GLUED = (Kind.STREET_TYPE, Kind.NEIGHBOURHOOD, Kind.DOOR, Kind.ESTATE, Kind.BUILDING_BLOCK)


def settled(tokens: Sequence[Token], gazetteer: Gazetteer) -> tuple[Token, ...]:
    """The same text with such words replaced; what cannot be put right stays."""
    return tuple(settled for token in tokens for settled in _settled(token, gazetteer))


def _settled(token: Token, gazetteer: Gazetteer) -> Iterator[Token]:
    if token.kind is not Kind.WORD or token.key in gazetteer.vocabulary:
        yield token
        return
    profile = gazetteer.profile
    key = profile.search.abbreviations.get(token.key, token.key)
    if "?" in key:
        yield _found_again(key, gazetteer)
    elif key in gazetteer.vocabulary or key in profile.search.filler or len(key) < _SHORTEST_WORD:
        yield Token(key, token.kind)
    elif known := _misspelt_word(key, profile):
        yield Token(known, kind_of(known, profile))
    else:
        yield from _unglued(key, gazetteer)


def _found_again(key: str, gazetteer: Gazetteer) -> Token:
    profile = gazetteer.profile
    words = lost_letters(key, _words_of(profile))
    if words:
        return Token(words[0], kind_of(words[0], profile))
    names = lost_letters(key, gazetteer.vocabulary)
    return Token(names[0] if len(names) == 1 else key.replace("?", "x"), Kind.WORD)


def _misspelt_word(key: str, profile: Profile) -> str | None:
    allowed = 2 if len(key) >= _LONG else 1
    near = [(OSA.distance(key, word, score_cutoff=allowed), word) for word in _words_of(profile)]
    edits, word = min(near, default=(allowed + 1, ""))
    return word if edits <= allowed else None


def _words_of(profile: Profile) -> list[str]:
    words = profile.search
    known = (*words.street_types, *words.neighbourhood, *words.door, *words.estate, *words.flat, *words.building)
    return sorted({word for word in known if len(word) >= _SHORTEST_KNOWN and " " not in word})


def _unglued(key: str, gazetteer: Gazetteer) -> Iterator[Token]:
    """ "ataturkcad" is two words."""
    profile = gazetteer.profile
    for at in range(3, len(key) - 1):
        name, word = key[:at], key[at:]
        kind = kind_of(word, profile)
        if kind in _GLUED and (name in gazetteer.vocabulary or name in gazetteer.by_compact):
            yield Token(name, Kind.WORD)
            yield Token(word, kind)
            return
    yield Token(key, Kind.WORD)
