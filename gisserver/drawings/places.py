"""Places people look for, emergency assembly areas among them."""

from gisserver.drawings._levels import BY_DISTRICT, count_parts
from gisserver.drawings._part import Band, Drawing, Legend, Part, Swatch, by_zoom, name_part
from gisserver.drawings._signs import GATHERING, sign_name

_COLOR = "#116b3f"
_SIGNED_FROM = 14


def _parts(legend: Legend) -> tuple[Part, ...]:
    dot = {
        "circle-color": _COLOR,
        "circle-radius": by_zoom((8, 0.6), (11, 1.3), (13, 2.6), (16, 6)),
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": by_zoom((11, 0), (13, 0.7), (16, 2)),
    }
    sign = {
        "icon-image": ["match", ["get", "kind"], "assembly_area", sign_name(GATHERING, _COLOR), ""],
        "icon-size": by_zoom((14, 0.6), (16, 0.9), (18, 1)),
        "icon-allow-overlap": True,
    }
    return (
        Part("dot", Band.POINT, "circle", dot),
        Part("sign", Band.POINT, "symbol", {}, sign, from_zoom=_SIGNED_FROM),
        name_part(["get", "name"], color="#0b4d2c", size=12, from_zoom=15, offset=(0, 0.9)),
        *count_parts(legend, (BY_DISTRICT,), _COLOR),
    )


DRAWING = Drawing("places", Swatch("point", _COLOR), _parts)
"""The dot stays under the sign: a place that is no assembly area has no other."""
