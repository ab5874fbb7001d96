"""A filter as part of a question: its words, and what they mean."""

from dataclasses import dataclass, field

from layers.core.crs import CRS84, Crs
from layers.core.query.filters.reading import read_condition
from layers.core.query.filters.syntax import LANGUAGES, Language, tree_of
from layers.core.query.filters.terms import Condition
from layers.core.query.properties import ReadableLayer


@dataclass(frozen=True)
class Filter:
    """Kept as it was written, so that a link to the next page says the same."""

    text: str
    language: Language
    crs: Crs
    condition: Condition = field(compare=False)

    @classmethod
    def parse(cls, text: str, language: Language, crs: Crs, readable: ReadableLayer) -> "Filter":
        """WrongQuery says where it cannot be understood, and what could stand there."""
        return cls(text, language, crs, read_condition(tree_of(text, language), text, crs, readable))

    @property
    def arguments(self) -> dict[str, str | None]:
        """The parameters it came from; None where nothing needs to be said."""
        return {
            "filter": self.text,
            "filter-lang": self.language if self.language != LANGUAGES[0] else None,
            "filter-crs": self.crs.uri if self.crs != CRS84 else None,
        }
