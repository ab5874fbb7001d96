"""FlatGeobuf: quick to write and to read, without an index by place."""

from pathlib import Path

from gisserver.formats import FeatureFormat, Filed
from gisserver.formats._ogr import write_by_gdal
from layers.core.query import FeatureQuery
from layers.core.store import Connection
from layers.core.words import Title


def write(connection: Connection, query: FeatureQuery, target: Path) -> None:
    """In the order asked for, which an index would change."""
    write_by_gdal(connection, query, target, "FlatGeobuf", {"SPATIAL_INDEX": "NO"})


FORMAT = FeatureFormat(
    word="fgb",
    title=Title("FlatGeobuf", "FlatGeobuf"),
    media_type="application/flatgeobuf",
    suffix="fgb",
    how=Filed(write),
)
