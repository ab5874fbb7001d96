"""Letters that were spoilt on their way here: read in the wrong encoding, once or twice, or lost."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

_READ_AS = ("cp1252", "latin-1", "cp1254", "iso8859-9", "cp857", "cp850", "cp437")
"""How programs read bytes that are UTF-8."""
_LOST = re.compile(r"(?<=\w)\?(?=\w)|(?<!\S)\?(?=\w)|\ufffd+")


def repaired(text: str, letters: str, encodings: tuple[str, ...]) -> str:
    """The text with the profile's letters put right; a lost one stays as a question mark."""
    if not text.isascii():
        spoilt, pattern = _spoilt(letters, encodings)
        for _ in range(2):
            text = pattern.sub(lambda found: spoilt[found[0]], text)
    return _LOST.sub("?", text)


@lru_cache(maxsize=8)
def _spoilt(letters: str, encodings: tuple[str, ...]) -> tuple[Mapping[str, str], re.Pattern[str]]:
    found = dict(_pairs(letters, encodings))
    longest_first = sorted(found, key=lambda spoilt: (-len(spoilt), spoilt))
    return found, re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _pairs(letters: str, encodings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Old encodings first, so that what is sure, two signs for one letter, overrides them."""
    for old in encodings:
        for letter in letters:
            spoilt = _misread(letter, old, "latin-1")
            for seen in (spoilt, _misread(letter, old, "cp1252")):
                if seen and seen != letter and seen not in letters and not seen.isascii():
                    yield seen, letter
    for read_as in _READ_AS:
        for letter in letters:
            seen = _misread(letter, "utf-8", read_as)
            if seen and len(seen) > 1:
                yield seen, letter


def _misread(letter: str, written_in: str, read_as: str) -> str | None:
    try:
        return letter.encode(written_in).decode(read_as)
    except UnicodeError:
        return None
