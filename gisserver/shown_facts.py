"""A feature's fields as terms and values for people."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_babel import get_locale

from gisserver.field_schema import fields_schema
from gisserver.shown_values import shown_value
from layers.core.query import ReadableLayer


def shown_facts(readable: ReadableLayer, names: Iterable[str], values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Title and value of every field in which something stands."""
    language = str(get_locale())
    schemas = fields_schema(readable, language)
    for name in names:
        shown = shown_value(values[name], schemas[name], language)
        if shown:
            yield schemas[name]["title"], shown
