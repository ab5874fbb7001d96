"""GeoPackage: one file with an index by place, for desktop GIS."""

from pathlib import Path

from gisserver.formats import FeatureFormat, Filed
from gisserver.formats._ogr import write_by_gdal
from layers.core.query import FeatureQuery
from layers.core.store import Connection
from layers.core.words import Title


def write(connection: Connection, query: FeatureQuery, target: Path) -> None:
    """One layer."""
    title = query.readable.layer.title.in_language(query.readable.profile.languages[0])
    options = {"GEOMETRY_NAME": "geom", "IDENTIFIER": title}
    write_by_gdal(connection, query, target, "GPKG", options)


FORMAT = FeatureFormat(
    word="gpkg",
    title=Title("GeoPackage", "GeoPackage"),
    media_type="application/geopackage+sqlite3",
    suffix="gpkg",
    how=Filed(write),
)
