"""Door numbers, once single buildings can be told apart."""

from collections.abc import Sequence

from gisserver.drawings._part import Band, Drawing, Part, Swatch, name_part
from layers.core.profile import LegendEntry

_COLOR = "#8a3b12"


def _parts(_legend: Sequence[LegendEntry]) -> tuple[Part, ...]:
    dot = {"circle-color": _COLOR, "circle-radius": 2.5, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1}
    return (
        Part("dot", Band.POINT, "circle", dot, from_zoom=17),
        name_part(["get", "door_no"], color=_COLOR, size=11, from_zoom=17.5, band=Band.NUMBER, offset=(0, 0.3)),
    )


DRAWING = Drawing("addresses", Swatch("point", _COLOR), _parts)
