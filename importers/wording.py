"""Sentences for people: templates in their languages, filled with facts that are written as each language does."""

from collections.abc import Container, Mapping
from decimal import Decimal
from string import Formatter
from typing import Any

from layers.core.words import BUILT_IN, Title, languages_written

_NO_FACTS: Mapping[str, Any] = {}
_SIGNS = {"tr": str.maketrans(",.", ".,"), "fr": str.maketrans(",.", "\u202f,")}
"""From those of English: between thousands, and before decimals."""


def languages_read(of_the_place: Container[str]) -> tuple[str, ...]:
    """Those a place's own people read, beside the two that everybody's words are in: what is kept for each of very
    many records is kept in no others."""
    return tuple(one for one in languages_written() if one in BUILT_IN or one in of_the_place)


def in_every_language(template: Title, facts: Mapping[str, Any] = _NO_FACTS) -> dict[str, str]:
    """Language -> the template with its facts; itself a fact that may stand in another sentence."""
    return {language: in_words(template, facts, language) for language in languages_written()}


def in_words(template: Title, facts: Mapping[str, Any], language: str) -> str:
    """The template with its facts; numbers get the language's separators, lists its commas."""
    return _FactFormatter(language).vformat(template.in_language(language), (), facts)


def number_in_words(value: int | float | Decimal, language: str) -> str:
    """1,312.40 in English, 1.312,40 in Turkish, 1 312,40 in French; whole numbers without decimals."""
    written = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
    return written.translate(_SIGNS.get(language, {}))


class _FactFormatter(Formatter):
    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, bool | str) or format_spec:
            return format(value, format_spec)
        if isinstance(value, int | float | Decimal):
            return number_in_words(value, self._language)
        if isinstance(value, Mapping):
            return str(value.get(self._language, value["en"]))
        if isinstance(value, list | tuple):
            return ", ".join(self.format_field(part, "") for part in value)
        return str(value)
