"""The document: every sheet read in one snapshot of the pool, painted, named and framed."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2

from gisserver.prints.drawn_map import Met, Pool, draw_map
from gisserver.prints.grid import draw_grid
from gisserver.prints.legend import legend_of
from gisserver.prints.margin import Margin, draw_margin
from gisserver.prints.order import Order, Place
from gisserver.prints.pen import Pen
from gisserver.prints.pictures import Pictures
from gisserver.prints.told import Told, sources, under_title
from layers.core.epochs import current_epoch, epoch_details


@dataclass(frozen=True)
class Made:
    """What came of an order."""

    body: bytes
    media_type: str


def make(order: Order, pool: Pool, step: Callable[[], None], pictures: Sequence[Pictures] = ()) -> Made:
    """All sheets; `step` is called after each layer, and may end the work by raising. Raises TooManyToDraw."""
    pen = Pen(order.title or pool.profile.title(order.language), order.language)
    for number, place in enumerate(order.places, start=1):
        of_sheet = pictures[number - 1] if pictures else Pictures()
        _draw_sheet(pen, order, pool, place, number, step, of_sheet)
        step()
    document = pen.finish(pool.profile.title(order.language), order.note)
    if order.format == "png":
        return Made(_picture(document, order.dots_per_inch), "image/png")
    return Made(document, "application/pdf")


def _draw_sheet(
    pen: Pen, order: Order, pool: Pool, place: Place, number: int, step: Callable[[], None], pictures: Pictures
) -> None:
    sheet = order.sheet(place)
    pen.begin_page(sheet.paper)
    met = draw_map(pen, sheet, order.wanted, pool, step, pictures=pictures.laid)
    if order.has_grid:
        draw_grid(pen, sheet, order.language)
    draw_margin(pen, sheet, _margin(order, pool, place, number, met, pictures))
    pen.end_page()


def _margin(order: Order, pool: Pool, place: Place, number: int, met: Met, pictures: Pictures) -> Margin:
    epoch = epoch_details(pool.connection, order.as_of or current_epoch(pool.connection))
    told = Told(order, pool.profile, epoch, pool.holds_sample, pictures)
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
