"""The legend of a sheet: only what lies on it, in the colours and hatches it is drawn with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import shapely

from gisserver.drawings._part import INK_SOFT, Drawing, Legend, Swatch
from gisserver.drawings._signs import hatch_name
from gisserver.prints.hatching import hatch_lines
from gisserver.prints.paper import POINTS_PER_MM, Rectangle
from gisserver.prints.pen import Pen, Stroke
from gisserver.style import drawing_of, listed
from layers.core.layer import Layer, Shape
from layers.core.profile import LegendEntry, Profile

SIDE = (7 * POINTS_PER_MM, 3.6 * POINTS_PER_MM)
"""Of a swatch."""

Met = Mapping[str, frozenset[str]]
"""Layer -> the classes of it that lie on the sheet; an empty set where it has none."""


@dataclass(frozen=True)
class Entry:
    """A line of the legend: a heading without a swatch, or a swatch with its meaning."""

    words: str
    layer: Layer | None = None
    color: str = ""
    hatch: str | None = None
    is_class: bool = False


def legend_of(layers: Iterable[Layer], met: Met, profile: Profile, language: str) -> list[Entry]:
    """In the order of the list of layers; a layer with classes is a heading over those that lie on the sheet."""
    return [entry for layer in listed(layers) if layer.id in met for entry in _entries(layer, met, profile, language)]


def draw_swatch(pen: Pen, entry: Entry, left: float, bottom: float) -> None:
    """The sign of an entry, its lower left corner at the place."""
    if entry.layer is None:
        return
    wide, high = SIDE
    drawing = drawing_of(entry.layer)
    swatch = Swatch(drawing.swatch.kind, entry.color or drawing.swatch.color, drawing.swatch.outline)
    middle = bottom + high / 2
    if entry.hatch is not None:
        frame = Rectangle(*(side / POINTS_PER_MM for side in (left, bottom, wide, high)))
        lines, stroke = hatch_lines(entry.hatch, frame)
        pen.hatch([shapely.box(left, bottom, left + wide, bottom + high)], lines, stroke)
        pen.box(left, bottom, wide, high, stroke=Stroke(entry.color, 0.6))
    elif entry.layer.shape == Shape.POINT:
        pen.fill([shapely.Point(left + wide / 2, middle).buffer(2)], swatch.color)
    elif entry.layer.shape == Shape.LINES:
        _draw_line(pen, drawing, swatch, [(left, middle), (left + wide, middle)])
    else:
        pen.fill([shapely.box(left, bottom, left + wide, bottom + high)], swatch.color, 0.6 if entry.is_class else 1)
        pen.box(left, bottom, wide, high, stroke=Stroke(swatch.outline or INK_SOFT, 0.5))


def _draw_line(pen: Pen, drawing: Drawing, swatch: Swatch, points: list[tuple[float, float]]) -> None:
    if swatch.outline:
        pen.line(points, Stroke(swatch.outline, 3))
    pen.line(points, Stroke(swatch.color, 1.8, dashes=(4, 2) if drawing.swatch.is_dashed else ()))


def _entries(layer: Layer, met: Met, profile: Profile, language: str) -> Iterator[Entry]:
    title = layer.title.in_language(language)
    known = profile.legends.get(layer.id, ())
    seen = [(place, entry) for place, entry in enumerate(known) if entry.key in met[layer.id]]
    if not seen:
        yield Entry(title, layer)
        return
    yield Entry(title)
    is_hatched = _is_hatched(drawing_of(layer))
    for place, entry in seen:
        yield _class(layer, place, entry, language, is_hatched=is_hatched or entry.is_hatched)


def _class(layer: Layer, place: int, entry: LegendEntry, language: str, *, is_hatched: bool) -> Entry:
    hatch = hatch_name(place, entry.color) if is_hatched else None
    return Entry(entry.title(language), layer, entry.color, hatch, is_class=True)


def _is_hatched(drawing: Drawing) -> bool:
    return any("fill-pattern" in part.paint for part in drawing.parts(Legend("")) if part.level is None)
