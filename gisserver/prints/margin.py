"""What stands beside the map: title, scale, north, legend, what it was made from and where to see it again."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import segno
import shapely
from babel.numbers import format_decimal

from gisserver.prints.legend import SIDE, Entry, draw_swatch
from gisserver.prints.letters import STRONG, width_of
from gisserver.prints.paper import POINTS_PER_MM, Rectangle
from gisserver.prints.pen import Pen, Stroke, Writing
from gisserver.prints.sheet import Sheet
from layers.core.words import Title

_INK = "#17212b"
_TITLE = Writing(13, font=STRONG)
_HEADING = Writing(8.5, font=STRONG)
_TEXT = Writing(7.5)
_SMALL = Writing(6, "#3a4a57")
_LEADING = 1.3
_GAP = 3 * POINTS_PER_MM
_QR = 22 * POINTS_PER_MM
_NORTH = 15 * POINTS_PER_MM
_SCALE = max(_NORTH, _HEADING.size + 24)
"""The height of number, bar and north."""
_BAR_MM = 45
_FRAME = Stroke(_INK, 0.8)

LEGEND = Title("Gösterim", "Legend")
MORE = Title("ve {count} sınıf daha", "and {count} more classes")
SCALE = Title("Ölçek 1:{scale}", "Scale 1:{scale}")
N = Title("K", "N")


@dataclass(frozen=True)
class Margin:
    """The words of one sheet."""

    title: str
    lines: Sequence[str]
    """Under the title: publisher, the number of the sheet, what is missing from it, what the user wrote."""
    sources: Sequence[str]
    """Day and number of the publish, system, licence, disclaimer."""
    legend: Sequence[Entry]
    link: str
    language: str

    def say(self, title: Title, **values: object) -> str:
        """In the language of the sheet."""
        return title.in_language(self.language).format(**values)


def draw_margin(pen: Pen, sheet: Sheet, margin: Margin) -> None:
    """One column beside the map, or three below it."""
    frame = sheet.paper.map
    left, bottom, wide, high = (side * POINTS_PER_MM for side in (frame.left, frame.bottom, frame.width, frame.height))
    pen.box(left, bottom, wide, high, stroke=_FRAME)
    if sheet.paper.is_landscape:
        _column(pen, sheet, margin, sheet.paper.told)
    else:
        _columns(pen, sheet, margin, sheet.paper.told)


def _column(pen: Pen, sheet: Sheet, margin: Margin, told: Rectangle) -> None:
    middle = told.middle[1] * POINTS_PER_MM
    top = _draw_heading(pen, margin, told, told.top * POINTS_PER_MM, middle)
    top = _draw_scale(pen, sheet, margin, told, top - _GAP)
    foot = _draw_sources(pen, margin, told)
    _draw_legend(pen, margin, told, top - _GAP, foot + _GAP)


def _columns(pen: Pen, sheet: Sheet, margin: Margin, told: Rectangle) -> None:
    gap = 5.0
    wide = (told.width - 2 * gap) / 3
    first, second, third = (
        Rectangle(told.left + place * (wide + gap), told.bottom, wide, told.height) for place in range(3)
    )
    top = told.top * POINTS_PER_MM
    foot = told.bottom * POINTS_PER_MM + _SCALE + _GAP
    _draw_scale(pen, sheet, margin, first, _draw_heading(pen, margin, first, top, foot) - _GAP)
    _draw_legend(pen, margin, second, top, told.bottom * POINTS_PER_MM)
    _draw_sources(pen, margin, third)


def _draw_heading(pen: Pen, margin: Margin, told: Rectangle, top: float, foot: float) -> float:
    """Lines for which there is no room are left out: the scale below must stand on the paper."""
    y = _draw_lines(pen, [margin.title], told, top, _TITLE) - 2
    lines = [line for words in margin.lines for line in _wrapped(words, told.width * POINTS_PER_MM, _TEXT)]
    room = max(0, int((y - foot) / (_TEXT.size * _LEADING)))
    if len(lines) > room:
        lines = [*lines[: max(0, room - 1)], "…"]
    return _draw_lines(pen, lines, told, y, _TEXT)


def _draw_scale(pen: Pen, sheet: Sheet, margin: Margin, told: Rectangle, top: float) -> float:
    """The number, the bar, and where north is on this paper."""
    left = told.left * POINTS_PER_MM
    y = top - _HEADING.size
    pen.write(margin.say(SCALE, scale=_number(sheet.scale, margin.language)), left, y, _HEADING)
    _draw_bar(pen, sheet, margin, left, y - 10)
    _draw_north(pen, sheet, margin, told.right * POINTS_PER_MM - _NORTH / 2, top - _NORTH / 2)
    return top - _SCALE


def _draw_bar(pen: Pen, sheet: Sheet, margin: Margin, left: float, y: float) -> None:
    """Four parts of a round length, black and white."""
    part_m = _round_length(_BAR_MM * sheet.metres_per_mm / 4)
    part = part_m / sheet.metres_per_mm * POINTS_PER_MM
    for number in range(4):
        pen.box(left + number * part, y, part, 3, fill="#ffffff" if number % 2 else _INK, stroke=Stroke(_INK, 0.4))
    for number in (0, 2, 4):
        words = _number(part_m * number, margin.language) + (" m" if number == 4 else "")
        pen.write(words, left + number * part, y - 7, _SMALL, anchor="middle" if number else "start")


def _draw_north(pen: Pen, sheet: Sheet, margin: Margin, x: float, y: float) -> None:
    """Turned as the ground is turned under the paper."""
    half = _NORTH / 2
    turn = math.radians(sheet.rotation)
    turned = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    arrow = np.array([(0, half * 0.55), (half * 0.38, -half), (0, -half * 0.55), (-half * 0.38, -half)]) @ turned
    dark = np.array([(0, half * 0.55), (0, -half * 0.55), (-half * 0.38, -half)]) @ turned
    pen.fill([shapely.Polygon(np.add(dark, (x, y)))], _INK)
    pen.stroke([shapely.Polygon(np.add(arrow, (x, y)))], Stroke(_INK, 0.6))
    letter_x, letter_y = (np.array((0, half * 0.62)) @ turned + (x, y)).tolist()
    pen.write(margin.say(N), letter_x, letter_y, _HEADING, anchor="middle", angle=sheet.rotation)


def _draw_sources(pen: Pen, margin: Margin, told: Rectangle) -> float:
    """From the lower edge up: the code, the sentences above it. Returns where they begin."""
    left, bottom = told.left * POINTS_PER_MM, told.bottom * POINTS_PER_MM
    _draw_code(pen, margin.link, left, bottom)
    lines = [line for words in margin.sources for line in _wrapped(words, told.width * POINTS_PER_MM, _SMALL)]
    top = bottom + _QR + 3 + len(lines) * _SMALL.size * _LEADING
    _draw_lines(pen, lines, told, top, _SMALL)
    return top


def _draw_code(pen: Pen, link: str, left: float, bottom: float) -> None:
    """Squares, so that it stays sharp at any size."""
    rows = list(segno.make(link, error="m", micro=False).matrix)
    side = _QR / len(rows)
    squares = [
        shapely.box(
            left + column * side, bottom + _QR - (row + 1) * side, left + (column + 1) * side, bottom + _QR - row * side
        )
        for row, cells in enumerate(rows)
        for column, is_dark in enumerate(cells)
        if is_dark
    ]
    pen.fill([shapely.union_all(squares)], "#000000")
    pen.link(link, left, bottom, left + _QR, bottom + _QR)


def _draw_legend(pen: Pen, margin: Margin, told: Rectangle, top: float, foot: float) -> None:
    """In as many columns as are needed and fit; what does not fit is counted."""
    if not margin.legend:
        return
    left, wide = told.left * POINTS_PER_MM, told.width * POINTS_PER_MM
    pen.write(margin.say(LEGEND), left, top - _HEADING.size, _HEADING)
    row = SIDE[1] + 3.5
    first = top - _HEADING.size - 6
    most = max(1, int((first - foot) / row))
    columns = max(1, min(math.ceil(len(margin.legend) / most), int(wide // (42 * POINTS_PER_MM))))
    room = most * columns
    shown = margin.legend if len(margin.legend) <= room else margin.legend[: room - 1]
    left_out = len(margin.legend) - len(shown)
    entries = [*shown, Entry(margin.say(MORE, count=left_out))] if left_out else shown
    for place, entry in enumerate(entries):
        x, y = left + place // most * wide / columns, first - (place % most + 1) * row
        _draw_entry(pen, entry, x, y, wide / columns)


def _draw_entry(pen: Pen, entry: Entry, x: float, y: float, room: float) -> None:
    draw_swatch(pen, entry, x, y)
    indent = SIDE[0] + 4 if entry.layer else 0.0
    words = next(_wrapped(entry.words, room - indent, _TEXT), "")
    pen.write(words, x + indent, y + 2.5, _TEXT)


def _draw_lines(pen: Pen, lines: Sequence[str], told: Rectangle, top: float, writing: Writing) -> float:
    """Returns the lower edge of the last."""
    y = top
    for words in lines:
        for line in _wrapped(words, told.width * POINTS_PER_MM, writing):
            y -= writing.size * _LEADING
            pen.write(line, told.left * POINTS_PER_MM, y + writing.size * 0.3, writing)
    return y


def _wrapped(words: str, room: float, writing: Writing) -> Iterator[str]:
    """Lines that fit; a word that is too long for one is cut."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if width_of(longer, writing.font, writing.size) <= room:
            line = longer
            continue
        if line:
            yield line
        line = word
        while width_of(line, writing.font, writing.size) > room and len(line) > 1:
            fitting = next(
                n
                for n in range(len(line) - 1, 0, -1)
                if n == 1 or width_of(line[:n], writing.font, writing.size) <= room
            )
            yield line[:fitting]
            line = line[fitting:]
    if line:
        yield line


def _round_length(wanted: float) -> float:
    power = 10.0 ** math.floor(math.log10(wanted))
    return max(step * power for step in (1, 2, 5) if step * power <= wanted * 1.0001)


def _number(value: float, language: str) -> str:
    return str(format_decimal(round(value, 2), locale=language))
