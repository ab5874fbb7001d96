"""A view of the map as a project of QGIS: vector tiles in our colours, the features behind them, system and extent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from pyproj import Transformer

from gisserver.qgis.symbols import LINE, SOLID, all_alike, brush_of, by_legend, crs_element, symbol
from gisserver.style import drawing_of
from layers.core.layer import Layer, Shape, labels_of
from layers.core.levels import Dissolved
from layers.core.profile import LegendEntry, Profile

_VERSION = "3.22.0"
_GEOMETRIES = {Shape.POINT: ("0", "Point"), Shape.LINES: ("1", "Line"), Shape.POLYGONS: ("2", "Polygon")}
"""As vector tiles and as layers of features call them."""
_MERCATOR, _DEGREES = 3857, 4326


@dataclass(frozen=True)
class ViewProject:
    """What is seen, where, and in which language."""

    profile: Profile
    root: str
    """Address of the service with a slash at its end."""
    layers: Sequence[Layer]
    """The topmost first."""
    box: tuple[float, float, float, float]
    """West, south, east, north in degrees."""
    language: str
    features_title: str


class _Class(NamedTuple):
    """What is drawn alike."""

    filter: str
    color: str | None
    title: str
    brush: str = SOLID


def written(project: ViewProject) -> bytes:
    """The project as a file."""
    profile = project.profile
    root = Element("qgis", {"projectname": profile.title(project.language), "version": _VERSION})
    crs_element(SubElement(root, "projectCrs"), profile.storage_srid)
    tree = SubElement(root, "layer-tree-group")
    properties = SubElement(root, "properties")
    enabled = SubElement(SubElement(properties, "SpatialRefSys"), "ProjectionsEnabled", {"type": "int"})
    enabled.text = "1"
    layers = SubElement(root, "projectlayers")
    group = Element("layer-tree-group", {"name": project.features_title, "checked": "Qt::Unchecked", "expanded": "0"})
    for layer in project.layers:
        _tiles(SubElement(layers, "maplayer", {"type": "vector-tile"}), layer, project)
        _leaf(tree, f"{layer.id}_tiles", layer, project, "vectortile")
        shape = _GEOMETRIES[layer.shape][1]
        _features(SubElement(layers, "maplayer", {"type": "vector", "geometry": shape}), layer, project)
        _leaf(group, f"{layer.id}_features", layer, project, "OAPIF")
    tree.append(group)
    _extent(root, project)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _leaf(tree: Element, name: str, layer: Layer, project: ViewProject, provider: str) -> None:
    about = {"id": name, "name": layer.title.in_language(project.language), "providerKey": provider}
    SubElement(tree, "layer-tree-layer", {**about, "checked": "Qt::Checked", "expanded": "0"})


def _extent(root: Element, project: ViewProject) -> None:
    """In the system of the city, as the frame that opens and as the one to come back to."""
    srid = project.profile.storage_srid
    sides = Transformer.from_crs(_DEGREES, srid, always_xy=True).transform_bounds(*project.box)
    named = dict(zip(("xmin", "ymin", "xmax", "ymax"), (f"{side:.3f}" for side in sides), strict=True))
    canvas = SubElement(root, "mapcanvas", {"name": "theMapCanvas"})
    SubElement(canvas, "units").text = "meters"
    extent = SubElement(canvas, "extent")
    for name, side in named.items():
        SubElement(extent, name).text = side
    crs_element(SubElement(canvas, "destinationsrs"), srid)
    view = SubElement(root, "ProjectViewSettings", {"UseProjectScales": "0"})
    crs_element(SubElement(view, "DefaultViewExtent", named), srid)


def _about(element: Element, name: str, source: str, layer: Layer, project: ViewProject, srid: int) -> None:
    SubElement(element, "id").text = name
    SubElement(element, "datasource").text = source
    SubElement(element, "layername").text = layer.title.in_language(project.language)
    crs_element(SubElement(element, "srs"), srid)


def _features(element: Element, layer: Layer, project: ViewProject) -> None:
    """Read page by page where somebody looks; switched off at first."""
    source = f" url='{project.root}api' typename='{layer.id}' pageSize='1000' restrictToRequestBBOX='1'"
    _about(element, f"{layer.id}_features", source, layer, project, _DEGREES)
    SubElement(element, "provider", {"encoding": "UTF-8"}).text = "OAPIF"
    drawing, legend = drawing_of(layer), project.profile.legends.get(layer.id, ())
    if drawing.legend_field and legend:
        by_legend(element, layer.shape, drawing.legend_field, legend, project.language)
    else:
        all_alike(element, layer.shape, _own_color(layer), drawing.swatch.outline or LINE)


def _tiles(element: Element, layer: Layer, project: ViewProject) -> None:
    zooms = layer.tile_zooms
    source = f"type=xyz&url={project.root}tiles/{layer.id}/{{z}}/{{x}}/{{y}}&zmin={zooms.start}&zmax={zooms.stop - 1}"
    _about(element, f"{layer.id}_tiles", source, layer, project, _MERCATOR)
    SubElement(element, "provider").text = "vectortile"
    renderer = SubElement(element, "renderer", {"type": "basic"})
    styles = SubElement(renderer, "styles")
    for name, first, last in _drawn_in_tiles(layer):
        for seen in _classes(layer, project):
            style = SubElement(styles, "style", _style(seen.title, name, layer.shape, first, last, seen.filter))
            line = drawing_of(layer).swatch.outline or LINE
            symbol(SubElement(style, "symbols"), "0", layer.shape, seen.color, line, seen.brush)
    if layer.labels_from is not None:
        _labels(element, layer, project)


def _drawn_in_tiles(layer: Layer) -> Iterator[tuple[str, int, int]]:
    """Name within the tile, first and last zoom: features, and groups of them from afar."""
    yield layer.id, layer.zooms.start, -1
    for level in layer.levels:
        if isinstance(level, Dissolved):
            yield layer.level_id(level), level.zooms.start, level.zooms.stop - 1


def _classes(layer: Layer, project: ViewProject) -> Sequence[_Class]:
    field = drawing_of(layer).legend_field
    legend: Sequence[LegendEntry] = project.profile.legends.get(layer.id, ())
    title = layer.title.in_language(project.language)
    if field is None or not legend:
        return [_Class("", _own_color(layer), title)]
    return [
        _Class(f'"{field}" = {_quoted(one.key)}', one.color, one.title(project.language), brush_of(place, one))
        for place, one in enumerate(legend)
    ]


def _own_color(layer: Layer) -> str | None:
    """White areas are seen through."""
    swatch = drawing_of(layer).swatch
    is_seen_through = layer.shape == Shape.POLYGONS and (swatch.kind == "line" or swatch.color == "#ffffff")
    return None if is_seen_through else swatch.color


def _labels(element: Element, layer: Layer, project: ViewProject) -> None:
    styles = SubElement(SubElement(element, "labeling", {"type": "basic"}), "styles")
    title = layer.title.in_language(project.language)
    about = _style(title, labels_of(layer.id), Shape.POINT, layer.labels_from or 0, -1, "")
    settings = SubElement(SubElement(styles, "style", about), "settings")
    text = {"fieldName": layer.label, "isExpression": "0", "fontSize": "8", "textColor": "43,51,59,255"}
    SubElement(settings, "text-style", text)
    SubElement(settings, "rendering", {"drawLabels": "1"})


def _style(title: str, name: str, shape: Shape, first: int, last: int, expression: str) -> dict[str, str]:
    return {
        "name": title,
        "layer": name,
        "geometry": _GEOMETRIES[shape][0],
        "enabled": "1",
        "expression": expression,
        "min-zoom": str(first),
        "max-zoom": str(last),
    }


def _quoted(key: str) -> str:
    return "'" + key.replace("'", "''") + "'"
