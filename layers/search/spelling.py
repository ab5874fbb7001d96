"""Names that differ from what was written by a letter or two; digits are never forgiven."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

MOST_EDITS = 2
_LOST = "?"


def edits_allowed(letters: int) -> int:
    """Short names have too many neighbours for two wrong letters."""
    return 0 if letters < 3 else 1 if letters < 6 else MOST_EDITS


def edits(one: str, other: str, most: int = MOST_EDITS) -> int:
    """Letters left out, added, replaced or swapped, spaces aside; more than `most` where digits differ."""
    if digits_of(one) != digits_of(other):
        return most + 1
    return OSA.distance(one.replace(" ", ""), other.replace(" ", ""), score_cutoff=most)


def digits_of(key: str) -> str:
    """The numbers of a name, apart from one another."""
    return " ".join(re.findall(r"\d+", key))


def lost_letters(word: str, known: Iterable[str]) -> list[str]:
    """Words that one may be whose letters were lost on the way: "k?br?s"."""
    pattern = re.compile(re.escape(word).replace(re.escape(_LOST), "[a-z]{1,2}"))
    return [other for other in known if pattern.fullmatch(other)]


@dataclass(frozen=True)
class Near:
    """A known name and how far it is from what was written."""

    name: str
    edits: int


@dataclass(frozen=True)
class Spelling:
    """Known names by the number of their letters."""

    by_length: Mapping[int, tuple[Sequence[str], Sequence[str]]]
    """Length -> names, and the same without spaces."""

    @classmethod
    def of(cls, names: Iterable[str]) -> "Spelling":
        """Ready to be compared with."""
        found: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for name in sorted(names):
            compact = name.replace(" ", "")
            whole, pressed = found[len(compact)]
            whole.append(name)
            pressed.append(compact)
        return cls(dict(found))

    def near(self, written: Sequence[str]) -> list[list[Near]]:
        """For each text the known names that are near enough, the nearest first."""
        return [self._near(text) for text in written]

    def _near(self, text: str) -> list[Near]:
        compact = text.replace(" ", "")
        allowed = edits_allowed(len(compact))
        numbers = digits_of(text)
        found: list[Near] = []
        for length in range(len(compact) - allowed, len(compact) + allowed + 1):
            names, pressed = self.by_length.get(length, ((), ()))
            if not names:
                continue
            distances = cdist([compact], pressed, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8)[0]
            for at in np.flatnonzero(distances <= allowed).tolist():
                if digits_of(names[at]) == numbers:
                    found.append(Near(names[at], int(distances[at])))
        return sorted(found, key=lambda near: (near.edits, near.name))
