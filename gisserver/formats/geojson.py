"""GeoJSON (RFC 7946), the answer where nothing else is asked for."""

from collections.abc import Iterator

from gisserver.formats import FeatureFormat, Links, Paged
from gisserver.formats._collection import collection
from layers.core.query import FeatureQuery, feature_text, read_feature
from layers.core.store import Connection
from layers.core.words import Title


def write(connection: Connection, query: FeatureQuery, links: Links) -> Iterator[str]:
    """A FeatureCollection."""
    return collection(connection, query, links, feature_text, {})


FORMAT = FeatureFormat(
    word="json",
    title=Title("GeoJSON", "GeoJSON"),
    media_type="application/geo+json",
    suffix="geojson",
    how=Paged(write),
    also=("application/json",),
    profiles=("rfc7946",),
    item=read_feature,
)
