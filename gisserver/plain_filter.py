"""Filters that a form with one line for each field can show, and CQL2 that says the same."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from layers.core.query import FeatureQuery, ReadableLayer
from layers.core.query.field_values import FieldValue, parse_value, value_text
from layers.core.query.filters.syntax import LANGUAGES
from layers.core.query.filters.terms import Comparison, Condition, Every, Folded, Like, Property, Value

ANY_LETTERS = "*"
_TEXT = "string"


@dataclass(frozen=True)
class Wanted:
    """What the form holds of one field; a star in `value` stands for any letters."""

    value: str = ""
    least: str = ""
    most: str = ""

    @property
    def as_span(self) -> "Wanted":
        """An exact value as a span that holds nothing else."""
        return Wanted(least=self.least or self.value, most=self.most or self.value)


def cql2_of(wanted: Mapping[str, Wanted], readable: ReadableLayer) -> str:
    """All of it as CQL2 text. Raises WrongQuery, which names the field."""
    return " AND ".join(
        part for field in readable.properties if field.name in wanted for part in _parts(field.name, wanted, readable)
    )


def plain_filter(query: FeatureQuery) -> dict[str, Wanted] | None:
    """Field -> what is asked of it; None where it is more than the form can show."""
    held = {one.field.name: Wanted(value=value_text(one)) for one in query.equal}
    for part in _every(query.filter.condition) if query.filter else ():
        found = _wanted(part)
        if found is None or not _fits(held.get(found[0]), found[1]):
            return None
        held[found[0]] = _joined(held.get(found[0], Wanted()), found[1])
    return held


def whole_text(query: FeatureQuery) -> str:
    """Every condition on fields as one CQL2 text; a filter in JSON stays as it is."""
    equal = [f"{one.field.name} = {_literal(one)}" for one in query.equal]
    if query.filter is None:
        return " AND ".join(equal)
    if not equal or query.filter.language != LANGUAGES[0]:
        return query.filter.text
    return " AND ".join([*equal, f"({query.filter.text})"])


def _parts(name: str, wanted: Mapping[str, Wanted], readable: ReadableLayer) -> Iterator[str]:
    field = next(one for one in readable.properties if one.name == name)
    asked = wanted[name]
    if asked.value and field.kind == _TEXT and ANY_LETTERS in asked.value:
        yield f"CASEI({name}) LIKE CASEI('{_quoted(_pattern(asked.value))}')"
    elif asked.value:
        yield f"{name} = {_literal(parse_value(field, asked.value))}"
    if asked.least:
        yield f"{name} >= {_literal(parse_value(field, asked.least))}"
    if asked.most:
        yield f"{name} <= {_literal(parse_value(field, asked.most))}"


def _literal(value: FieldValue) -> str:
    text = value_text(value)
    if value.field.kind == _TEXT:
        return f"'{_quoted(text)}'"
    return f"DATE('{text}')" if value.field.kind == "date" else text


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _pattern(text: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", text).replace(ANY_LETTERS, "%")


def _starred(pattern: str) -> str | None:
    """A pattern as the form writes it; None where the form has no sign for it."""
    plain = re.sub(r"\\[%_\\]", "", pattern)
    if "_" in plain or "\\" in plain or ANY_LETTERS in pattern:
        return None
    return re.sub(r"\\([%_\\])|%", lambda found: found[1] or ANY_LETTERS, pattern)


def _every(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, Every):
        for part in condition.conditions:
            yield from _every(part)
    else:
        yield condition


def _wanted(condition: Condition) -> tuple[str, Wanted] | None:
    match condition:
        case Comparison("=", Property(field), Value(value)) if ANY_LETTERS not in str(value):
            return field.name, Wanted(value=value_text(FieldValue(field, value)))
        case Comparison(">=", Property(field), Value(value)) if field.kind != _TEXT:
            return field.name, Wanted(least=value_text(FieldValue(field, value)))
        case Comparison("<=", Property(field), Value(value)) if field.kind != _TEXT:
            return field.name, Wanted(most=value_text(FieldValue(field, value)))
        case Like(Folded("case", Property(field)), Folded("case", Value(str() as pattern))):
            starred = _starred(pattern)
            return (field.name, Wanted(value=starred)) if starred and ANY_LETTERS in starred else None
    return None


def _fits(held: Wanted | None, more: Wanted) -> bool:
    """The form has one place for each."""
    return held is None or not any(
        getattr(held, place) and getattr(more, place) for place in ("value", "least", "most")
    )


def _joined(held: Wanted, more: Wanted) -> Wanted:
    return replace(held, value=held.value or more.value, least=held.least or more.least, most=held.most or more.most)
