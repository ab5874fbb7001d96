"""KML for globes; it knows degrees with longitude first and nothing else."""

from pathlib import Path

from gisserver.formats import FeatureFormat, Filed
from gisserver.formats._ogr import write_by_gdal
from layers.core.crs import CRS84
from layers.core.query import FeatureQuery, WrongQuery
from layers.core.query.refusals import CHOICE
from layers.core.store import Connection
from layers.core.words import Title


def check(query: FeatureQuery) -> None:
    """Raises WrongQuery."""
    if query.crs != CRS84:
        raise WrongQuery("crs", CHOICE, name="crs", known=CRS84.uri)


def write(connection: Connection, query: FeatureQuery, target: Path) -> None:
    """GDAL has two drivers; this one does not gather the whole document in memory."""
    label = query.readable.layer.label
    names = {"NameField": query.name_told(label)} if label in query.names else {}
    write_by_gdal(connection, query, target, "KML", dataset_options=names)


FORMAT = FeatureFormat(
    word="kml",
    title=Title("KML", "KML"),
    media_type="application/vnd.google-earth.kml+xml",
    suffix="kml",
    how=Filed(write, check),
)
