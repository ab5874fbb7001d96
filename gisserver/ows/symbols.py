"""The looks of a layer as MapServer draws them: the colours of its drawing and the profile's legend."""

from collections.abc import Iterator
from dataclasses import dataclass

from gisserver.drawings._part import INK, INK_SOFT, Drawing, Legend
from gisserver.ows.words import block, quoted, setting
from layers.core.layer import Layer, Shape
from layers.core.profile import Profile

SCALE_AT_ZOOM_0 = 559_082_264.03
"""Of tiles of 256 pixels, each 0.28 mm, as WMS and WMTS reckon."""
_OTHER = "#d9dde0"
"""What the legend does not name."""


@dataclass(frozen=True)
class _Look:
    color: str
    outline: str
    opacity: int
    """Of the fill, in percent."""
    is_hatched: bool


def symbols() -> Iterator[str]:
    """Signs that the classes use."""
    yield from block("SYMBOL", 'NAME "dot"', "TYPE ELLIPSE", "FILLED TRUE", *block("POINTS", "1 1"))
    yield from block("SYMBOL", 'NAME "hatch"', "TYPE HATCH")


def classes_of(layer: Layer, drawing: Drawing, profile: Profile, language: str) -> Iterator[str]:
    """One for each entry of the legend, or one for all."""
    entries = profile.legends.get(layer.id, ()) if drawing.legend_field else ()
    opacity, is_hatched = _fill(drawing, Legend(layer.title.in_language(language), entries))
    outline = drawing.swatch.outline or INK_SOFT
    if entries:
        yield setting("CLASSITEM", str(drawing.legend_field))
    for entry in entries:
        look = _Look(entry.color, outline, opacity, is_hatched or entry.is_hatched)
        expression = setting("EXPRESSION", entry.key)
        yield from block(
            "CLASS", setting("NAME", entry.title(language)), expression, *_styles(layer, look), *_label(layer)
        )
    color = _OTHER if entries else drawing.swatch.color
    look = _Look(color, outline, opacity, is_hatched)
    title = layer.title.in_language(language)
    yield from block("CLASS", setting("NAME", title), *_styles(layer, look), *_label(layer))


def _fill(drawing: Drawing, legend: Legend) -> tuple[int, bool]:
    """How dense the drawing's own fill is, and whether it is a hatch."""
    fills = [part for part in drawing.parts(legend) if part.kind == "fill" and part.level is None]
    if not fills:
        return 100, False
    density = fills[0].paint.get("fill-opacity", 1)
    return round(100 * density) if isinstance(density, int | float) else 60, "fill-pattern" in fills[0].paint


def _styles(layer: Layer, look: _Look) -> Iterator[str]:
    if layer.shape == Shape.POINT:
        yield from block("STYLE", 'SYMBOL "dot"', "SIZE 8", _color(look.color), f"OUTLINECOLOR {quoted(look.outline)}")
    elif layer.shape == Shape.LINES:
        yield from block("STYLE", _color(look.outline), "WIDTH 4")
        yield from block("STYLE", _color(look.color), "WIDTH 2")
    else:
        yield from _ground(look)
        yield from block("STYLE", f"OUTLINECOLOR {quoted(look.outline)}", "WIDTH 1")


def _ground(look: _Look) -> Iterator[str]:
    if look.is_hatched:
        yield from block("STYLE", 'SYMBOL "hatch"', _color(look.color), "ANGLE 45", "SIZE 8", "WIDTH 1.5")
    elif look.opacity:
        yield from block("STYLE", _color(look.color), f"OPACITY {look.opacity}")


def _label(layer: Layer) -> Iterator[str]:
    """From where the map names features too."""
    scale = SCALE_AT_ZOOM_0 / 2 ** (layer.labels_from or layer.zooms.start + 2)
    yield from block(
        "LABEL", f"TEXT {quoted(f'[{layer.label}]')}", 'FONT "sans"', "TYPE TRUETYPE", "SIZE 8", _color(INK),
        'OUTLINECOLOR "#ffffff"', "OUTLINEWIDTH 2", "POSITION CC", f"MAXSCALEDENOM {scale:.0f}", 'ENCODING "UTF-8"',
    )  # fmt: skip


def _color(color: str) -> str:
    return f"COLOR {quoted(color)}"
