"""Reading for one question: a snapshot, within the time a question gets, ended when nobody waits any more."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

from gisserver.access import actor
from gisserver.downloads.places import stopped_with_caller
from gisserver.service import service
from layers.core.query import limit_time, within_reason
from layers.core.store import Connection, cancel


@contextmanager
def reading(*, is_whole: bool) -> Iterator[tuple[Connection, int]]:
    """A connection and the newest publish it sees; who reads everything takes one of the places for downloads."""
    seconds = service().settings.query_seconds
    place = service().downloads.one() if is_whole else nullcontext()
    with (
        place,
        service().store.reading(actor()) as connection,
        within_reason(seconds),
        stopped_with_caller(partial(cancel, connection)),
    ):
        yield connection, limit_time(connection, seconds)
