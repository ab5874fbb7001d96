"""The map of a sheet: what the pool holds there is read layer by layer, then painted from the ground up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely import Geometry
from sqlalchemy import text

from gisserver.prints import own_drawings
from gisserver.prints.labels import Label, with_room, write
from gisserver.prints.order import Wanted
from gisserver.prints.painting import OnPaper, Painter
from gisserver.prints.pen import Pen
from gisserver.prints.pictures import Laid
from gisserver.prints.sheet import Sheet
from gisserver.prints.shown import ShownPart, shown_parts
from gisserver.style import BACKGROUND, drawing_of
from layers.core.layer import Layer
from layers.core.levels import Level
from layers.core.profile import Profile
from layers.core.query import ReadableLayer
from layers.core.query.drawn import Drawn, drawn_features, drawn_level
from layers.core.registry import Registry
from layers.core.store import Connection
from sql import query

MOST_FEATURES = 250_000
"""Of one layer on one sheet; a denser sheet could not be read."""
_BLEED_MM = 6
"""Shapes are cut so far outside the map, so that the line of the cut is not seen."""

Shown = tuple[str, Level | None]
"""A layer by its name, and the level of it that is shown."""
Met = Mapping[str, frozenset[str]]
"""The layers that lie on a map, each with its classes there."""


@dataclass(frozen=True)
class Pool:
    """Where sheets are read from."""

    connection: Connection
    registry: Registry
    profile: Profile

    @cached_property
    def holds_sample(self) -> bool:
        """Asked once, however many sheets say so."""
        return bool(self.connection.execute(text(query("system.holds_sample"))).scalar_one_or_none())


def draw_map(
    pen: Pen,
    sheet: Sheet,
    wanted: Wanted,
    pool: Pool,
    step: Callable[[], None],
    *,
    most: int = MOST_FEATURES,
    pictures: Sequence[Laid] = (),
) -> Met:
    """On the page that was begun; `step` is called after each layer. Raises TooManyToDraw."""
    painter = Painter(pen, sheet, sheet.zoom(pool.profile.center_lonlat[1]), wanted.language)
    shown = shown_parts(_seen(wanted, pool), pool.profile, wanted.language, painter.zoom)
    found = _read(wanted, pool, painter, shown, step, most)
    opacities = {wish.layer: wish.opacity for wish in wanted.layers}
    with pen.within(sheet.paper.map):
        pen.fill([shapely.transform(sheet.ground, sheet.to_paper)], BACKGROUND)
        for picture in pictures:
            if picture.over is None:
                pen.picture(picture.body, sheet.paper.map, picture.opacity)
        for part in shown:
            painter.paint(part, found[part.layer.id, part.level], opacities[part.layer.id])
        drawn = own_drawings.figures(wanted.drawings, pool.profile.storage_srid)
        _finish(pen, sheet, painter.labels, drawn, [one for one in pictures if one.over is not None])
    return _met(shown, found)


def _finish(
    pen: Pen, sheet: Sheet, of_pool: Sequence[Label], drawn: Sequence[own_drawings.Figure], pictures: Sequence[Laid]
) -> None:
    """What lies above the pool. Its names stand on what was drawn, but a picture covers them as the screen does."""
    own = list(own_drawings.names(drawn, sheet))
    names = list(with_room([*of_pool, *own], sheet.paper.map))
    beneath = set(of_pool) if pictures else set()
    for label in names:
        if label in beneath:
            write(label, pen)
    done = 0
    for picture in sorted(pictures, key=lambda one: one.over or 0):
        own_drawings.paint(drawn[done : picture.over], pen, sheet)
        pen.picture(picture.body, sheet.paper.map, picture.opacity)
        done = picture.over or 0
    own_drawings.paint(drawn[done:], pen, sheet)
    for label in names:
        if label not in beneath:
            write(label, pen)


def _seen(wanted: Wanted, pool: Pool) -> list[Layer]:
    """Those asked for that this person may see."""
    layers = [pool.registry[wish.layer] for wish in wanted.layers]
    return [layer for layer in layers if layer.audience <= wanted.audience]


def _read(
    wanted: Wanted,
    pool: Pool,
    painter: Painter,
    shown: Sequence[ShownPart],
    step: Callable[[], None],
    most: int,
) -> dict[Shown, OnPaper]:
    """What lies on the sheet of each layer and level."""
    sheet = painter.sheet
    box = shapely.box(*sheet.ground.buffer(_BLEED_MM * sheet.metres_per_mm, join_style="mitre").bounds)
    found: dict[Shown, OnPaper] = {}
    for wish in wanted.layers:
        for part in shown:
            key = (part.layer.id, part.level)
            if part.layer.id == wish.layer and key not in found:
                names = {name for other in shown if (other.layer.id, other.level) == key for name in other.fields}
                readable = ReadableLayer(part.layer, wanted.audience, pool.profile)
                drawn = _drawn(pool.connection, readable, part.level, box, names, wish.as_of or wanted.as_of, most)
                found[key] = painter.place(drawn)
        step()
    return found


def _drawn(
    connection: Connection,
    readable: ReadableLayer,
    level: Level | None,
    box: Geometry,
    names: set[str],
    as_of: int | None,
    most: int,
) -> Drawn:
    if level is None:
        return drawn_features(connection, readable, box, names=names, as_of=as_of, most=most)
    return drawn_level(connection, readable, level, box, most=most)


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
