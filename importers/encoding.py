"""Which letters a file was written in, told from the letters this place uses."""

import codecs
from collections.abc import Iterable

CANDIDATES = ("utf-8", "cp1254", "cp1252", "iso-8859-9", "cp857", "cp850", "cp437")
"""Encodings that drawing programs of the last forty years wrote; the first of equals wins."""

_MISREAD_AS = ("cp1252", "latin-1")


def guess(samples: Iterable[bytes], letters: frozenset[str]) -> str:
    """The encoding under which most of the special letters are letters of this place."""
    texts = [sample for sample in samples if not sample.isascii()]
    if not texts:
        return CANDIDATES[0]
    if all(is_written_in(text, CANDIDATES[0]) for text in texts):
        return CANDIDATES[0]
    return max(CANDIDATES[1:], key=lambda encoding: _familiar(texts, encoding, letters))


def is_written_in(sample: bytes, encoding: str) -> bool:
    """True where every byte makes sense; a letter cut in half by the column's width may end the sample."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _familiar(texts: list[bytes], encoding: str, letters: frozenset[str]) -> float:
    special = [sign for text in texts for sign in text.decode(encoding, "replace") if ord(sign) > 127]
    return sum(sign in letters for sign in special) / max(len(special), 1)


def repaired(value: str, letters: frozenset[str]) -> str | None:
    """The text that was meant where its bytes were read in the wrong encoding once; None where it looks right."""
    if value.isascii() or _all_familiar(value, letters):
        return None
    for misread in _MISREAD_AS:
        try:
            sent = value.encode(misread)
        except UnicodeEncodeError:
            continue
        for meant in CANDIDATES[:2]:
            if is_written_in(sent, meant) and _all_familiar(text := sent.decode(meant), letters) and text != value:
                return text
    return None


def _all_familiar(text: str, letters: frozenset[str]) -> bool:
    return all(sign in letters for sign in text if ord(sign) > 127)
