"""The drawing of a layer that nobody has drawn yet: its shape in grey at every zoom, its label from close by."""

from gisserver.drawings._levels import count_parts
from gisserver.drawings._part import INK_SOFT, Band, Drawing, Legend, Part, Swatch, name_part
from layers.core.layer import Layer, Shape
from layers.core.levels import Counted, Dissolved


def plain_drawing(layer: Layer) -> Drawing:
    """Off at first: what has no look of its own should not cover what has."""

    def parts(legend: Legend) -> tuple[Part, ...]:
        names = (name_part(["get", layer.label], from_zoom=15),) if layer.label in layer.tile_fields else ()
        dissolved = [level.id for level in layer.levels if isinstance(level, Dissolved)]
        counted = [level.id for level in layer.levels if isinstance(level, Counted)]
        shapes = [part for level in (None, *dissolved) for part in _shape_parts(layer.shape, level)]
        return (*shapes, *names, *count_parts(legend, counted))

    kind = {Shape.POINT: "point", Shape.LINES: "line", Shape.POLYGONS: "fill"}[layer.shape]
    swatch = Swatch(kind, "#c5ccd2", outline=INK_SOFT)  # type: ignore[arg-type]
    return Drawing(layer.id, swatch, parts, is_shown_at_first=False)


def _shape_parts(shape: Shape, level: str | None) -> tuple[Part, ...]:
    suffix = "" if level is None else f"_{level}"
    if shape == Shape.POINT:
        paint = {
            "circle-color": INK_SOFT,
            "circle-radius": 4,
            "circle-stroke-color": "#ffffff",
            "circle-stroke-width": 1,
        }
        return (Part(f"point{suffix}", Band.POINT, "circle", paint, level=level),)
    if shape == Shape.LINES:
        line = {"line-color": INK_SOFT, "line-width": 1.5}
        return (Part(f"line{suffix}", Band.LINE, "line", line, level=level),)
    ground = {"fill-color": "#c5ccd2", "fill-opacity": 0.4}
    outline = {"line-color": INK_SOFT, "line-width": 1}
    return (
        Part(f"fill{suffix}", Band.GROUND, "fill", ground, level=level),
        Part(f"outline{suffix}", Band.OUTLINE, "line", outline, level=level),
    )
