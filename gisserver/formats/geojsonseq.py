"""GeoJSON text sequence (RFC 8142): one feature after the other, so that a reader need not wait for the end."""

from collections.abc import Iterator

from gisserver.formats import FeatureFormat, Streamed
from layers.core.query import FeatureQuery, feature_text, read_rows
from layers.core.store import Connection
from layers.core.words import Title


def write(connection: Connection, query: FeatureQuery) -> Iterator[bytes]:
    """Each feature stands between a record separator and a line's end."""
    for block in read_rows(connection, query, lambda rows, asked: [feature_text(rows, asked)]):
        yield ("\x1e" + "\n\x1e".join(row[0] for row in block) + "\n").encode()


FORMAT = FeatureFormat(
    word="geojsonseq",
    title=Title("GeoJSON dizisi (RFC 8142)", "GeoJSON sequence (RFC 8142)"),
    media_type="application/geo+json-seq",
    suffix="geojsons",
    how=Streamed(write),
)
