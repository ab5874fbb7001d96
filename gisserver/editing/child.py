"""The process in which edits are checked: a shape that breaks the geometry library ends this and nothing else.

It reads orders line by line, answers each with a line before the next is sent, and ends when nobody has asked for a
while.
"""

import logging
import os
import resource
import select
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError

from gisserver.editing.order import DATABASE, PROFILE, Became, Order, Outcome
from gisserver.editing.work import work
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.store import NOT_PERMITTED, Store

IDLE_SECONDS = 300
MOST_MEMORY_BYTES = 4 << 30

_log = logging.getLogger(__name__)


def main() -> None:
    """Until the web process goes or nothing is asked for long."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    registry, profile = Registry.of_folder(), load_profile(Path(os.environ[PROFILE]))
    with closing(Store(os.environ[DATABASE], pool_size=1)) as store:
        while select.select([sys.stdin], [], [], IDLE_SECONDS)[0] and (line := sys.stdin.readline()):
            order = Order.parse(line)
            try:
                outcome = work(store, registry, profile, order)
            except DBAPIError as error:
                outcome = _refused_by_the_database(error, order)
            except Exception:
                _log.exception("edit failed")
                outcome = Outcome(Became.BROKEN)
            sys.stdout.write(outcome.line)
            sys.stdout.flush()


def _refused_by_the_database(error: DBAPIError, order: Order) -> Outcome:
    if getattr(error.orig, "pgcode", None) == NOT_PERMITTED:
        _log.warning("refused by the database: %s", asdict(order.actor))
        return Outcome(Became.NOT_YOURS)
    _log.exception("the database does not answer as it should")
    return Outcome(Became.AWAY if isinstance(error, OperationalError) else Became.BROKEN)


if __name__ == "__main__":
    main()
