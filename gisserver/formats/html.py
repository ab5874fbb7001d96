"""HTML: a page with map, table, filter and downloads, for whoever comes with a browser."""

from gisserver.formats import FeatureFormat, Shown
from layers.core.query import FeatureQuery, FoundFeature, read_feature
from layers.core.query.output import attributes_text
from layers.core.store import Connection
from layers.core.words import Title


def item(connection: Connection, query: FeatureQuery, feature_id: str) -> FoundFeature | None:
    """What the page says of one feature; its map asks for the shape."""
    return read_feature(connection, query, feature_id, attributes_text)


FORMAT = FeatureFormat(
    word="html",
    title=Title("Web sayfası", "Web page"),
    media_type="text/html",
    suffix="html",
    how=Shown(),
    item=item,
)
