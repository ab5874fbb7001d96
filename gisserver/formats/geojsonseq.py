"""GeoJSON text sequence (RFC 8142): one feature after the other, so that a reader need not wait for the end."""

from collections.abc import Iterable, Iterator

from gisserver.formats import ChangeLinks, FeatureFormat, Streamed
from layers.core.changes import ChangesQuery, Span, change_text, read_changes
from layers.core.query import FeatureQuery, feature_text, read_rows
from layers.core.store import Connection
from layers.core.words import Title


def write(connection: Connection, query: FeatureQuery) -> Iterator[bytes]:
    """Each feature stands between a record separator and a line's end."""
    for block in read_rows(connection, query, lambda rows, asked: [feature_text(rows, asked)]):
        yield _sequence(row[0] for row in block).encode()


def changes(connection: Connection, query: ChangesQuery, span: Span, _links: ChangeLinks) -> Iterator[str]:
    """Each change stands where a feature would."""
    for block in read_changes(connection, query.about, span, change_text):
        yield _sequence(row[0] for row in block)


def _sequence(texts: Iterable[str]) -> str:
    return "\x1e" + "\n\x1e".join(texts) + "\n"


FORMAT = FeatureFormat(
    word="geojsonseq",
    title=Title("GeoJSON dizisi (RFC 8142)", "GeoJSON sequence (RFC 8142)"),
    media_type="application/geo+json-seq",
    suffix="geojsons",
    how=Streamed(write),
    changes=changes,
)
