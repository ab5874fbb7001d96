"""Door numbers, once single buildings can be told apart."""

from gisserver.drawings._levels import count_parts
from gisserver.drawings._part import Band, Drawing, Legend, Part, Swatch, by_zoom, name_part

_COLOR = "#8a3b12"


def _parts(legend: Legend) -> tuple[Part, ...]:
    dot = {
        "circle-color": _COLOR,
        "circle-radius": by_zoom((15, 0.7), (17, 2.5)),
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": by_zoom((16, 0), (17, 1)),
    }
    return (
        Part("dot", Band.POINT, "circle", dot),
        name_part(["get", "door_no"], color=_COLOR, size=11, from_zoom=17.5, band=Band.NUMBER, offset=(0, 0.3)),
        *count_parts(legend, color=_COLOR),
    )


DRAWING = Drawing("addresses", Swatch("point", _COLOR), _parts)
