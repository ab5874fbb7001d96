"""Roads: white with a casing, as wide as their class, named along their line; the main ones from afar."""

from gisserver.drawings._levels import count_parts
from gisserver.drawings._part import INK_SOFT, Band, Drawing, Expression, Legend, Part, Swatch, by_zoom, name_part

_CASING = "#a9a39a"
_ENDS = {"line-cap": "round", "line-join": "round"}
_MAIN = ["motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link"]
_COLLECTING = ["secondary", "secondary_link", "tertiary", "tertiary_link"]
_NARROW = ["pedestrian", "living_street", "service", "footway", "path", "cycleway", "steps", "track"]
_SHARE = ["match", ["get", "road_class"], _MAIN, 1.5, _COLLECTING, 1.2, _NARROW, 0.7, 1.0]
"""Of the width of an ordinary street."""


def _parts(legend: Legend) -> tuple[Part, ...]:
    casing = {"line-color": _CASING, "line-width": _width((12, 0.8), (14, 2.4), (16, 6.5), (19, 22))}
    surface = {"line-color": "#ffffff", "line-width": _width((13, 0.4), (14, 1.4), (16, 5), (19, 19))}
    mains = {"line-color": _CASING, "line-width": _width((9, 0.4), (11, 0.9), (13, 1.6))}
    size = by_zoom((14, 10), (18, 14))
    return (
        Part("casing", Band.CASING, "line", casing, _ENDS),
        Part("surface", Band.LINE, "line", surface, _ENDS),
        name_part(["get", "name"], color=INK_SOFT, size=size, from_zoom=14, along_line=True),
        Part("line_mains", Band.CASING, "line", mains, _ENDS, level="mains"),
        *count_parts(legend),
    )


def _width(*stops: tuple[float, float]) -> Expression:
    """Style expressions want the zoom outside and the class inside."""
    return ["interpolate", ["linear"], ["zoom"], *(part for zoom, px in stops for part in (zoom, ["*", px, _SHARE]))]


DRAWING = Drawing("roads", Swatch("line", "#ffffff", outline=_CASING), _parts)
