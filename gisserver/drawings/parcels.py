"""Parcels: thin outlines over whatever the plan colours, with block and parcel number."""

from collections.abc import Sequence

from gisserver.drawings._part import INK, Band, Drawing, Part, Swatch, by_zoom, name_part
from layers.core.profile import LegendEntry

_LINE = "#3f4851"


def _parts(_legend: Sequence[LegendEntry]) -> tuple[Part, ...]:
    border = {
        "line-color": _LINE,
        "line-width": by_zoom((14, 0.3), (16, 0.7), (19, 1.4)),
        "line-opacity": by_zoom((14, 0.5), (16, 0.85)),
    }
    number = ["concat", ["get", "block_no"], "/", ["get", "parcel_no"]]
    return (
        # Nothing to see, but it lets a click or a pointer find the inside of a parcel.
        Part("ground", Band.GROUND, "fill", {"fill-color": "#ffffff", "fill-opacity": 0}),
        Part("border", Band.OUTLINE, "line", border),
        name_part(number, color=INK, size=by_zoom((15, 9.5), (18, 13)), from_zoom=15, band=Band.NUMBER),
    )


DRAWING = Drawing("parcels", Swatch("fill", "#ffffff", outline=_LINE), _parts)
