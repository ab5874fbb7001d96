"""Cadastral operations: what may become of parcels, and the words in which files and pages speak of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from layers.core.words import Title


class OperationKind(StrEnum):
    """As the lineage names it."""

    SUBDIVISION = "subdivision"
    AMALGAMATION = "amalgamation"
    READJUSTMENT = "readjustment"
    """Joined and divided anew, all ground kept."""
    ARTICLE18 = "article18"
    """The same under the law of land readjustment: part of the ground is given up for streets and squares."""
    ROAD_CESSION = "road_cession"
    ROAD_CREATION = "road_creation"
    FIRST_REGISTRATION = "first_registration"
    USE_CHANGE = "use_change"
    CORRECTION = "correction"
    RENUMBERING = "renumbering"
    REVERT = "revert"
    ENDING = "ending"
    """Nothing is said to have taken its place."""


class Role(StrEnum):
    """How a line of lineage joins two features, or a feature with itself."""

    RESULT = "result"
    REMAINDER = "remainder"
    """It goes on as itself."""
    BEGINNING = "beginning"
    """It came from no other."""
    END = "end"
    """Nothing came of it."""


DECLARABLE = tuple(kind for kind in OperationKind if kind not in (OperationKind.REVERT, OperationKind.ENDING))
"""What a sender or a reviewer may say."""
TITLES: Mapping[OperationKind, Title] = {
    OperationKind.SUBDIVISION: Title("ayırma (ifraz)", "subdivision"),
    OperationKind.AMALGAMATION: Title("birleştirme (tevhit)", "amalgamation"),
    OperationKind.READJUSTMENT: Title("birleştirip yeniden ayırma", "joining and dividing anew"),
    OperationKind.ARTICLE18: Title("arazi ve arsa düzenlemesi", "land readjustment"),
    OperationKind.ROAD_CESSION: Title("yola terk", "cession to a road"),
    OperationKind.ROAD_CREATION: Title("yoldan ihdas", "creation from a road"),
    OperationKind.FIRST_REGISTRATION: Title("ilk tescil", "first registration"),
    OperationKind.USE_CHANGE: Title("cins değişikliği", "change of land use"),
    OperationKind.CORRECTION: Title("düzeltme", "correction"),
    OperationKind.RENUMBERING: Title("numara değişikliği", "renumbering"),
    OperationKind.REVERT: Title("geri alma", "undoing"),
    OperationKind.ENDING: Title("son bulma", "ending"),
}


class BadOperationWords(ValueError):
    """The profile's words for operations name one that does not exist."""


@dataclass(frozen=True)
class OperationWords:
    """How files of a place declare an operation; all in folded form."""

    columns: frozenset[str] = frozenset({"operation"})
    """Headers of the column that does."""
    kinds: Mapping[str, OperationKind] = field(
        default_factory=lambda: {kind.value.replace("_", " "): kind for kind in DECLARABLE}
    )

    def kind(self, written: str, fold: Callable[[str], str]) -> OperationKind | None:
        """What the word means; None where nobody knows it."""
        return self.kinds.get(fold(written).replace("_", " ").strip())


def parse_operation_words(table: Mapping[str, Any]) -> OperationWords:
    """From the profile's table `operations`: `columns`, and for each kind its words. Raises BadOperationWords."""
    plain = OperationWords()
    kinds = dict(plain.kinds)
    for name, words in table.get("words", {}).items():
        if name not in DECLARABLE:
            raise BadOperationWords(f"operations.words.{name} is not known; there are {', '.join(DECLARABLE)}.")
        kinds |= dict.fromkeys(words, OperationKind(name))
    return OperationWords(plain.columns | frozenset(table.get("columns", ())), kinds)
