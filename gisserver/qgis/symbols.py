"""Symbols, colours by legend, and systems of coordinates, as QGIS writes them in its XML."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from pyproj import CRS

from layers.core.layer import Shape
from layers.core.profile import LegendEntry

SOLID = "solid"
_BRUSHES = ("b_diagonal", "f_diagonal", "diagonal_x", "horizontal")
"""In the directions that hatches have on the screen, by the entry's place in the legend."""
LINE, GREY, UNKNOWN = "#3f4851", "#969696", "#d9dde0"


def crs_element(parent: Element, srid: int) -> None:
    """By its definition, its authority and its name."""
    crs = CRS.from_epsg(srid)
    system = SubElement(parent, "spatialrefsys")
    SubElement(system, "wkt").text = crs.to_wkt()
    SubElement(system, "authid").text = f"EPSG:{srid}"
    SubElement(system, "srid").text = str(srid)
    SubElement(system, "description").text = crs.name


def by_legend(parent: Element, shape: Shape, field: str, legend: Sequence[LegendEntry], language: str) -> None:
    """One symbol for each class."""
    renderer = SubElement(parent, "renderer-v2", {"type": "categorizedSymbol", "attr": field})
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, entry in enumerate(legend):
        about = {"value": entry.key, "label": entry.title(language), "symbol": str(number), "render": "true"}
        SubElement(categories, "category", about)
        symbol(symbols, str(number), shape, entry.color, brush=brush_of(number, entry))


def all_alike(parent: Element, shape: Shape, color: str | None, line: str = LINE) -> None:
    """One symbol; without a colour an outline."""
    renderer = SubElement(parent, "renderer-v2", {"type": "singleSymbol"})
    symbol(SubElement(renderer, "symbols"), "0", shape, color, line)


def brush_of(place: int, entry: LegendEntry) -> str:
    """A hatch lets what lies under it be read."""
    return _BRUSHES[place % len(_BRUSHES)] if entry.is_hatched else SOLID


def symbol(parent: Element, name: str, shape: Shape, color: str | None, line: str = LINE, brush: str = SOLID) -> None:
    """The simplest that draws such a shape; an area without a colour is empty."""
    if shape == Shape.POLYGONS:
        values = {
            "color": _rgba(color or UNKNOWN),
            "style": brush if color else "no",
            "outline_color": _rgba(line),
            "outline_style": "solid",
            "outline_width": "0.2",
        }
        kind, layer_class = "fill", "SimpleFill"
    elif shape == Shape.LINES:
        values = {"line_color": _rgba(color or line), "line_style": "solid", "line_width": "0.4"}
        kind, layer_class = "line", "SimpleLine"
    else:
        values = {"name": "circle", "color": _rgba(color or line), "outline_color": _rgba(line), "size": "2"}
        kind, layer_class = "marker", "SimpleMarker"
    made = SubElement(parent, "symbol", {"name": name, "type": kind, "alpha": "0.7" if kind == "fill" else "1"})
    options = SubElement(SubElement(made, "layer", {"class": layer_class, "enabled": "1"}), "Option", {"type": "Map"})
    for key, value in values.items():
        SubElement(options, "Option", {"name": key, "value": value, "type": "QString"})


def _rgba(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"
