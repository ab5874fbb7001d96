"""Plan extents: a strong outline with the plan's name; shown when asked for."""

from collections.abc import Sequence

from gisserver.drawings._part import Band, Drawing, Part, Swatch, by_zoom, name_part
from layers.core.profile import LegendEntry

_LINE = "#1d3f8f"


def _parts(_legend: Sequence[LegendEntry]) -> tuple[Part, ...]:
    border = {"line-color": _LINE, "line-width": by_zoom((9, 1), (16, 3)), "line-dasharray": [4, 1.5, 1, 1.5]}
    return (
        Part("ground", Band.GROUND, "fill", {"fill-color": _LINE, "fill-opacity": 0.05}),
        Part("border", Band.OUTLINE, "line", border),
        name_part(["get", "name"], color=_LINE, size=13, from_zoom=11),
    )


DRAWING = Drawing("plans", Swatch("line", _LINE, is_dashed=True), _parts, is_shown_at_first=False)
