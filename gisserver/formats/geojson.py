"""GeoJSON (RFC 7946), the answer where nothing else is asked for."""

import json
from collections.abc import Iterator

from gisserver.formats import ChangeLinks, FeatureFormat, Links, Paged
from gisserver.formats._collection import collection
from layers.core.changes import ChangesQuery, Span, change_text, read_page_of_changes
from layers.core.query import FeatureQuery, feature_text, read_feature
from layers.core.store import Connection
from layers.core.words import Title


def write(connection: Connection, query: FeatureQuery, links: Links) -> Iterator[str]:
    """A FeatureCollection."""
    return collection(connection, query, links, feature_text, {})


def changes(connection: Connection, query: ChangesQuery, span: Span, links: ChangeLinks) -> Iterator[str]:
    """A page: each change is a feature of its own, so that a map shows where something happened."""
    texts, after = read_page_of_changes(connection, query.about, span, query.after, change_text)
    told = {
        "from": span.first,
        "to": span.last,
        "numberReturned": len(texts),
        "links": links(span, after),
    }
    head = json.dumps({"type": "FeatureCollection", **told}, ensure_ascii=False)
    yield f'{head[:-1]},"features":[{",".join(texts)}]}}'


FORMAT = FeatureFormat(
    word="json",
    title=Title("GeoJSON", "GeoJSON"),
    media_type="application/geo+json",
    suffix="geojson",
    how=Paged(write),
    also=("application/json",),
    profiles=("rfc7946",),
    item=read_feature,
    changes=changes,
)
