"""District boundaries: the frame of the first view, an outline with a name further in."""

from gisserver.drawings._part import Band, Drawing, Legend, Part, Swatch, by_zoom, name_part

_LINE = "#7d6a8f"


def _parts(_legend: Legend) -> tuple[Part, ...]:
    # Filled at low zooms only: below, the ground belongs to zones and parcels.
    ground = {"fill-color": "#fdfcfa", "fill-opacity": by_zoom((11, 1), (13, 0))}
    glow = {"line-color": _LINE, "line-opacity": 0.14, "line-width": by_zoom((7, 1), (8, 3), (12, 9))}
    border = {"line-color": _LINE, "line-width": by_zoom((5, 0.25), (8, 0.6), (12, 1.3))}
    return (
        Part("ground", Band.GROUND, "fill", ground, until_zoom=13),
        Part("glow", Band.OUTLINE, "line", glow),
        Part("border", Band.OUTLINE, "line", border),
        name_part(["get", "name"], color="#4c3c5c", size=by_zoom((7, 11), (12, 17)), until_zoom=14, is_strong=True),
    )


DRAWING = Drawing("districts", Swatch("line", _LINE), _parts)
