"""The columns of a layer that a file can fill, and what a sender says about the file's own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Numeric

from layers.core.layer import Audience, Field, Layer
from layers.core.model import LONGEST_TEXT, attribute_of
from layers.core.words import Title

LONGEST_REF = 200
_CHOICE = re.compile(r"(?P<field>[a-z][a-z0-9_]*)(?: ?\[(?P<unit>[^\[\]]{1,8})\])?")


@dataclass(frozen=True)
class Target:
    """A column of the pool that a file can fill."""

    field: str
    kind: str
    title: Title
    is_required: bool = False
    unit: str | None = None
    scale: int | None = None
    precision: int | None = None
    longest: int = LONGEST_TEXT
    """Characters of a text."""


_LASTING = (
    Target("ref", "string", Title("Kalıcı ad", "Lasting name"), longest=LONGEST_REF),
    Target("valid_from", "date", Title("Geçerlilik başlangıcı", "Valid from")),
    Target("valid_to", "date", Title("Geçerlilik bitişi", "Valid until")),
)


def targets_of(layer: Layer) -> tuple[Target, ...]:
    """What a file of this layer can carry."""
    return (*_LASTING, *(_target(layer, field) for field in layer.fields if not field.is_derived))


def receivable(layer: Layer, audience: Audience) -> tuple[Target, ...]:
    """What such a reader may write: the rest is kept as it is published, and is as if absent."""
    seen = {field.name for field in layer.fields_for(audience)}
    lasting = {target.field for target in _LASTING}
    return tuple(target for target in targets_of(layer) if target.field in seen | lasting)


@dataclass(frozen=True)
class Choice:
    """`taks`, or `taks [%]` where the numbers are to be turned from that unit."""

    field: str
    unit: str | None = None

    @classmethod
    def parse(cls, written: str) -> "Choice | None":
        """None where it is neither."""
        found = _CHOICE.fullmatch(written.strip())
        return cls(found["field"], found["unit"]) if found else None


class UnknownField(ValueError):
    """The layer has no such field."""

    def __init__(self, header: str, field: str, known: tuple[str, ...]) -> None:
        self.header, self.field, self.known = header, field, known
        super().__init__(f"{header!r}: there is no field {field!r}; there are {', '.join(known)}.")


class FieldTwice(ValueError):
    """Two columns of the file cannot both be one field."""

    def __init__(self, target: Target, headers: tuple[str, str]) -> None:
        self.target, self.headers = target, headers
        super().__init__(f"{headers[0]!r} and {headers[1]!r} cannot both be {target.field}.")


def parse_choices(said: Mapping[str, Any], layer: Layer) -> dict[str, str]:
    """Header -> choice as it is written, empty for a column left out. Raises UnknownField, FieldTwice."""
    known = {target.field: target for target in targets_of(layer)}
    chosen: dict[str, str] = {}
    headers: dict[str, str] = {}
    for header, written in sorted(said.items()):
        chosen[header] = str(written or "").strip()
        if not chosen[header]:
            continue
        choice = Choice.parse(chosen[header])
        if choice is None or choice.field not in known:
            raise UnknownField(header, chosen[header], tuple(known))
        if choice.field in headers:
            raise FieldTwice(known[choice.field], (headers[choice.field], header))
        headers[choice.field] = header
    return chosen


def beside(own: Mapping[str, str], remembered: Mapping[str, str]) -> dict[str, str]:
    """What is said now goes before what was said once, about a column as well as about a field."""
    taken = {choice.field for choice in map(Choice.parse, own.values()) if choice}
    kept = {header: written for header, written in remembered.items() if _field(written) not in taken}
    return {**kept, **own}


def _field(written: str) -> str | None:
    choice = Choice.parse(written)
    return choice.field if choice else None


def _target(layer: Layer, field: Field) -> Target:
    column = layer.table.columns[field.name]
    described = attribute_of(column)
    number = column.type if isinstance(column.type, Numeric) else None
    return Target(
        field=field.name,
        kind=field.kind,
        title=field.title,
        is_required=field.is_required,
        unit=field.unit,
        scale=number.scale if number is not None else None,
        precision=number.precision if number is not None else None,
        longest=described.longest if described is not None else LONGEST_TEXT,
    )
