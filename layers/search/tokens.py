"""A text as a row of small pieces: words, numbers with their slash, and what the profile knows them as."""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from layers.core.profile import Profile
from layers.search.letters import repaired

LONGEST = 200
"""Signs that are read; nobody types an address longer than this."""

_FIRST_COMBINING = "\u0300"

_PIECE = re.compile(
    r"\d+(?:\s*/\s*\d+|[/-]\d+|[/-][a-z](?![a-z0-9]))+"  # 1453/1, 12-A: the slash stays with its number
    r"|\d+[a-z](?![a-z0-9])"  # 30c
    r"|\d+|[a-z?]*[a-z][a-z?]*|\#"  # a question mark stands for a letter that was lost
)


class Kind(StrEnum):
    """What the profile's words make of a piece."""

    NUMBER = "N"
    WORD = "W"
    STREET_TYPE = "S"
    NEIGHBOURHOOD = "M"
    DOOR = "D"
    BLOCK = "B"
    PARCEL = "P"
    FLAT = "F"
    PLAN = "L"
    ESTATE = "E"
    BUILDING_BLOCK = "K"
    BUILDING = "A"
    NOISE = "X"


@dataclass(frozen=True)
class Token:
    """One piece of the text; its key is folded."""

    key: str
    kind: Kind

    @cached_property
    def name(self) -> str:
        """As a part of a folded name."""
        return self.key.replace("/", " ")

    @property
    def is_number(self) -> bool:
        """Starts with a digit; it may carry a slash or a letter."""
        return self.kind is Kind.NUMBER


def shortened(text: str) -> str:
    """The part of the text that is read, in composed letters and without control signs."""
    composed = unicodedata.normalize("NFC", text[: 4 * LONGEST])
    if composed.isprintable() and max(composed, default="") < _FIRST_COMBINING:
        return " ".join(composed.split())[:LONGEST]
    marked_apart = (sign for sign in composed if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isprintable() else " " for sign in marked_apart).split())[:LONGEST]


def readable(text: str, profile: Profile) -> str:
    """The same with its letters put right, before signs are dropped that only stand for a part of one."""
    return shortened(repaired(text[: 4 * LONGEST], profile.fold_from, profile.search.encodings))


def tokens_of(text: str, profile: Profile) -> tuple[Token, ...]:
    """The pieces of a text, each with its kind."""
    lowered = _lowered(text, profile)
    apart = _flat_letters(profile).sub(r" \1 ", lowered)
    pieces = [found.replace("-", "/").replace(" ", "") for found in _PIECE.findall(apart)]
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        phrase = _phrase_at(pieces, at, profile)
        if phrase is None:
            tokens.append(Token(pieces[at], Kind.NUMBER if pieces[at][0].isdigit() else Kind.WORD))
            at += 1
        else:
            words, kind = phrase
            tokens.append(Token(" ".join(words), kind))
            at += len(words)
    return tuple(tokens)


def _lowered(text: str, profile: Profile) -> str:
    """Folded letters, but punctuation kept: profile.fold would lose the slash."""
    whole = repaired(html.unescape(text), profile.fold_from, profile.search.encodings)
    return whole.translate(_folding(profile.fold_from, profile.fold_to)).lower()


@lru_cache(maxsize=8)
def _folding(letters: str, folded: str) -> Mapping[int, int]:
    return str.maketrans(letters, folded)


@lru_cache(maxsize=8)
def _letters_that_announce(flat: frozenset[str]) -> re.Pattern[str]:
    letters = "".join(sorted(word for word in flat if len(word) == 1))
    return re.compile(rf"(?<=\d)\s*[/-]?([{letters}])(?=\s*[:.]\s*\d|\d)" if letters else r"(?!)()")


def _flat_letters(profile: Profile) -> re.Pattern[str]:
    """In "No:10K:4D:14" the letters announce what follows; they are no part of the number before them."""
    return _letters_that_announce(profile.search.flat)


def _phrase_at(pieces: Sequence[str], at: int, profile: Profile) -> tuple[tuple[str, ...], Kind] | None:
    for words, role in profile.search.phrases.get(pieces[at], ()):
        if tuple(pieces[at : at + len(words)]) == words:
            return words, Kind[role.upper()]
    return (("#",), Kind.DOOR) if pieces[at] == "#" else None


def kind_of(word: str, profile: Profile) -> Kind:
    """What the profile takes a word for."""
    phrase = _phrase_at([word], 0, profile)
    return phrase[1] if phrase else Kind.WORD


def joined(tokens: Iterable[Token]) -> str:
    """The folded name that a row of tokens spells, as pool.fold would."""
    return " ".join([token.name for token in tokens])


def door_key(door: str) -> str:
    """30/C, 30-c, 30 C and 30C are one door; 5/1 is not 51."""
    spaced = " ".join(re.sub(r"[^0-9a-z]+", " ", door.lower()).split())
    return re.sub(r"(\d) ([a-z])\b", r"\1\2", spaced)


def is_postal_code(token: Token) -> bool:
    """Five digits; no door has so many."""
    return len(token.key) == 5 and token.key.isdigit()
