"""Zones of the plan in the legend's colours; one tone may mean several uses, so the use is written too."""

from collections.abc import Sequence

from gisserver.drawings._part import INK, Band, Drawing, Part, Swatch, by_legend, by_zoom, name_part
from layers.core.profile import LegendEntry

_FIELD = "use_key"
_UNKNOWN = "#d9dde0"


def _parts(legend: Sequence[LegendEntry]) -> tuple[Part, ...]:
    ground = {"fill-color": by_legend(_FIELD, legend, _UNKNOWN), "fill-opacity": 0.6}
    border = {"line-color": "#4a4f55", "line-width": by_zoom((12, 0.2), (16, 1.1)), "line-opacity": 0.7}
    return (
        Part("ground", Band.GROUND, "fill", ground),
        Part("border", Band.OUTLINE, "line", border, from_zoom=12),
        name_part(["get", "use_label"], color=INK, size=by_zoom((16, 10), (18, 13)), from_zoom=16, band=Band.USE),
    )


DRAWING = Drawing("zones", Swatch("fill", "#e3ba45", outline="#4a4f55"), _parts, legend_field=_FIELD)
