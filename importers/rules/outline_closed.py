"""A line that was meant to be an outline: its last corner is missing."""

from collections.abc import Iterator

import shapely
from shapely import LineString, Polygon

from importers.conditions import needs_areas
from importers.rule import REFUSED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Of three corners or more; the side that is missing is shown."""
    line = record.geometry
    if line is None or line.geom_type not in ("LineString", "MultiLineString") or not record.is_reshaped:
        return
    parts = shapely.get_parts(line)
    if len(parts) != 1 or shapely.get_num_points(parts[0]) < 3:
        return
    corners = shapely.get_coordinates(parts[0])
    first, last = corners[0].tolist(), corners[-1].tolist()
    side = LineString([last, first])
    place = side if side.length else shapely.Point(first)
    is_nearly_closed = side.length <= context.profile.limits.closing_m
    repaired = shapely.multipolygons([Polygon(corners)]) if is_nearly_closed else None
    yield Trouble({"metres": side.length, "at": f"{last[0]:.2f}, {last[1]:.2f}"}, place, repaired=repaired)


RULE = Rule(
    id="outline_closed",
    title=Title("Sınır kapanıyor", "The outline is closed"),
    text=Title(
        "Sınır bir alan değil, açık bir çizgi: {at} yakınında bitiyor ve başına {metres} m kalıyor.",
        "The outline is a line, not an area: it ends near {at}, {metres} m before its beginning.",
    ),
    remedy=Title(
        "Çizgiyi kapatıp alana çevirin; eksik köşe varsa ekleyin.",
        "Close the line and make it an area; add the corner that is missing.",
    ),
    cause=Title(
        "Çizim programında çizgi kapatılmamış ya da köşe listesinin son noktası eksik.",
        "The line was not closed in the drawing program, or the list of corners lacks its last one.",
    ),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
    why_not=needs_areas,
)
