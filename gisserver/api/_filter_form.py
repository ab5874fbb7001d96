"""The form above a table of features: a line for each field, the order, the columns, and the whole as CQL2."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _

from gisserver.api._table import usual_columns
from gisserver.field_schema import field_schema
from gisserver.plain_filter import Wanted, plain_filter, whole_text
from layers.core.layer import Field
from layers.core.query import FeatureQuery
from layers.core.query.filters.syntax import LANGUAGES
from layers.core.query.parameters import EVERYWHERE

_OWN = ("sortby", "properties", "filter", "filter-lang", "filter-crs", "after", "before", "count")
"""What the form says itself; all else it carries on."""
_KINDS = {"integer": "number", "number": "number", "date": "date"}


@dataclass(frozen=True)
class FieldInput:
    """One line of the form."""

    name: str
    title: str
    unit: str
    kind: str
    """`text`, `number`, `date` or `choice`."""
    wanted: Wanted
    choices: tuple[tuple[str, str], ...]
    """Value and title."""
    is_shown: bool
    """Stands in the table, if anything stands in it."""


@dataclass(frozen=True)
class FilterForm:
    """What the template fills in."""

    action: str
    inputs: tuple[FieldInput, ...]
    cql2: str
    """Every condition, as a program would ask."""
    is_json: bool
    is_plain: bool
    """False where the lines above cannot show all that is asked."""
    filter_crs: str
    sorted_by: str
    is_descending: bool
    kept: Mapping[str, str]

    @property
    def is_used(self) -> bool:
        """Something is asked for."""
        return bool(self.cql2)


def filter_form(query: FeatureQuery, language: str) -> FilterForm:
    """As it stands after the question that is being answered."""
    plain = plain_filter(query)
    is_json = query.filter is not None and query.filter.language != LANGUAGES[0]
    by_field = () if is_json else tuple(one.field.name for one in query.equal)
    first = query.order[0] if query.order else None
    kept = {name: value for name, value in query.arguments.items() if name not in _OWN and name not in by_field}
    return FilterForm(
        action=url_for("feature_filter.ask", layer_id=query.readable.layer.id),
        inputs=tuple(_inputs(query, plain or {}, language)),
        cql2=whole_text(query),
        is_json=is_json,
        is_plain=plain is not None,
        filter_crs=(query.filter.arguments["filter-crs"] or "") if query.filter else "",
        sorted_by=first.field.name if first else "",
        is_descending=first is not None and first.is_descending,
        kept={**kept, **{name: request.args[name] for name in EVERYWHERE if name in request.args}},
    )


def _inputs(query: FeatureQuery, plain: Mapping[str, Wanted], language: str) -> Iterator[FieldInput]:
    shown = query.chosen or usual_columns(query.readable)
    for field in query.readable.properties:
        choices = tuple(_choices(field, query, language))
        kind = "choice" if choices else _KINDS.get(field.kind, "text")
        wanted = plain.get(field.name, Wanted())
        yield FieldInput(
            name=field.name,
            title=field_schema(field, query.readable, language)["title"],
            unit=field.unit or "",
            kind=kind,
            wanted=wanted.as_span if kind in _KINDS.values() else wanted,
            choices=choices,
            is_shown=field.name in shown,
        )


def _choices(field: Field, query: FeatureQuery, language: str) -> Iterator[tuple[str, str]]:
    """Where only certain values can stand in a field."""
    if field.kind == "boolean":
        yield from (("true", _("Yes")), ("false", _("No")))
        return
    codes = field_schema(field, query.readable, language).get("x-ogc-codes")
    yield from ((str(code["value"]), code["title"]) for code in codes or ())
