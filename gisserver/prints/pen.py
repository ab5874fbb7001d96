"""The pen that draws on a page of PDF: shapes of the ground and lines of the margin, in points of the paper."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from shapely import Geometry

from gisserver.prints.letters import REGULAR, letters, width_of
from gisserver.prints.paper import POINTS_PER_MM, Paper, Rectangle

_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_EVEN_ODD = 0
_SPECK = 0.01
"""Points: some viewers leave out a line without length."""
_FILLED, _STROKED = 0, 1

# Streams as bytes: written as letters they are a quarter longer, and take Python a fifth of a second per page.
rl_config.useA85 = 0


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn; lengths in points."""

    color: str
    width: float
    opacity: float = 1.0
    dashes: tuple[float, ...] = ()
    cap: str = "butt"
    join: str = "miter"


@dataclass(frozen=True)
class Writing:
    """How words are written; the size in points."""

    size: float
    color: str = "#17212b"
    font: str = REGULAR
    halo: str | None = None
    halo_width: float = 0.0


class Pen:
    """One document, page after page."""

    def __init__(self, title: str, language: str, *, is_kept: bool = True) -> None:
        """What is not kept is not made small either: that takes longer than to draw it."""
        letters()
        self._written = io.BytesIO()
        self._canvas = Canvas(
            self._written,
            pageCompression=int(is_kept),
            initialFontName=REGULAR,
            invariant=True,
            lang=language,
            pdfVersion=(1, 7),
        )
        self._canvas.setTitle(title)

    def begin_page(self, paper: Paper) -> None:
        """What is drawn from here on is on it."""
        self._canvas.setPageSize((paper.width * POINTS_PER_MM, paper.height * POINTS_PER_MM))

    def end_page(self) -> None:
        """The page is full."""
        self._canvas.showPage()

    def finish(self, author: str, subject: str) -> bytes:
        """The whole document."""
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)
        self._canvas.save()
        return self._written.getvalue()

    @contextmanager
    def within(self, frame: Rectangle) -> Iterator[None]:
        """Nothing is drawn outside of it."""
        self._canvas.saveState()
        path = PDFPathObject()
        path.rect(*(side * POINTS_PER_MM for side in (frame.left, frame.bottom, frame.width, frame.height)))
        self._canvas.clipPath(path, stroke=0, fill=0)
        yield
        self._canvas.restoreState()

    def fill(self, shapes: Iterable[Geometry], color: str, opacity: float = 1.0) -> None:
        """Each by itself, so that overlaps show; holes stay open."""
        self._canvas.setFillColor(HexColor(color))
        self._canvas.setFillAlpha(opacity)
        code: list[str] = []
        for steps in _outlines(shapes):
            code += ["f*", *steps] if code else steps
        if code:
            self._canvas.drawPath(PDFPathObject(code=code), stroke=0, fill=1, fillMode=_EVEN_ODD)

    def stroke(self, shapes: Iterable[Geometry], stroke: Stroke) -> None:
        """Their lines, or the outlines of areas, as one path."""
        path = _path(shapes)
        if not path.getCode():
            return
        self._take(stroke)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def hatch(self, shapes: Iterable[Geometry], lines: Geometry, stroke: Stroke) -> None:
        """The lines as far as they lie in the shapes."""
        self._canvas.saveState()
        self._canvas.clipPath(_path(shapes), stroke=0, fill=0, fillMode=_EVEN_ODD)
        self.stroke([lines], stroke)
        self._canvas.restoreState()

    def dots(self, places: NDArray[np.float64], radius: float, color: str, ring: Stroke | None) -> None:
        """Filled circles, with a ring around each where one is given: specks of a line with round ends, since the
        curves of a circle take six times as long to write and to draw."""
        specks = PDFPathObject(code=[f"{x:.2f} {y:.2f} m {x + _SPECK:.2f} {y:.2f} l" for x, y in places.tolist()])
        discs = [(radius, color)] if ring is None else [(radius + ring.width, ring.color), (radius, color)]
        for half, ink in discs:
            self._take(Stroke(ink, 2 * half, cap="round"))
            self._canvas.drawPath(specks, stroke=1, fill=0)

    def picture(self, body: bytes, frame: Rectangle, opacity: float) -> None:
        """JPEG or PNG, stretched over a frame."""
        sides = (side * POINTS_PER_MM for side in (frame.left, frame.bottom, frame.width, frame.height))
        self._canvas.saveState()
        self._canvas.setFillAlpha(opacity)
        self._canvas.drawImage(ImageReader(io.BytesIO(body)), *sides, mask="auto")
        self._canvas.restoreState()

    def line(self, points: Sequence[tuple[float, float]], stroke: Stroke) -> None:
        """From point to point."""
        self.stroke([shapely.LineString(points)], stroke)

    def box(self, left: float, bottom: float, width: float, height: float, *, fill: str | None = None,
            stroke: Stroke | None = None) -> None:  # fmt: skip
        """An upright rectangle."""
        if fill is not None:
            self._canvas.setFillColor(HexColor(fill))
            self._canvas.setFillAlpha(1)
        if stroke is not None:
            self._take(stroke)
        self._canvas.rect(left, bottom, width, height, stroke=int(stroke is not None), fill=int(fill is not None))

    def write(
        self, words: str, x: float, y: float, writing: Writing, *, anchor: str = "start", angle: float = 0.0
    ) -> None:
        """Words on a base line; turned by degrees against the clock about x, y."""
        wide = width_of(words, writing.font, writing.size)
        start = -wide / 2 if anchor == "middle" else -wide if anchor == "end" else 0.0
        self._canvas.saveState()
        self._canvas.translate(x, y)
        if angle:
            self._canvas.rotate(angle)
        if writing.halo is not None:
            self._outline(words, start, writing, writing.halo)
        self._canvas.setFillColor(HexColor(writing.color))
        self._canvas.setFillAlpha(1)
        self._text(words, start, writing)
        self._canvas.restoreState()

    def link(self, address: str, left: float, bottom: float, right: float, top: float) -> None:
        """What a reader on a screen can follow."""
        self._canvas.linkURL(address, (left, bottom, right, top))

    def _outline(self, words: str, start: float, writing: Writing, color: str) -> None:
        """In a state of its own: text that is filled afterwards would inherit that it is stroked only."""
        self._canvas.saveState()
        self._take(Stroke(color, 2 * writing.halo_width, join="round"))
        self._text(words, start, writing, mode=_STROKED)
        self._canvas.restoreState()

    def _text(self, words: str, start: float, writing: Writing, mode: int = _FILLED) -> None:
        text = self._canvas.beginText(start, 0)
        text.setFont(writing.font, writing.size)
        text.setTextRenderMode(mode)
        text.textOut(words)
        self._canvas.drawText(text)

    def _take(self, stroke: Stroke) -> None:
        self._canvas.setStrokeColor(HexColor(stroke.color))
        self._canvas.setStrokeAlpha(stroke.opacity)
        self._canvas.setLineWidth(stroke.width)
        self._canvas.setDash(list(stroke.dashes))
        self._canvas.setLineCap(_CAPS[stroke.cap])
        self._canvas.setLineJoin(_JOINS[stroke.join])


def _path(shapes: Iterable[Geometry]) -> PDFPathObject:
    return PDFPathObject(code=[step for steps in _outlines(shapes) for step in steps])


def _outlines(shapes: Iterable[Geometry]) -> Iterator[list[str]]:
    """The steps of each shape's rings and lines. Written here point by point: calls of the library for each would take
    four times as long, and so would taking the shapes apart one by one."""
    lines, owners, is_closed = _lines(np.asarray(list(shapes), dtype=object))
    points, of_line = shapely.get_coordinates(lines, return_index=True)
    written = [f"{x:.2f} {y:.2f}" for x, y in points.tolist()]
    ends = np.searchsorted(of_line, np.arange(len(lines)), side="right").tolist()
    steps: list[str] = []
    begin = shape = 0
    for end, owner, closed in zip(ends, owners.tolist(), is_closed.tolist(), strict=True):
        if owner != shape and steps:
            yield steps
            steps = []
        shape = owner
        steps.append(f"{written[begin]} m")
        steps += [f"{point} l" for point in written[begin + 1 : end - closed]]
        if closed:
            steps.append("h")
        begin = end
    if steps:
        yield steps


def _lines(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.intp], NDArray[np.bool_]]:
    """Rings of areas, which are closed, and lines, in the order of the shapes that own them; a point has none."""
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    pieces, of_part = shapely.get_parts(parts, return_index=True)
    owner, kind = of_shape[of_part], shapely.get_type_id(pieces)
    is_area = kind == shapely.GeometryType.POLYGON
    is_line = (kind == shapely.GeometryType.LINESTRING) | (kind == shapely.GeometryType.LINEARRING)
    rings, of_area = shapely.get_rings(pieces[is_area], return_index=True)
    lines = np.concatenate([rings, pieces[is_line]])
    owners = np.concatenate([owner[is_area][of_area], owner[is_line]])
    is_closed = np.arange(len(lines)) < len(rings)
    holds_any = ~shapely.is_empty(lines)
    order = np.argsort(owners, kind="stable")
    order = order[holds_any[order]]
    return lines[order], owners[order], is_closed[order]
