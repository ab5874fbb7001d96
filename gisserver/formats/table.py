"""CSV (RFC 4180) for spreadsheets; the mark at its beginning lets them see that the letters are UTF-8."""

from collections.abc import Iterator

from gisserver.formats import ChangeLinks, FeatureFormat, Streamed
from layers.core.changes import ChangesQuery, Span, change_line, change_names, read_changes
from layers.core.query import FeatureQuery, csv_line, csv_names, read_rows
from layers.core.store import Connection
from layers.core.words import Title

_UTF8 = "\ufeff"
_END = "\r\n"


def write(connection: Connection, query: FeatureQuery) -> Iterator[bytes]:
    """Names, then lines."""
    yield f"{_UTF8}{','.join(csv_names(query))}{_END}".encode()
    for block in read_rows(connection, query, lambda rows, asked: [csv_line(rows, asked)]):
        yield (_END.join(row[0] for row in block) + _END).encode()


def changes(connection: Connection, query: ChangesQuery, span: Span, _links: ChangeLinks) -> Iterator[str]:
    """One line for a change: what was, and beside it what is."""
    yield f"{_UTF8}{','.join(change_names(query.about))}{_END}"
    for block in read_changes(connection, query.about, span, change_line):
        yield _END.join(row[0] for row in block) + _END


FORMAT = FeatureFormat(
    word="csv",
    title=Title("Tablo (CSV)", "Table (CSV)"),
    media_type="text/csv",
    suffix="csv",
    how=Streamed(write),
    changes=changes,
)
