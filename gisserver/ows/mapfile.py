"""What MapServer is told of the pool: every layer that a reader may see, with only the fields that they may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import column, select, table

from gisserver.ows.symbols import SCALE_AT_ZOOM_0, classes_of, symbols
from gisserver.ows.words import block, quoted, setting
from gisserver.style import drawing_of
from layers.core.crs import offered
from layers.core.layer import Layer, Shape
from layers.core.profile import Profile
from layers.core.query import ReadableLayer
from layers.core.query.parameters import LIMIT_MOST

MOST_PIXELS = 4096
"""Of a side of a picture."""
_TYPES = {Shape.POINT: "POINT", Shape.LINES: "LINE", Shape.POLYGONS: "POLYGON"}


@dataclass(frozen=True)
class Reader:
    """For whom a mapfile is."""

    profile: Profile
    layers: Sequence[ReadableLayer]
    language: str
    fonts: str
    """File that lists typefaces."""


def mapfile(reader: Reader) -> str:
    """The whole file."""
    return "\n".join(block("MAP", *_map(reader))) + "\n"


def shown_until(layer: Layer) -> float:
    """The scale from which on a layer's features are drawn; further out they would be a blot."""
    return SCALE_AT_ZOOM_0 / (1 << layer.zooms.start)


def _map(reader: Reader) -> Iterator[str]:
    profile = reader.profile
    envelope = " ".join(f"{side:.3f}" for side in profile.envelope.bounds)
    yield from (
        setting("NAME", "pool"),
        f"EXTENT {envelope}",
        "UNITS METERS",
        "SIZE 800 600",
        f"MAXSIZE {MOST_PIXELS}",
        "IMAGETYPE PNG",
        'IMAGECOLOR "#ffffff"',
        setting("FONTSET", reader.fonts),
        setting("SHAPEPATH", "/nonexistent"),
    )
    yield from _projection(profile.storage_srid)
    yield from _formats()
    yield from symbols()
    yield from block("WEB", *block("METADATA", *_about_service(reader)))
    yield from block("LEGEND", "STATUS ON", "KEYSIZE 20 12", *block("LABEL", 'FONT "sans"', "SIZE 9", "COLOR 23 33 43"))
    for readable in reader.layers:
        yield from block("LAYER", *_layer(readable, reader.language))


def _projection(srid: int) -> list[str]:
    return block("PROJECTION", quoted(f"init=epsg:{srid}"))


def _formats() -> Iterator[str]:
    yield from block(
        "OUTPUTFORMAT", 'NAME "geojson"', 'DRIVER "OGR/GEOJSON"', 'MIMETYPE "application/json; subtype=geojson"',
        'FORMATOPTION "STORAGE=stream"', 'FORMATOPTION "FORM=SIMPLE"', 'FORMATOPTION "LCO:COORDINATE_PRECISION=7"',
    )  # fmt: skip


def _about_service(reader: Reader) -> Iterator[str]:
    title = reader.profile.title(reader.language)
    # The first is that of answers where nothing is said.
    srids = dict.fromkeys((reader.profile.storage_srid, *(crs.srid for crs in offered(reader.profile))))
    codes = " ".join(f"EPSG:{srid}" for srid in srids)
    told = {
        "ows_title": title,
        "ows_abstract": ", ".join((title, *reader.profile.credits)),
        "ows_srs": codes,
        "ows_enable_request": "*",
        "ows_fees": "none",
        "ows_accessconstraints": "none",
        "wms_getmap_formatlist": "image/png,image/jpeg",
        "wms_feature_info_mime_type": "text/plain",
        "wms_getfeatureinfo_formatlist": "geojson,text/plain,application/vnd.ogc.gml",
        "wfs_getfeature_formatlist": "geojson",
        "wfs_maxfeatures": str(LIMIT_MOST),
        "wfs_compute_number_matched": "false",
        "wfs_namespace_prefix": "pool",
        "wfs_namespace_uri": "urn:gisserver:pool",
    }
    yield from (setting(quoted(name), value) for name, value in told.items())


def _layer(readable: ReadableLayer, language: str) -> Iterator[str]:
    layer = readable.layer
    yield from (
        setting("NAME", layer.id),
        f"TYPE {_TYPES[layer.shape]}",
        "STATUS ON",
        "CONNECTIONTYPE POSTGIS",
        # Server, user and who is asking are in the environment of each process.
        setting("CONNECTION", "connect_timeout=5"),
        setting("DATA", _data(readable)),
        setting("TEMPLATE", "none"),  # without one nothing can be asked of a place
        f"MAXSCALEDENOM {shown_until(layer):.0f}",
        f"EXTENT {' '.join(f'{side:.3f}' for side in readable.profile.envelope.bounds)}",
    )
    yield from _projection(readable.storage.srid)
    yield from block("METADATA", *_about_layer(readable, language))
    yield from classes_of(layer, drawing_of(layer), readable.profile, language)


def _data(readable: ReadableLayer) -> str:
    """In a lasting order, so that pages of a WFS neither repeat nor leave out; conditions get inside of it."""
    names = dict.fromkeys(("id", "uid", "geom", *readable.names))
    rows = table(readable.layer.id, *map(column, names), schema=readable.layer.table.schema)
    text = str(select(*rows.c).order_by(rows.c.id))
    return f"geom from ({' '.join(text.split())}) as shown using unique id using srid={readable.storage.srid}"


def _about_layer(readable: ReadableLayer, language: str) -> Iterator[str]:
    layer = readable.layer
    told = {
        "ows_title": layer.title.in_language(language),
        "ows_abstract": layer.description.in_language(language),
        "gml_featureid": "uid",
        "gml_include_items": ",".join(readable.names),
        "gml_types": "auto",
        "gml_geometries": "geom",
        "gml_geom_type": {Shape.POINT: "point", Shape.LINES: "multiline", Shape.POLYGONS: "multipolygon"}[layer.shape],
        "gml_geom_occurances": "1,1",
        "wms_include_items": ",".join(readable.names),
    }
    yield from (setting(quoted(name), value) for name, value in told.items())
