"""The map on a sheet: what the pool holds there, painted part by part from the ground up."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gisserver.prints.expression import evaluated
from gisserver.prints.hatching import hatch_lines
from gisserver.prints.labels import Label, labels_of
from gisserver.prints.paper import PIXEL_MM, POINTS_PER_MM
from gisserver.prints.pen import Pen, Stroke
from gisserver.prints.sheet import Sheet
from gisserver.prints.shown import ShownPart
from gisserver.prints.signs import draw_sign, side_of
from layers.core.query.drawn import Drawn

PIXEL = PIXEL_MM * POINTS_PER_MM

Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class OnPaper:
    """Features of one layer or level, in points of the paper."""

    shapes: Shapes
    told: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Painter:
    """One sheet being painted."""

    pen: Pen
    sheet: Sheet
    zoom: float
    language: str
    labels: list[Label] = field(default_factory=list)
    """What is written when everything is painted, the most important last."""

    @property
    def window(self) -> tuple[float, float, float, float]:
        """The map on the paper: what lies outside is not named."""
        return self.sheet.paper.map.in_points

    def place(self, drawn: Drawn) -> OnPaper:
        """Move what lies on the sheet from ground to paper."""
        meets = shapely.intersects(drawn.shapes, self.sheet.ground)
        moved = shapely.transform(drawn.shapes[meets], self.sheet.to_paper)
        return OnPaper(moved, [told for told, is_met in zip(drawn.told, meets, strict=True) if is_met])

    def paint(self, shown: ShownPart, found: OnPaper, opacity: float = 1.0) -> None:
        """One part; its words are kept for later."""
        if shown.part.kind == "symbol":
            self._paint_symbols(shown, found)
            return
        for look, shapes in self._by_look(shown, found):
            _PAINTERS[shown.part.kind](self, look, shapes, opacity)

    def _by_look(self, shown: ShownPart, found: OnPaper) -> Iterator[tuple[Mapping[str, Any], Shapes]]:
        """Features that look the same, in the order in which the first of each was met."""
        fields = sorted(shown.fields)
        groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for place, told in enumerate(found.told):
            groups[tuple(told.get(name) for name in fields)].append(place)
        styles = {**shown.part.layout, **shown.part.paint}
        styles.pop("text-font", None)  # a list of names, not an expression
        for values, places in groups.items():
            told = dict(zip(fields, values, strict=True))
            look = {name: evaluated(value, told, self.zoom, self.language) for name, value in styles.items()}
            yield look, found.shapes[places]

    def _paint_symbols(self, shown: ShownPart, found: OnPaper) -> None:
        if "text-field" in shown.part.layout:
            self.labels.extend(labels_of(shown.part, found.shapes, found.told, self))
            return
        for look, shapes in self._by_look(shown, found):
            name = look["icon-image"]
            if not name:
                continue
            side = side_of(name) * float(look.get("icon-size", 1)) * PIXEL
            for x, y in shapely.get_coordinates(shapely.point_on_surface(shapes)):
                draw_sign(self.pen, name, x, y, side)


def _fill(painter: Painter, look: Mapping[str, Any], shapes: Shapes, opacity: float) -> None:
    pattern = look.get("fill-pattern")
    if pattern:
        lines, stroke = hatch_lines(str(pattern), painter.sheet.paper.map)
        painter.pen.hatch(shapes, lines, stroke)
        return
    density = float(look.get("fill-opacity", 1)) * opacity
    if density > 0:
        painter.pen.fill(shapes, look["fill-color"], density)
    if "fill-outline-color" in look:
        painter.pen.stroke(shapes, Stroke(look["fill-outline-color"], PIXEL, opacity))


def _line(painter: Painter, look: Mapping[str, Any], shapes: Shapes, opacity: float) -> None:
    width = float(look.get("line-width", 1)) * PIXEL
    stroke = Stroke(
        look["line-color"],
        width,
        float(look.get("line-opacity", 1)) * opacity,
        tuple(width * part for part in look.get("line-dasharray", ())),
        look.get("line-cap", "butt"),
        look.get("line-join", "round"),
    )
    painter.pen.stroke(shapes, stroke)


def _circle(painter: Painter, look: Mapping[str, Any], shapes: Shapes, _opacity: float) -> None:
    ring = float(look.get("circle-stroke-width", 0)) * PIXEL
    places = shapely.get_coordinates(shapely.point_on_surface(shapes))
    painter.pen.dots(
        places,
        float(look.get("circle-radius", 5)) * PIXEL,
        look["circle-color"],
        Stroke(look.get("circle-stroke-color", "#000000"), ring) if ring > 0 else None,
    )


_PAINTERS: Mapping[str, Callable[[Painter, Mapping[str, Any], Shapes, float], None]] = {
    "fill": _fill,
    "line": _line,
    "circle": _circle,
}
