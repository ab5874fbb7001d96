"""The images of a style in one picture, as MapLibre and QGIS fetch them: hatches and point symbols."""

import hashlib
import io
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from gisserver.drawings._signs import GATHERING, HALVES, HATCH, THIRDS

SIDES = {HATCH: 16, GATHERING: 22, THIRDS: 46, HALVES: 46}
"""Pixels of a sign at scale 1; a hatch repeats after as many."""
SCALES = (1, 2)
CUTS = {THIRDS: (0.36, 0.64), HALVES: (0.5,)}
"""Where a circle is cut across, in its diameters: between the lines of its text."""
RING = 0.03
"""The width of its strokes."""
DISC = "#ffffff"
DISC_OPACITY = 0.75
_COLUMNS = 8
_FINER = 8
"""Drawn that much larger and then made smaller, for smooth edges."""


@dataclass(frozen=True)
class Sheet:
    """The picture at one scale, and where in it each sign lies."""

    png: bytes
    index: bytes


@dataclass(frozen=True)
class Sprite:
    """The sheets by scale; the digest stands in their address, so that they may be kept for ever."""

    sheets: dict[int, Sheet]
    digest: str


class UnknownSign(ValueError):
    """A drawing names a sign that nobody can draw."""


def sprite_of(names: Iterable[str]) -> Sprite:
    """The sprite that holds these signs."""
    return _sprite(tuple(sorted(set(names))))


@lru_cache(maxsize=8)
def _sprite(names: tuple[str, ...]) -> Sprite:
    sheets = {scale: _sheet(names, scale) for scale in SCALES}
    digest = hashlib.sha256(b"".join(sheet.png + sheet.index for sheet in sheets.values()))
    return Sprite(sheets, digest.hexdigest()[:16])


def _sheet(names: Sequence[str], scale: int) -> Sheet:
    pitch = max(SIDES.values()) * scale
    picture = Image.new("RGBA", (pitch * _COLUMNS, pitch * max(1, math.ceil(len(names) / _COLUMNS))))
    index = {}
    for position, name in enumerate(names):
        side = SIDES[name.partition("/")[0]] * scale
        x, y = pitch * (position % _COLUMNS), pitch * (position // _COLUMNS)
        picture.paste(_sign(name, side), (x, y))
        index[name] = {"x": x, "y": y, "width": side, "height": side, "pixelRatio": scale}
    png = io.BytesIO()
    picture.save(png, "PNG", optimize=True)
    return Sheet(png.getvalue(), json.dumps(index).encode())


def _sign(name: str, side: int) -> Image.Image:
    """The colour everywhere, the ink as transparency: no dark edge where both meet; circles lie on a light disc."""
    sign, _, color = name.rpartition("/")
    large = Image.new("L", (side * _FINER, side * _FINER))
    _draw(sign, ImageDraw.Draw(large), side * _FINER)
    image = Image.new("RGBA", (side, side), color)
    image.putalpha(large.resize((side, side), Image.Resampling.BOX))
    return Image.alpha_composite(_disc(side), image) if sign in CUTS else image


def _disc(side: int) -> Image.Image:
    """What lies under a circle shows through a little."""
    large = Image.new("L", (side * _FINER, side * _FINER))
    ImageDraw.Draw(large).ellipse((0, 0, side * _FINER - 1, side * _FINER - 1), fill=round(255 * DISC_OPACITY))
    disc = Image.new("RGBA", (side, side), DISC)
    disc.putalpha(large.resize((side, side), Image.Resampling.BOX))
    return disc


def _draw(sign: str, pen: ImageDraw.ImageDraw, side: int) -> None:
    match sign.split("/"):
        case [kind, direction] if kind == HATCH and direction in _STROKES:
            _draw_hatch(pen, side, _STROKES[direction])
        case [named] if named == GATHERING:
            _draw_gathering(pen, side)
        case [named] if named in CUTS:
            _draw_circle(pen, side, CUTS[named])
        case _:
            raise UnknownSign(sign)


Stroke = tuple[float, float, float, float]

_RISING: tuple[Stroke, ...] = ((-1, 1, 1, -1), (-1, 2, 2, -1), (0, 2, 2, 0))
_FALLING: tuple[Stroke, ...] = ((-1, -1, 2, 2), (-1, 0, 1, 2), (0, -1, 2, 1))
_LEVEL: tuple[Stroke, ...] = ((-1, 0.25, 2, 0.25), (-1, 0.75, 2, 0.75))
_STROKES = {"0": _RISING, "1": _FALLING, "2": (*_RISING, *_FALLING), "3": _LEVEL}
"""By direction, in sides of the square; they run on beyond it, so that no seam shows."""


def _draw_hatch(pen: ImageDraw.ImageDraw, side: int, strokes: Iterable[Stroke]) -> None:
    for stroke in strokes:
        pen.line([part * side for part in stroke], fill=255, width=round(side * 0.14))


def _draw_gathering(pen: ImageDraw.ImageDraw, side: int) -> None:
    pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side * 0.2, fill=255)
    middle = side / 2
    pen.circle((middle, middle), side * 0.1, fill=0)
    arrow = ((0.17, 0), (0.43, 0.17), (0.43, -0.17))
    for corner in range(4):
        angle = math.radians(45 + 90 * corner)
        turned = [
            (along * math.cos(angle) - across * math.sin(angle), along * math.sin(angle) + across * math.cos(angle))
            for along, across in arrow
        ]
        pen.polygon([(middle + side * x, middle + side * y) for x, y in turned], fill=0)


def _draw_circle(pen: ImageDraw.ImageDraw, side: int, cuts: Iterable[float]) -> None:
    width = round(side * RING)
    pen.ellipse((0, 0, side - 1, side - 1), outline=255, width=width)
    for cut in cuts:
        half = math.sqrt(cut * (1 - cut)) * side
        pen.line((side / 2 - half, side * cut, side / 2 + half, side * cut), fill=255, width=width)
