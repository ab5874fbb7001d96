"""Zones of the plan in the legend's colours; one tone may mean several uses, so the use is written too."""

from gisserver.drawings._levels import BY_DISTRICT, BY_NEIGHBOURHOOD, count_parts, number_part
from gisserver.drawings._part import UNDER_A_BORDER, Band, Drawing, Legend, Part, Swatch, by_legend, by_zoom, name_part
from gisserver.drawings._plan_signs import FROM_ZOOM, plan_sign_parts

_FIELD = "use_key"
_UNKNOWN = "#d9dde0"
_LINE = "#4a4f55"


def _parts(legend: Legend) -> tuple[Part, ...]:
    color = by_legend(_FIELD, legend, _UNKNOWN)
    ground = {"fill-color": color, "fill-opacity": 0.6, **UNDER_A_BORDER}
    border = {"line-color": _LINE, "line-width": by_zoom((14, 0.4), (16, 1.1)), "line-opacity": 0.7}
    use_border = {"line-color": _LINE, "line-width": by_zoom((12, 0.1), (14, 0.4)), "line-opacity": 0.5}
    # Only what prevails in a neighbourhood, hence faint: it must not look like the plan itself.
    prevailing = {"fill-color": color, "fill-opacity": by_zoom((8, 0.2), (11, 0.3)), "fill-outline-color": "#ffffff"}
    name = ["get", "use_label"]
    return (
        Part("ground", Band.GROUND, "fill", ground),
        Part("border", Band.OUTLINE, "line", border),
        name_part(name, size=by_zoom((16, 10), (18, 13)), from_zoom=16, until_zoom=FROM_ZOOM, band=Band.USE),
        *plan_sign_parts(name, legend),
        Part("ground_uses", Band.GROUND, "fill", ground, level="uses"),
        Part("border_uses", Band.OUTLINE, "line", use_border, level="uses"),
        Part("ground_by_neighbourhood", Band.GROUND, "fill", prevailing, level=BY_NEIGHBOURHOOD),
        number_part(legend, BY_NEIGHBOURHOOD, is_for_one=True),
        *count_parts(legend, (BY_DISTRICT,)),
    )


DRAWING = Drawing("zones", Swatch("fill", "#e3ba45", outline=_LINE), _parts, legend_field=_FIELD)
