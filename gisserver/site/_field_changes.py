"""A change told field by field, in the reader's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal

from layers.core.changeset_views import Change
from layers.core.layer import Field


@dataclass(frozen=True)
class FieldChange:
    """One field before and after; None where there was or is nothing."""

    title: str
    before: str | None
    after: str | None


def field_changes(fields: Iterable[Field], change: Change, language: str) -> tuple[FieldChange, ...]:
    """Only what differs; every filled field of a feature that begins or ends."""
    told = (
        FieldChange(
            field.title.in_language(language),
            _told(field, change.before, language),
            _told(field, change.after, language),
        )
        for field in fields
        if not field.is_derived
    )
    return tuple(one for one in told if one.before != one.after)


def _told(field: Field, attributes: Mapping[str, Any], language: str) -> str | None:
    value = attributes.get(field.name)
    if value is None or value == "":
        return None
    return in_words(field, value, language)


def in_words(field: Field, value: Any, language: str) -> str:
    """A value with the language's separators and its unit."""
    is_figure = isinstance(value, int | float) and not isinstance(value, bool)
    words = format_decimal(value, locale=language) if is_figure else str(value)
    return f"{words} {field.unit}" if field.unit else words
