"""The drawing of a layer that nobody has drawn yet: its shape in grey, its label from close by."""

from collections.abc import Sequence

from gisserver.drawings._part import INK_SOFT, Band, Drawing, Part, Swatch, name_part
from layers.core.layer import Layer, Shape
from layers.core.profile import LegendEntry


def plain_drawing(layer: Layer) -> Drawing:
    """Off at first: what has no look of its own should not cover what has."""

    def parts(_legend: Sequence[LegendEntry]) -> tuple[Part, ...]:
        names = (name_part(["get", layer.label], from_zoom=15),) if layer.label in layer.tile_fields else ()
        return (*_shape_parts(layer.shape), *names)

    kind = {Shape.POINT: "point", Shape.LINES: "line", Shape.POLYGONS: "fill"}[layer.shape]
    swatch = Swatch(kind, "#c5ccd2", outline=INK_SOFT)  # type: ignore[arg-type]
    return Drawing(layer.id, swatch, parts, is_shown_at_first=False)


def _shape_parts(shape: Shape) -> tuple[Part, ...]:
    if shape == Shape.POINT:
        paint = {
            "circle-color": INK_SOFT,
            "circle-radius": 4,
            "circle-stroke-color": "#ffffff",
            "circle-stroke-width": 1,
        }
        return (Part("point", Band.POINT, "circle", paint),)
    if shape == Shape.LINES:
        return (Part("line", Band.LINE, "line", {"line-color": INK_SOFT, "line-width": 1.5}),)
    return (
        Part("fill", Band.GROUND, "fill", {"fill-color": "#c5ccd2", "fill-opacity": 0.4}),
        Part("outline", Band.OUTLINE, "line", {"line-color": INK_SOFT, "line-width": 1}),
    )
