"""Plan extents: a strong outline with the plan's name; shown when asked for."""

from gisserver.drawings._levels import BY_DISTRICT, count_parts
from gisserver.drawings._part import Band, Drawing, Legend, Part, Swatch, by_zoom, name_part

_LINE = "#1d3f8f"


def _parts(legend: Legend) -> tuple[Part, ...]:
    border = {"line-color": _LINE, "line-width": by_zoom((9, 1), (16, 3)), "line-dasharray": [4, 1.5, 1, 1.5]}
    return (
        Part("ground", Band.GROUND, "fill", {"fill-color": _LINE, "fill-opacity": 0.05}),
        Part("border", Band.OUTLINE, "line", border),
        name_part(["get", "name"], color=_LINE, size=12, from_zoom=13),
        *count_parts(legend, (BY_DISTRICT,), _LINE),
    )


DRAWING = Drawing("plans", Swatch("line", _LINE, is_dashed=True), _parts, is_shown_at_first=False)
