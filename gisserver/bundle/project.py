"""The QGIS project inside a bundle: layers in their colours, forms with choices, constraints, and what is read-only."""

import io
import zipfile
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from pyproj import CRS

from gisserver.bundle.code_lists import codes_of
from layers.core.allowed import ANYTHING
from layers.core.bundle_mark import MARK_FIELD, BundleMark
from layers.core.layer import Field, Layer
from layers.core.profile import Profile

PROJECT_NAME = "bundle"
_VERSION = "3.22.0"
_LINE, _GREY, _UNKNOWN = "63,72,81,255", "150,150,150,255", "217,221,224,255"
_NOT_NULL, _EXPRESSION = 1, 4
"""Bits of QgsFieldConstraints."""
_HARD = "2"
_ONCE = zipfile.ZipInfo("bundle.qgs", (1980, 1, 1, 0, 0, 0))

Edited = Sequence[tuple[Layer, Sequence[Field]]]


def packed_project(
    filename: str, profile: Profile, edited: Edited, around: str, mark: BundleMark, language: str
) -> bytes:
    """As QGIS keeps it in a GeoPackage: an archive with the project's XML."""
    root = Element("qgis", {"projectname": PROJECT_NAME, "version": _VERSION})
    _crs(SubElement(root, "projectCrs"), profile)
    system = SubElement(SubElement(root, "properties"), "SpatialRefSys")
    SubElement(system, "ProjectionsEnabled", {"type": "int"}).text = "1"
    tree = SubElement(root, "layer-tree-group")
    layers = SubElement(root, "projectlayers")
    frame = SubElement(layers, "maplayer", _attributes_of_layer(is_read_only=True))
    _about(frame, filename, around, around, profile)
    _single_symbol(frame, _GREY)
    _leaf(tree, around, around)
    for layer, fields in edited:
        element = SubElement(layers, "maplayer", _attributes_of_layer(is_read_only=False))
        title = layer.title.in_language(language)
        _about(element, filename, layer.id, title, profile)
        _colours(element, layer, profile, language)
        _form(element, layer, fields, profile, mark, language)
        _leaf(tree, layer.id, title)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_ONCE, tostring(root, encoding="utf-8", xml_declaration=True))
    return packed.getvalue()


def _attributes_of_layer(*, is_read_only: bool) -> dict[str, str]:
    return {"type": "vector", "geometry": "Polygon", "readOnly": "1" if is_read_only else "0"}


def _about(element: Element, filename: str, name: str, title: str, profile: Profile) -> None:
    SubElement(element, "id").text = _id(name)
    SubElement(element, "datasource").text = f"./{filename}|layername={name}"
    SubElement(element, "layername").text = title
    _crs(SubElement(element, "srs"), profile)
    SubElement(element, "provider", {"encoding": "UTF-8"}).text = "ogr"


def _id(name: str) -> str:
    """QGIS gives layers with short ids others, and then the list of layers does not find them."""
    return f"{name}_in_bundle"


def _leaf(tree: Element, name: str, title: str) -> None:
    """The last one lies on top."""
    leaf = Element("layer-tree-layer", {"id": _id(name), "name": title, "checked": "Qt::Checked", "providerKey": "ogr"})
    tree.insert(0, leaf)


def _crs(element: Element, profile: Profile) -> None:
    system = SubElement(element, "spatialrefsys")
    crs = CRS.from_epsg(profile.storage_srid)
    SubElement(system, "wkt").text = crs.to_wkt()
    SubElement(system, "authid").text = f"EPSG:{profile.storage_srid}"
    SubElement(system, "srid").text = str(profile.storage_srid)
    SubElement(system, "description").text = crs.name


def _colours(element: Element, layer: Layer, profile: Profile, language: str) -> None:
    """By the legend where the layer has one, else an outline."""
    legend = profile.legends.get(layer.id, ())
    field = next((field.name for field in layer.fields if field.allowed.is_class), None)
    if not legend or field is None:
        _single_symbol(element, _LINE)
        return
    renderer = SubElement(element, "renderer-v2", {"type": "categorizedSymbol", "attr": field})
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, entry in enumerate(legend):
        about = {"value": entry.key, "label": entry.title(language), "symbol": str(number), "render": "true"}
        SubElement(categories, "category", about)
        _symbol(symbols, str(number), _rgba(entry.color), "solid")


def _single_symbol(element: Element, line: str) -> None:
    renderer = SubElement(element, "renderer-v2", {"type": "singleSymbol"})
    _symbol(SubElement(renderer, "symbols"), "0", _UNKNOWN, "no", line)


def _symbol(symbols: Element, name: str, color: str, style: str, line: str = _LINE) -> None:
    symbol = SubElement(symbols, "symbol", {"name": name, "type": "fill", "alpha": "0.7"})
    layer = SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1"})
    options = SubElement(layer, "Option", {"type": "Map"})
    values = {"color": color, "style": style, "outline_color": line, "outline_style": "solid", "outline_width": "0.2"}
    for key, value in values.items():
        SubElement(options, "Option", {"name": key, "value": value, "type": "QString"})


def _rgba(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"


def _form(
    element: Element, layer: Layer, fields: Sequence[Field], profile: Profile, mark: BundleMark, language: str
) -> None:
    """Titles, choices, ranges and what has to be filled in; new features get the bundle's mark."""
    widgets, aliases = SubElement(element, "fieldConfiguration"), SubElement(element, "aliases")
    constraints = SubElement(element, "constraints")
    expressions, defaults = SubElement(element, "constraintExpressions"), SubElement(element, "defaults")
    editable = SubElement(element, "editable")
    for number, field in enumerate(fields):
        title = field.title.in_language(language)
        unit = f" ({field.unit})" if field.unit else ""
        SubElement(aliases, "alias", {"field": field.name, "index": str(number), "name": f"{title}{unit}"})
        _widget(widgets, layer, field, profile, language)
        _constraint(constraints, expressions, field, _expression(layer, field, profile))
    _widget_of(widgets, MARK_FIELD, "Hidden", {})
    SubElement(defaults, "default", {"field": MARK_FIELD, "expression": f"'{mark}'", "applyOnUpdate": "0"})
    SubElement(editable, "field", {"name": MARK_FIELD, "editable": "0"})


def _widget(widgets: Element, layer: Layer, field: Field, profile: Profile, language: str) -> None:
    codes = codes_of(layer, field, profile, language)
    if codes:
        _widget_of(widgets, field.name, "ValueMap", {title: value for value, title in codes})
    else:
        kinds = {"date": "DateTime", "boolean": "CheckBox"}
        _widget_of(widgets, field.name, kinds.get(field.kind, "TextEdit"), {})


def _widget_of(widgets: Element, name: str, kind: str, choices: dict[str, str]) -> None:
    widget = SubElement(SubElement(widgets, "field", {"name": name}), "editWidget", {"type": kind})
    options = SubElement(SubElement(widget, "config"), "Option", {"type": "Map"})
    if choices:
        listed = SubElement(options, "Option", {"name": "map", "type": "List"})
        for title, value in choices.items():
            one = SubElement(listed, "Option", {"type": "Map"})
            SubElement(one, "Option", {"name": title, "value": value, "type": "QString"})


def _expression(layer: Layer, field: Field, profile: Profile) -> str:
    """The least and the most that the field may be."""
    allowed = profile.allowed.get(layer.id, {}).get(field.name, ANYTHING).over(field.allowed)
    ends = [(">=", allowed.least), ("<=", allowed.most)]
    name = f'"{field.name}"'
    return " and ".join(f"({name} is null or {name} {sign} {end})" for sign, end in ends if end is not None)


def _constraint(constraints: Element, expressions: Element, field: Field, expression: str) -> None:
    kinds = (_NOT_NULL if field.is_required else 0) | (_EXPRESSION if expression else 0)
    if not kinds:
        return
    about = {
        "field": field.name,
        "constraints": str(kinds),
        "notnull_strength": _HARD if field.is_required else "0",
        "unique_strength": "0",
        "exp_strength": _HARD if expression else "0",
    }
    SubElement(constraints, "constraint", about)
    if expression:
        SubElement(expressions, "constraint", {"field": field.name, "exp": expression, "desc": ""})
