"""Places people look for, emergency assembly areas among them."""

from collections.abc import Sequence

from gisserver.drawings._part import Band, Drawing, Part, Swatch, by_zoom, name_part
from layers.core.profile import LegendEntry

_COLOR = "#116b3f"


def _parts(_legend: Sequence[LegendEntry]) -> tuple[Part, ...]:
    dot = {
        "circle-color": _COLOR,
        "circle-radius": by_zoom((10, 2), (16, 6)),
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": by_zoom((10, 0.5), (16, 2)),
    }
    return (
        Part("dot", Band.POINT, "circle", dot, from_zoom=11),
        name_part(["get", "name"], color="#0b4d2c", size=12, from_zoom=15, offset=(0, 0.6)),
    )


DRAWING = Drawing("places", Swatch("point", _COLOR), _parts)
