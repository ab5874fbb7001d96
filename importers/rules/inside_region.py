"""A place outside the region cannot be ours, whatever the boundaries say."""

from collections.abc import Iterator
from math import isfinite

import shapely
from shapely import MultiPoint

from importers.rule import REFUSED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Every corner outside is shown; numbers that are not finite lie nowhere."""
    shape = record.geometry
    if shape is None or shape.is_empty or not record.is_reshaped:
        return
    west, south, east, north = shape.bounds
    envelope = context.profile.envelope
    if envelope.holds(west, south) and envelope.holds(east, north):
        return
    corners = shapely.get_coordinates(shape)
    outside = [corner for corner in corners.tolist() if not envelope.holds(*corner)]
    shown = [corner for corner in outside if all(map(isfinite, corner))]
    x, y = outside[0]
    yield Trouble({"at": f"{x:.2f}, {y:.2f}"}, MultiPoint(shown) if shown else None)


RULE = Rule(
    id="inside_region",
    title=Title("Kayıt bölgenin içinde", "The record lies in the region"),
    text=Title(
        "Kaydın köşelerinden biri bu bölgenin çok dışında ({at}).",
        "A corner of this record lies far outside this region ({at}).",
    ),
    cause=Title(
        "Çoğu kez iki koordinat yer değiştirmiş ya da bir rakam eksik kalmıştır.",
        "Usually the two coordinates changed places, or a digit is missing.",
    ),
    remedy=Title("Koordinatlarını ve sırasını denetleyin.", "Check its coordinates and their order."),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
)
