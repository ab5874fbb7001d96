"""Plan constraints: hatched, so that the zone under them can still be read."""

from gisserver.drawings._levels import BY_DISTRICT, count_parts
from gisserver.drawings._part import Band, Drawing, Legend, Part, Swatch, by_legend, by_zoom, name_part
from gisserver.drawings._signs import by_hatch

_FIELD = "kind"
_UNKNOWN = "#a01d18"


def _parts(legend: Legend) -> tuple[Part, ...]:
    border = {"line-color": by_legend(_FIELD, legend, _UNKNOWN), "line-width": by_zoom((10, 0.8), (16, 2))}
    return (
        Part("hatch", Band.COVER, "fill", {"fill-pattern": by_hatch(_FIELD, legend, _UNKNOWN)}),
        Part("border", Band.OUTLINE, "line", border),
        name_part(["get", "label"], color="#7a1414", size=12, from_zoom=14, is_strong=True),
        *count_parts(legend, (BY_DISTRICT,), _UNKNOWN),
    )


DRAWING = Drawing("plan_constraints", Swatch("fill", "#ffffff", outline=_UNKNOWN), _parts, legend_field=_FIELD)
