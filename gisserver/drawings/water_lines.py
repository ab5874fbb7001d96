"""Drinking water: blue, as on the utilities' own maps."""

from collections.abc import Sequence

from gisserver.drawings._part import Band, Drawing, Part, Swatch, by_zoom
from layers.core.profile import LegendEntry

_COLOR = "#1468b8"


def _parts(_legend: Sequence[LegendEntry]) -> tuple[Part, ...]:
    line = {"line-color": _COLOR, "line-width": by_zoom((13, 1), (18, 3.5))}
    return (Part("line", Band.BURIED, "line", line),)


DRAWING = Drawing("water_lines", Swatch("line", _COLOR), _parts, is_shown_at_first=False)
