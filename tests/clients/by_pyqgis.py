"""Run by QGIS's own Python, not by pytest: does one thing with a service and tells what came of it as JSON.

Usage: python3 by_pyqgis.py TASK URL-OR-FILE
"""

import json
import sys
from pathlib import Path
from urllib.request import urlopen

from qgis.core import (
    QgsApplication,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapBoxGlStyleConverter,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize

_PIXELS = 256


def pages(url):
    """All parcels, one to a page."""
    layer = _features(url, pageSize="1")
    return {"refs": _refs(layer), "crs": layer.crs().authid(), "fields": [field.name() for field in layer.fields()]}


def filtered(url):
    """By an expression and by a rectangle in the layer's system."""
    layer = _features(url)
    by_area = QgsFeatureRequest().setFilterExpression("registered_area_m2 > 100")
    first = next(one for one in layer.getFeatures() if one["ref"] == "w-1")
    inside = first.geometry().boundingBox()
    inside.grow(-inside.width() / 4)
    return {"by area": _refs(layer, by_area), "inside w-1": _refs(layer, QgsFeatureRequest().setFilterRect(inside))}


def tiles(url):
    """The parcels as our style draws them, from vector tiles: how many colours the picture has."""
    root = url.removesuffix("/api")
    with urlopen(f"{url}/styles/parcels") as answer:
        style = json.load(answer)
    converter = QgsMapBoxGlStyleConverter()
    converted = converter.convert(style)
    layer = QgsVectorTileLayer(f"type=xyz&url={root}/tiles/parcels/{{z}}/{{x}}/{{y}}&zmin=14&zmax=16", "parcels")
    layer.setRenderer(converter.renderer())
    layer.setLabeling(converter.labeling())
    image = _picture([layer], _mercator_of(url), layer.crs())
    colours = {image.pixel(x, y) for x in range(_PIXELS) for y in range(_PIXELS)}
    return {
        "is valid": layer.isValid(),
        "converted": converted == QgsMapBoxGlStyleConverter.Success,
        "warnings": converter.warnings(),
        "colours": len(colours),
    }


def edited_bundle(file):
    """The bundle opened by the project inside it, edited and saved as in the field: a value, a corner, a new parcel."""
    project = QgsProject.instance()
    if not project.read(f"geopackage:{file}?projectName=bundle"):
        raise SystemExit(f"QGIS does not open the project of {file}: {project.error()}")
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    parcels = next(layer for layer in layers.values() if layer.source().endswith("layername=parcels"))
    zones = next(layer for layer in layers.values() if layer.source().endswith("layername=zones"))
    by_ref = {feature["ref"]: feature for feature in parcels.getFeatures()}
    parcels.startEditing()
    field = parcels.fields().indexOf("land_use_text")
    parcels.changeAttributeValue(by_ref["w-1"].id(), field, "Bahçe")
    outline = QgsGeometry(by_ref["w-2"].geometry())
    outline.translate(0, 0.5)
    parcels.changeGeometry(by_ref["w-2"].id(), outline)
    beyond = QgsGeometry(by_ref["w-2"].geometry())
    beyond.translate(60, 0)
    said = {"ref": "w-9", "block_no": "1", "parcel_no": "9"}
    values = {parcels.fields().indexOf(name): value for name, value in said.items()}
    parcels.addFeature(QgsVectorLayerUtils.createFeature(parcels, beyond, values, parcels.createExpressionContext()))
    zones.startEditing()
    (zone,) = zones.getFeatures()
    zones.changeAttributeValue(zone.id(), zones.fields().indexOf("floors"), 5)
    saved = {layer.name(): layer.commitChanges() for layer in (parcels, zones)}
    project.clear()
    return {"layers": sorted(layers), "saved": saved}


def project(url):
    """The project of a view, as the share tool gives it: what it holds and how it is drawn."""
    with urlopen(f"{url}/qgis?layers=zones,parcels&lang=en&bbox={_degrees_of(url)}") as answer:
        Path("view.qgs").write_bytes(answer.read())
    project = QgsProject.instance()
    is_read = project.read("view.qgs")
    layers = project.mapLayers()
    shown = [node.layerId() for node in project.layerTreeRoot().findLayers() if node.isVisible()]
    extent = project.viewSettings().defaultViewExtent()
    image = _picture([layers[name] for name in shown], extent, project.crs())
    colours = {image.pixelColor(x, y).name() for x in range(_PIXELS) for y in range(_PIXELS)}
    return {
        "is read": is_read,
        "crs": project.crs().authid(),
        "valid": sorted(name for name, layer in layers.items() if layer.isValid()),
        "shown": shown,
        "refs": _refs(layers["parcels_features"]),
        "colours": sorted(colours),
        "width": extent.width(),
    }


def _features(url, **options):
    told = " ".join(f"{name}='{value}'" for name, value in {"url": url, "typename": "parcels", **options}.items())
    layer = QgsVectorLayer(told, "parcels", "OAPIF")
    if not layer.isValid():
        raise SystemExit(f"QGIS does not open {told}: {layer.error().message()}")
    return layer


def _refs(layer, request=None):
    return sorted(feature["ref"] for feature in layer.getFeatures(request or QgsFeatureRequest()))


def _mercator_of(url):
    with urlopen(f"{url}/collections/parcels/items?crs=http://www.opengis.net/def/crs/EPSG/0/3857") as answer:
        rings = [one["geometry"]["coordinates"][0][0] for one in json.load(answer)["features"]]
    corners = [corner for ring in rings for corner in ring]
    east, north = [x for x, _ in corners], [y for _, y in corners]
    return QgsRectangle(min(east), min(north), max(east), max(north)).buffered(20)


def _degrees_of(url):
    with urlopen(f"{url}/collections/parcels/items") as answer:
        corners = [corner for one in json.load(answer)["features"] for corner in one["geometry"]["coordinates"][0][0]]
    west, east = min(lon for lon, _ in corners), max(lon for lon, _ in corners)
    south, north = min(lat for _, lat in corners), max(lat for _, lat in corners)
    return f"{west},{south},{east},{north}"


def _picture(layers, extent, crs):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(crs)
    settings.setOutputSize(QSize(_PIXELS, _PIXELS))
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


if __name__ == "__main__":
    application = QgsApplication([], False)
    application.initQgis()
    tasks = {"pages": pages, "filtered": filtered, "tiles": tiles, "edited bundle": edited_bundle, "project": project}
    told = tasks[sys.argv[1]](sys.argv[2])
    sys.stdout.write(json.dumps(told) + "\n")
    application.exitQgis()
