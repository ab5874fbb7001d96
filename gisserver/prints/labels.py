"""Names on the map: where each would stand, and which of them have room."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from gisserver.drawings._part import TYPEFACE_STRONG, Part
from gisserver.prints.expression import evaluated
from gisserver.prints.letters import REGULAR, STRONG, width_of
from gisserver.prints.paper import PIXEL_MM, POINTS_PER_MM, Rectangle
from gisserver.prints.pen import Pen, Writing
from gisserver.prints.signs import draw_sign, side_of
from gisserver.prints.straight import longest_straight

_PIXEL = PIXEL_MM * POINTS_PER_MM
_LEADING = 1.2
_CELL = 24.0
"""Points; the squares in which neighbours of a label are looked for."""
_STEP = 0.8
"""In sizes of the letters: how finely a slanting label is told by upright boxes."""


@dataclass(frozen=True)
class Sign:
    """A picture that a label stands on; its middle and side in points of the paper."""

    name: str
    x: float
    y: float
    side: float


@dataclass(frozen=True)
class Label:
    """Lines of words about a place of the paper."""

    lines: tuple[str, ...]
    x: float
    y: float
    writing: Writing
    angle: float
    padding: float
    sign: Sign | None = None

    @property
    def width(self) -> float:
        """Of the longest line, in points."""
        return max(width_of(line, self.writing.font, self.writing.size) for line in self.lines)

    @property
    def height(self) -> float:
        """Of all lines."""
        return len(self.lines) * self.writing.size * _LEADING


class Reader(Protocol):
    """For whom, and at which zoom, labels are written."""

    @property
    def zoom(self) -> float: ...

    @property
    def language(self) -> str: ...

    @property
    def window(self) -> tuple[float, float, float, float]: ...


def labels_of(
    part: Part, shapes: NDArray[np.object_], told: Sequence[Mapping[str, Any]], reader: Reader
) -> Iterator[Label]:
    """What a part would write."""

    def of(value: Any, feature: Mapping[str, Any]) -> Any:
        return evaluated(value, feature, reader.zoom, reader.language)

    seen = shapely.clip_by_rect(shapes, *reader.window)
    there = ~shapely.is_empty(seen)
    shapes, told = seen[there], [one for one, is_there in zip(told, there, strict=True) if is_there]
    if part.layout.get("symbol-placement") == "line":
        places = [longest_straight(shape) for shape in shapes]
    else:
        places = [(x, y, 0.0, np.inf) for x, y in shapely.get_coordinates(shapely.point_on_surface(shapes)).tolist()]
    for feature, (x, y, angle, room) in zip(told, places, strict=True):
        label = _label(part, feature, (x, y, angle), of)
        if label is not None and label.width <= room:
            yield label


def with_room(labels: Sequence[Label], frame: Rectangle) -> Iterator[Label]:
    """Those that stand free of each other; what is given last comes first."""
    taken: dict[tuple[int, int], list[tuple[float, float, float, float]]] = defaultdict(list)
    for label in reversed(labels):
        boxes = list(_boxes(label))
        if not all(_is_inside(box, frame) and _is_free(box, taken) for box in boxes):
            continue
        for box in boxes:
            for cell in _cells(box):
                taken[cell].append(box)
        yield label


def _label(
    part: Part, feature: Mapping[str, Any], place: tuple[float, float, float], of: Callable[..., Any]
) -> Label | None:
    words = str(of(part.layout["text-field"], feature) or "").strip()
    if not words:
        return None
    size = float(of(part.layout.get("text-size", 12), feature)) * _PIXEL
    offset = of(part.layout.get("text-offset", (0, 0)), feature)
    writing = Writing(
        size,
        of(part.paint.get("text-color", "#000000"), feature),
        STRONG if list(part.layout.get("text-font", ())) == list(TYPEFACE_STRONG) else REGULAR,
        of(part.paint.get("text-halo-color"), feature),
        float(part.paint.get("text-halo-width", 0)) * _PIXEL,
    )
    lines = tuple(words.split("\n"))
    hanging = len(lines) * size * _LEADING / 2 if of(part.layout.get("text-anchor"), feature) == "top" else 0.0
    x, y, angle = place
    padding = float(part.layout.get("text-padding", 2)) * _PIXEL
    sign = _sign(part, feature, (x, y), of)
    return Label(lines, x + offset[0] * size, y - offset[1] * size - hanging, writing, angle, padding, sign)


def _sign(part: Part, feature: Mapping[str, Any], place: tuple[float, float], of: Callable[..., Any]) -> Sign | None:
    name = of(part.layout.get("icon-image", ""), feature)
    if not name:
        return None
    right, down = (way * _PIXEL for way in of(part.layout.get("icon-offset", (0, 0)), feature))
    scale = float(of(part.layout.get("icon-size", 1), feature))
    return Sign(name, place[0] + right * scale, place[1] - down * scale, side_of(name) * scale * _PIXEL)


def write(label: Label, pen: Pen) -> None:
    """Line under line, with its sign."""
    if label.sign is not None:
        draw_sign(pen, label.sign.name, label.sign.x, label.sign.y, label.sign.side)
    leading = label.writing.size * _LEADING
    # A third of the letters' size below the middle, so that digits stand in it.
    first = (len(label.lines) - 1) * leading / 2 - label.writing.size * 0.33
    turn = np.radians(label.angle)
    for number, line in enumerate(label.lines):
        down = first - number * leading
        x, y = label.x - down * np.sin(turn), label.y + down * np.cos(turn)
        pen.write(line, float(x), float(y), label.writing, anchor="middle", angle=label.angle)


def _boxes(label: Label) -> Iterator[tuple[float, float, float, float]]:
    """Upright boxes that together cover the label."""
    if label.sign is not None:
        reach = label.sign.side / 2 + label.padding
        yield label.sign.x - reach, label.sign.y - reach, label.sign.x + reach, label.sign.y + reach
    half, high = label.width / 2 + label.padding, label.height / 2 + label.padding
    if not label.angle:
        yield label.x - half, label.y - high, label.x + half, label.y + high
        return
    turn = np.radians(label.angle)
    count = max(2, int(2 * half / (label.writing.size * _STEP)))
    for along in np.linspace(-half + high, half - high, count).tolist():
        x, y = label.x + along * np.cos(turn), label.y + along * np.sin(turn)
        yield x - high, y - high, x + high, y + high


def _is_inside(box: tuple[float, float, float, float], frame: Rectangle) -> bool:
    left, bottom, right, top = frame.in_points
    return box[0] >= left and box[1] >= bottom and box[2] <= right and box[3] <= top


def _is_free(
    box: tuple[float, float, float, float], taken: Mapping[tuple[int, int], list[tuple[float, float, float, float]]]
) -> bool:
    return not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for cell in _cells(box)
        for other in taken.get(cell, ())
    )


def _cells(box: tuple[float, float, float, float]) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
        for row in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
            yield column, row
