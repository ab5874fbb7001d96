"""A district edits its own area only."""

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from importers.conditions import needs_boundary
from importers.rule import REFUSED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title

TOLERANCE_M = 1.0
"""Boundaries of districts are drawn more coarsely than parcels."""


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """The part outside is shown, in square metres or metres."""
    shape = record.judged_shape
    if context.outline is None or shape is None:
        return
    if context.outline.covers(shape):
        return
    outside = shapely.difference(shape, context.outline.buffer(TOLERANCE_M))
    if not outside.is_empty:
        yield Trouble(_measured(outside, shape), outside)


def _measured(outside: BaseGeometry, shape: BaseGeometry) -> dict[str, object]:
    if shape.area:
        return {"amount": outside.area, "unit": "m²", "percent": round(100 * outside.area / shape.area)}
    if shape.length:
        return {"amount": outside.length, "unit": "m", "percent": round(100 * outside.length / shape.length)}
    return {"amount": 1, "unit": "", "percent": 100}


RULE = Rule(
    id="inside_district",
    title=Title("Kayıt ilçenin içinde", "The record lies in the district"),
    text=Title(
        "Şeklin {amount} {unit} kadarı (%{percent}) ilçe sınırının dışında kalıyor.",
        "{amount} {unit} of the shape ({percent} %) lies outside the district.",
    ),
    cause=Title(
        "Bir köşe yanlış yerde olabilir ya da ilçe sınırı kaba çizilmiştir.",
        "A corner may be in the wrong place, or the boundary is drawn coarsely.",
    ),
    remedy=Title(
        "Köşeleri denetleyin; sınır yanlışsa birime yazın.",
        "Check its corners; if the boundary is wrong, write to the department.",
    ),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
    why_not=needs_boundary,
    forgives_old=True,
)
