"""Plan constraints: hatched, so that the zone under them can still be read."""

from collections.abc import Sequence

from gisserver.drawings._part import Band, Drawing, Part, Swatch, by_hatch, by_legend, by_zoom, name_part
from layers.core.profile import LegendEntry

_FIELD = "kind"
_UNKNOWN = "#a01d18"


def _parts(legend: Sequence[LegendEntry]) -> tuple[Part, ...]:
    border = {"line-color": by_legend(_FIELD, legend, _UNKNOWN), "line-width": by_zoom((10, 0.8), (16, 2))}
    return (
        Part("hatch", Band.COVER, "fill", {"fill-pattern": by_hatch(_FIELD, legend, _UNKNOWN)}),
        Part("border", Band.OUTLINE, "line", border),
        name_part(["get", "label"], color="#7a1414", size=12, from_zoom=14),
    )


DRAWING = Drawing("plan_constraints", Swatch("fill", "#ffffff", outline=_UNKNOWN), _parts, legend_field=_FIELD)
