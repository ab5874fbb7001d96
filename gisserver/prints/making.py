"""The document: every sheet read in one snapshot of the pool, painted, named and framed."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2
import shapely
from shapely import Geometry

from gisserver.prints import own_drawings
from gisserver.prints.grid import draw_grid
from gisserver.prints.labels import write
from gisserver.prints.legend import legend_of
from gisserver.prints.margin import Margin, draw_margin
from gisserver.prints.order import Order, Place
from gisserver.prints.painting import OnPaper, Painter
from gisserver.prints.pen import Pen
from gisserver.prints.shown import ShownPart, shown_parts
from gisserver.prints.told import Told, sources, under_title
from gisserver.style import BACKGROUND, drawing_of
from layers.core.epochs import current_epoch, epoch_details
from layers.core.layer import Layer
from layers.core.levels import Level
from layers.core.profile import Profile
from layers.core.query import ReadableLayer
from layers.core.query.drawn import Drawn, drawn_features, drawn_level
from layers.core.registry import Registry
from layers.core.store import Connection

MOST_FEATURES = 250_000
"""Of one layer on one sheet; a denser sheet could not be read."""
_BLEED_MM = 6
"""Shapes are cut so far outside the map, so that the line of the cut is not seen."""

Heard = Callable[[int, int], None]
Shown = tuple[str, Level | None]
"""A layer by its name, and the level of it that is shown."""


@dataclass(frozen=True)
class Made:
    """What came of an order."""

    body: bytes
    media_type: str


@dataclass(frozen=True)
class Pool:
    """Where sheets are read from."""

    connection: Connection
    registry: Registry
    profile: Profile
    holds_sample: bool


def make(order: Order, pool: Pool, heard: Heard) -> Made:
    """All sheets; `heard` is told after each layer, and may end the work by raising. Raises TooManyToDraw."""
    pen = Pen(order.title or pool.profile.title(order.language), order.language)
    steps = len(order.places) * (len(order.layers) + 1)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        heard(done, steps)

    for number, place in enumerate(order.places, start=1):
        _draw_sheet(pen, order, pool, place, number, step)
        step()
    document = pen.finish(pool.profile.title(order.language), order.note)
    if order.format == "png":
        return Made(_picture(document, order.dots_per_inch), "image/png")
    return Made(document, "application/pdf")


def _draw_sheet(pen: Pen, order: Order, pool: Pool, place: Place, number: int, step: Callable[[], None]) -> None:
    sheet = order.sheet(place)
    layers = _seen(order, pool)
    painter = Painter(pen, sheet, sheet.zoom(pool.profile.center_lonlat[1]), order.language)
    shown = shown_parts(layers, pool.profile, order.language, painter.zoom)
    found = _read(order, pool, painter, shown, step)
    pen.begin_page(sheet.paper)
    opacities = {wish.layer: wish.opacity for wish in order.layers}
    with pen.within(sheet.paper.map):
        pen.fill([shapely.transform(sheet.ground, sheet.to_paper)], BACKGROUND)
        for part in shown:
            painter.paint(part, found[part.layer.id, part.level], opacities[part.layer.id])
        drawn = own_drawings.figures(order.drawings, pool.profile.storage_srid)
        painter.labels.extend(own_drawings.paint(drawn, pen, sheet))
        write(painter.labels, pen, sheet.paper.map)
    if order.has_grid:
        draw_grid(pen, sheet, order.language)
    draw_margin(pen, sheet, _margin(order, pool, place, number, _met(shown, found)))
    pen.end_page()


def _seen(order: Order, pool: Pool) -> list[Layer]:
    """Those asked for that this person may see."""
    return [
        pool.registry[wish.layer] for wish in order.layers if pool.registry[wish.layer].audience <= order.actor.audience
    ]


def _read(
    order: Order, pool: Pool, painter: Painter, shown: Sequence[ShownPart], step: Callable[[], None]
) -> dict[Shown, OnPaper]:
    """What lies on the sheet of each layer and level."""
    sheet = painter.sheet
    box = shapely.box(*sheet.ground.buffer(_BLEED_MM * sheet.metres_per_mm, join_style="mitre").bounds)
    found: dict[Shown, OnPaper] = {}
    for wish in order.layers:
        for part in shown:
            key = (part.layer.id, part.level)
            if part.layer.id == wish.layer and key not in found:
                names = {name for other in shown if (other.layer.id, other.level) == key for name in other.fields}
                found[key] = painter.place(_drawn(order, pool, part, box, names, wish.as_of or order.as_of))
        step()
    return found


def _drawn(order: Order, pool: Pool, part: ShownPart, box: Geometry, names: set[str], as_of: int | None) -> Drawn:
    readable = ReadableLayer(part.layer, order.actor.audience, pool.profile)
    if part.level is None:
        return drawn_features(pool.connection, readable, box, names=names, as_of=as_of, most=MOST_FEATURES)
    return drawn_level(pool.connection, readable, part.level, box, most=MOST_FEATURES)


def _met(shown: Sequence[ShownPart], found: dict[Shown, OnPaper]) -> dict[str, frozenset[str]]:
    """The layers that lie on the sheet, each with its classes there."""
    met: dict[str, frozenset[str]] = {}
    for part in shown:
        told = found[part.layer.id, part.level].told
        if told:
            name = drawing_of(part.layer).legend_field
            classes = frozenset(str(one[name]) for one in told if name and one.get(name) is not None)
            met[part.layer.id] = met.get(part.layer.id, frozenset()) | classes
    return met


def _margin(order: Order, pool: Pool, place: Place, number: int, met: dict[str, frozenset[str]]) -> Margin:
    epoch = epoch_details(pool.connection, order.as_of or current_epoch(pool.connection))
    told = Told(order, pool.profile, epoch, pool.holds_sample)
    layers = [pool.registry[name] for name in met]
    return Margin(
        title=order.title or pool.profile.title(order.language),
        lines=list(under_title(told, place, number)),
        sources=list(sources(told)),
        legend=legend_of(layers, met, pool.profile, order.language) if order.has_legend else [],
        link=order.link,
        language=order.language,
    )


def _picture(document: bytes, dots_per_inch: int) -> bytes:
    """The first page as PNG, with its resolution written in, so that it prints at the same scale."""
    with pypdfium2.PdfDocument(document) as opened:
        picture = opened[0].render(scale=dots_per_inch / 72).to_pil()
    written = io.BytesIO()
    picture.save(written, "PNG", dpi=(dots_per_inch, dots_per_inch))
    return written.getvalue()
