"""The QGIS project inside a bundle: layers in their colours, forms with choices, constraints, and what is read-only."""

import io
import zipfile
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from gisserver.codes import codes_of
from gisserver.qgis.symbols import GREY, all_alike, by_legend, crs_element
from layers.core.allowed import ANYTHING
from layers.core.bundle_mark import MARK_FIELD, BundleMark
from layers.core.layer import Field, Layer, Shape
from layers.core.profile import Profile

PROJECT_NAME = "bundle"
_VERSION = "3.22.0"
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
    crs_element(SubElement(root, "projectCrs"), profile.storage_srid)
    system = SubElement(SubElement(root, "properties"), "SpatialRefSys")
    SubElement(system, "ProjectionsEnabled", {"type": "int"}).text = "1"
    tree = SubElement(root, "layer-tree-group")
    layers = SubElement(root, "projectlayers")
    frame = SubElement(layers, "maplayer", _attributes_of_layer(is_read_only=True))
    _about(frame, filename, around, around, profile)
    all_alike(frame, Shape.POLYGONS, None, GREY)
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
    crs_element(SubElement(element, "srs"), profile.storage_srid)
    SubElement(element, "provider", {"encoding": "UTF-8"}).text = "ogr"


def _id(name: str) -> str:
    """QGIS gives layers with short ids others, and then the list of layers does not find them."""
    return f"{name}_in_bundle"


def _leaf(tree: Element, name: str, title: str) -> None:
    """The last one lies on top."""
    leaf = Element("layer-tree-layer", {"id": _id(name), "name": title, "checked": "Qt::Checked", "providerKey": "ogr"})
    tree.insert(0, leaf)


def _colours(element: Element, layer: Layer, profile: Profile, language: str) -> None:
    """By the legend where the layer has one, else an outline."""
    legend = profile.legends.get(layer.id, ())
    field = next((field.name for field in layer.fields if field.allowed.is_class), None)
    if legend and field is not None:
        by_legend(element, layer.shape, field, legend, language)
    else:
        all_alike(element, layer.shape, None)


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
        _widget_of(widgets, field.name, "ValueMap", {title: str(value) for value, title in codes})
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
