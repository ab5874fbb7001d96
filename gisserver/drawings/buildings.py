"""Buildings: quiet footprints between the ground and the parcel lines."""

from gisserver.drawings._levels import count_parts
from gisserver.drawings._part import UNDER_A_BORDER, Band, Drawing, Legend, Part, Swatch, by_zoom

_FILL, _LINE = "#8f8a84", "#6b6660"


def _parts(legend: Legend) -> tuple[Part, ...]:
    ground = {"fill-color": _FILL, "fill-opacity": by_zoom((14, 0.25), (16, 0.45)), **UNDER_A_BORDER}
    return (
        Part("ground", Band.COVER, "fill", ground),
        Part("border", Band.COVER, "line", {"line-color": _LINE, "line-width": by_zoom((15, 0.2), (18, 0.8))}),
        *count_parts(legend, color=_LINE),
    )


DRAWING = Drawing("buildings", Swatch("fill", _FILL, outline=_LINE), _parts)
