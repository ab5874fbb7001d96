"""JSON-FG (OGC 21-045): GeoJSON that keeps shapes in their own system and says since when a feature is valid."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gisserver.formats import FeatureFormat, Links, Paged
from gisserver.formats._collection import collection
from layers.core.layer import Shape
from layers.core.query import FeatureQuery, FoundFeature, PageEnd, jsonfg_text, read_feature
from layers.core.store import Connection
from layers.core.words import Title

CONFORMS_TO = (
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/core",
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas",
)
_PROFILE = "http://www.opengis.net/def/profile/OGC/0/"
_DIMENSIONS = {Shape.POINT: 0, Shape.LINES: 1, Shape.POLYGONS: 2}


def write(connection: Connection, query: FeatureQuery, links: Links) -> Iterator[str]:
    """A FeatureCollection that says once what holds for each of its features."""

    def with_profile(end: PageEnd) -> list[dict[str, str]]:
        return [*links(end), profile_link(query)]

    return collection(connection, query, with_profile, jsonfg_text, about(query))


def item(connection: Connection, query: FeatureQuery, feature_id: str) -> FoundFeature | None:
    """One feature, a document of its own."""
    feature = read_feature(connection, query, feature_id, jsonfg_text)
    return feature and feature._replace(text=f"{feature.text[:-1]},{json.dumps(about(query))[1:]}")


def about(query: FeatureQuery) -> Mapping[str, Any]:
    """Of a document's root."""
    return {
        "conformsTo": CONFORMS_TO,
        "featureType": query.readable.layer.id,
        "geometryDimension": _DIMENSIONS[query.readable.layer.shape],
        "coordRefSys": query.crs.uri,
    }


def profile_link(query: FeatureQuery) -> dict[str, str]:
    """How much of JSON-FG a document has."""
    return {"rel": "profile", "href": f"{_PROFILE}{query.profile or 'jsonfg'}"}


FORMAT = FeatureFormat(
    word="jsonfg",
    title=Title("JSON-FG (özgün koordinat sisteminde)", "JSON-FG (in the original coordinate system)"),
    # Its own type and not GeoJSON's, by which clients find the links to GeoJSON.
    media_type="application/fg+json",
    suffix="json",
    how=Paged(write),
    also=("application/vnd.ogc.fg+json",),
    profiles=("jsonfg", "jsonfg-plus"),
    item=item,
    is_native=True,
)
