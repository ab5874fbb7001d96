"""The columns of a layer that a file can fill, and what a sender says about the file's own."""

from dataclasses import dataclass

from sqlalchemy import Numeric

from layers.core.layer import Field, Layer
from layers.core.model import LONGEST_TEXT, attribute_of
from layers.core.words import Title

LONGEST_REF = 200


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
