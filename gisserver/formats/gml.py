"""GML 3.2: coordinates in the order that the registry gives the system's axes."""

from pathlib import Path

from gisserver.formats import FeatureFormat, Filed
from gisserver.formats._ogr import write_by_gdal
from layers.core.query import FeatureQuery
from layers.core.store import Connection
from layers.core.words import Title

_OPTIONS = {
    "FORMAT": "GML3.2",
    "XSISCHEMA": "OFF",  # a schema would be a second file
    "SRSNAME_FORMAT": "OGC_URL",
    "PREFIX": "pool",
    "TARGET_NAMESPACE": "urn:gisserver:pool",
}


def write(connection: Connection, query: FeatureQuery, target: Path) -> None:
    """A FeatureCollection."""
    write_by_gdal(connection, query, target, "GML", dataset_options=_OPTIONS)


FORMAT = FeatureFormat(
    word="gml",
    title=Title("GML 3.2", "GML 3.2"),
    media_type="application/gml+xml;version=3.2",
    suffix="gml",
    how=Filed(write),
    also=("application/gml+xml",),
)
