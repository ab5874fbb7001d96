"""A page of features as a table: its columns, the values as people write them, the marks of the order."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gisserver.field_schema import fields_schema
from gisserver.shown_values import shown_value
from layers.core.query import FeatureQuery, PageEnd, ReadableLayer, read_page
from layers.core.query.output import attributes_text
from layers.core.query.page import Features
from layers.core.store import Connection

KEPT_BY_THE_POOL = ("epoch_from", "version", "origin")
"""Of interest to programs: shown where they are asked for, and with a single feature."""


@dataclass(frozen=True)
class Column:
    """One field."""

    name: str
    title: str
    is_number: bool
    order: str
    """`ascending`, `descending`, or empty, as aria-sort says it."""
    sortby: str
    """By which a press on the heading sorts."""


@dataclass(frozen=True)
class Row:
    """One feature."""

    uid: str
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What was found."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    end: PageEnd


def usual_columns(readable: ReadableLayer) -> list[str]:
    """Of the fields, those that are shown where nobody chooses."""
    return [name for name in readable.names if name not in KEPT_BY_THE_POOL]


def read_table(connection: Connection, query: FeatureQuery, language: str) -> Table:
    """Fields in which nothing stands are left out, unless they are asked for by name."""
    texts, end = _whole(read_page(connection, replace(query, chosen=None), attributes_text))
    features = [json.loads(text) for text in texts]
    schemas = fields_schema(query.readable, language)
    names = query.chosen or _with_values(usual_columns(query.readable), [one["properties"] for one in features])
    rows = [_row(one, names, schemas, query, language) for one in features]
    return Table(tuple(_column(name, schemas[name], query) for name in names), tuple(rows), end)


def _whole(page: Features) -> tuple[list[str], PageEnd]:
    texts: list[str] = []
    while True:
        try:
            texts += next(page)
        except StopIteration as stop:
            return texts, stop.value


def _with_values(names: Sequence[str], features: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(name for name in names if not features or any(one[name] not in (None, "") for one in features))


def _row(
    feature: Mapping[str, Any], names: Sequence[str], schemas: Mapping[str, Any], query: FeatureQuery, language: str
) -> Row:
    values = feature["properties"]
    name = values[query.readable.layer.label] or values["ref"]
    return Row(
        feature["uid"], str(name), tuple(shown_value(values[field], schemas[field], language) for field in names)
    )


def _column(name: str, schema: Mapping[str, Any], query: FeatureQuery) -> Column:
    """The first key of the order is marked; a second press turns it round."""
    first = query.order[0] if query.order else None
    is_sorted = first is not None and first.field.name == name
    is_down = is_sorted and first is not None and first.is_descending
    direction = ("descending" if is_down else "ascending") if is_sorted else ""
    is_number = schema["type"] in ("integer", "number") and "x-ogc-codes" not in schema
    return Column(name, schema["title"], is_number, direction, f"-{name}" if is_sorted and not is_down else name)
