"""Roads: white with a casing, named along their line."""

from collections.abc import Sequence

from gisserver.drawings._part import INK_SOFT, Band, Drawing, Part, Swatch, by_zoom, name_part
from layers.core.profile import LegendEntry

_CASING = "#a9a39a"
_ENDS = {"line-cap": "round", "line-join": "round"}


def _parts(_legend: Sequence[LegendEntry]) -> tuple[Part, ...]:
    casing = {"line-color": _CASING, "line-width": by_zoom((12, 0.8), (14, 2.4), (16, 6.5), (19, 22))}
    surface = {"line-color": "#ffffff", "line-width": by_zoom((13, 0.4), (14, 1.4), (16, 5), (19, 19))}
    return (
        Part("casing", Band.CASING, "line", casing, _ENDS),
        Part("surface", Band.LINE, "line", surface, _ENDS, from_zoom=13),
        name_part(["get", "name"], color=INK_SOFT, size=by_zoom((14, 10), (18, 14)), from_zoom=14, along_line=True),
    )


DRAWING = Drawing("roads", Swatch("line", "#ffffff", outline=_CASING), _parts)
