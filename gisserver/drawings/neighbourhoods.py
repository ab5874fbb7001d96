"""Neighbourhood boundaries: fine lines once a district fills the screen."""

from gisserver.drawings._levels import BY_DISTRICT, count_parts
from gisserver.drawings._part import INK_SOFT, Band, Drawing, Legend, Part, Swatch, by_zoom, name_part

_LINE = "#8d8a86"


def _parts(legend: Legend) -> tuple[Part, ...]:
    border = {"line-color": _LINE, "line-width": by_zoom((10, 0.4), (15, 1.2)), "line-dasharray": [3, 2]}
    return (
        Part("border", Band.OUTLINE, "line", border, from_zoom=10),
        name_part(["get", "name"], color=INK_SOFT, size=by_zoom((11, 10.5), (15, 14)), from_zoom=11.5, until_zoom=17),
        *count_parts(legend, (BY_DISTRICT,)),
    )


DRAWING = Drawing("neighbourhoods", Swatch("line", _LINE, is_dashed=True), _parts)
