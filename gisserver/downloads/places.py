"""How many long answers are written at a time, and who stops them when nobody waits any more."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import cast

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import ClientDisconnected

from gisserver.errors import Refused
from gisserver.wsgi.caller import CALLER, Caller


class TooManyDownloads(Refused):
    """Every place for a long answer is taken."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class DownloadPlaces:
    """So that those who read whole layers leave threads and connections to those who read pages."""

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Raises TooManyDownloads at once: a queue of long answers would only be given up by its callers."""
        if not self._free.acquire(blocking=False):
            raise TooManyDownloads(
                _("Others are downloading or opening large files at the moment. Try again in a minute.")
            )
        try:
            yield
        finally:
            self._free.release()


@contextmanager
def stopped_with_caller(stop: Callable[[], object]) -> Iterator[None]:
    """While the body runs, `stop` is called when the caller of this request has left. Raises ClientDisconnected."""
    caller = cast(Caller | None, request.environ.get(CALLER))
    if caller is None:
        yield
        return
    try:
        with caller.at_departure(stop):
            yield
    except Exception as consequence:
        if caller.is_gone:
            raise ClientDisconnected from consequence
        raise
