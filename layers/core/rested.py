"""Connections that have rested are looked at before they are used again; those just used are taken as they are."""

import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

_RESTED_S = 1.0
_SINCE = "rests_since"


def look_at_rested(engine: Engine) -> None:
    """A database that was started anew is noticed without a question of its own before each transaction."""
    dialect = engine.dialect

    @event.listens_for(engine, "checkin")
    def rest(_connection: Any, record: Any) -> None:
        record.info[_SINCE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def look(connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get(_SINCE)
        if since is None or time.monotonic() - since < _RESTED_S:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as cause:
            raise InvalidatePoolError from cause
