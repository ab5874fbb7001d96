"""The process in which libraries write a file: what they take of memory and time is not the web's, and it can be ended.

It reads orders from its input, a line each, and answers each with one word.
"""

import os
import resource
import signal
import sys
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from gisserver.bundle.write import Bundle, write_bundle
from gisserver.downloads.order import BUNDLE, Order
from gisserver.formats import whole_formats, write_file
from layers.core.profile import load_profile
from layers.core.query import (
    FeatureQuery,
    ReadableLayer,
    TooExpensive,
    WrongQuery,
    at_epoch,
    end_with_connection,
    limit_time,
    within_reason,
)
from layers.core.registry import Registry
from layers.core.store import Store

_BEHIND_THE_WEB = 5
"""So much nicer than the processes that answer short questions."""


class Outcome(StrEnum):
    """What became of an order."""

    MADE = "made"
    TOO_EXPENSIVE = "too_expensive"
    NOT_RECKONED = "not_reckoned"
    TOO_LARGE = "too_large"


class Room:
    """How large a file may become; the kernel tells when one would grow beyond, whatever its library makes of that."""

    def __init__(self, most_bytes: int) -> None:
        self.is_used_up = False
        signal.signal(signal.SIGXFSZ, self._note)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    def _note(self, _number: int, _frame: object) -> None:
        self.is_used_up = True


def main() -> None:
    """One after the other; what surprises us is told in the log and by the exit code."""
    os.nice(_BEHIND_THE_WEB)
    for line in sys.stdin:
        order = Order.parse(line)
        print(outcome(order, Room(order.most_bytes)), flush=True)  # noqa: T201


def outcome(order: Order, room: Room) -> Outcome:
    """Write the file, or say why not."""
    try:
        write(order)
    except TooExpensive:
        return Outcome.TOO_EXPENSIVE
    except WrongQuery:
        return Outcome.NOT_RECKONED
    except Exception:
        if room.is_used_up:
            return Outcome.TOO_LARGE
        raise
    return Outcome.TOO_LARGE if room.is_used_up else Outcome.MADE


def write(order: Order) -> None:
    """With the rights of whoever asks, so that rows and fields are those of the GeoJSON answer."""
    if order.format == BUNDLE:
        _write_bundle(order)
        return
    declared = whole_formats()[order.format]
    layer = Registry.of_folder()[order.layer]
    met = ReadableLayer(layer, order.actor.audience, load_profile(Path(order.profile)))
    query = FeatureQuery.parse(order.arguments, met, declared.unsaid(met))
    with closing(Store(order.database_url, pool_size=1)) as store, store.reading(order.actor) as connection:
        current = limit_time(connection, order.query_seconds)
        end_with_connection(connection)
        with within_reason(order.query_seconds):
            write_file(declared, connection, at_epoch(query, current), order.path)


def _write_bundle(order: Order) -> None:
    if order.district_id is None:
        raise ValueError("A bundle is of one district.")
    profile, audience = load_profile(Path(order.profile)), order.actor.audience
    wanted = Bundle(profile, order.district_id, audience, order.arguments["language"], order.path.name)
    with closing(Store(order.database_url, pool_size=1)) as store, store.reading(order.actor) as connection:
        end_with_connection(connection)
        write_bundle(connection, Registry.of_folder(), wanted, order.path)


if __name__ == "__main__":
    main()
