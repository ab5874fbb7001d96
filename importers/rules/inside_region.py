"""A place outside the region cannot be ours, whatever the boundaries say."""

from collections.abc import Iterator

from importers.rule import REFUSED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Judged by the corners of the shape's extent; numbers that are not finite lie nowhere."""
    shape = record.geometry
    if shape is None or shape.is_empty or not record.is_reshaped:
        return
    west, south, east, north = shape.bounds
    envelope = context.profile.envelope
    if envelope.holds(west, south) and envelope.holds(east, north):
        return
    yield Trouble({"at": f"{west:.2f}, {south:.2f}"}, shape.centroid if shape.is_valid else None)


RULE = Rule(
    id="inside_region",
    title=Title("Kayıt bölgenin içinde", "The record lies in the region"),
    text=Title(
        "Kaydın köşelerinden biri bu bölgenin çok dışında ({at}). Koordinatlarını ve sırasını denetleyin.",
        "A corner of this record lies far outside this region ({at}). Check its coordinates and their order.",
    ),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
)
