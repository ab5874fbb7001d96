"""A change told field by field, in the reader's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gisserver.field_schema import field_schema, field_title
from gisserver.shown_values import shown_value
from layers.core.changeset_views import Change
from layers.core.layer import Field
from layers.core.query import ReadableLayer


@dataclass(frozen=True)
class FieldChange:
    """One field before and after; None where there was or is nothing."""

    title: str
    before: str | None
    after: str | None


def field_changes(
    fields: Iterable[Field], change: Change, readable: ReadableLayer, language: str
) -> tuple[FieldChange, ...]:
    """Only what differs; every filled field of a feature that begins or ends."""
    told = (
        FieldChange(
            field_title(field, readable, language),
            _told(field, change.before, readable, language),
            _told(field, change.after, readable, language),
        )
        for field in fields
        if not field.is_derived
    )
    return tuple(one for one in told if one.before != one.after)


def _told(field: Field, attributes: Mapping[str, Any], readable: ReadableLayer, language: str) -> str | None:
    return in_words(field, attributes.get(field.name), readable, language) or None


def in_words(field: Field, value: Any, readable: ReadableLayer, language: str) -> str:
    """As cards and tables write it: names of codes, days, units."""
    return shown_value(value, field_schema(field, readable, language), language)
