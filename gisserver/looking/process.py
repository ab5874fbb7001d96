"""The process that looks at one file: started, given its order, and ended when nobody waits any more."""

import logging
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

from gisserver.looking.order import Head, Order

PATIENCE_S = 120
Watch = Callable[[Callable[[], object]], AbstractContextManager[None]]
"""While its body runs, calls what it is given once nobody waits."""
_COMMAND = (sys.executable, "-m", "gisserver.looking.child")
_log = logging.getLogger(__name__)


class NotLookedAt(Exception):
    """The process ended without an answer, or took too long."""


def looked_at(order: Order, watch: Watch) -> tuple[Head, str]:
    """What was found, and the body of the answer as JSON. Raises NotLookedAt."""
    pipe = subprocess.PIPE
    with subprocess.Popen(_COMMAND, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as process:
        try:
            with watch(process.kill):
                said, _nothing = process.communicate(f"{order.words}\n", timeout=PATIENCE_S)
        except subprocess.TimeoutExpired as cause:
            raise NotLookedAt from cause
        finally:
            process.kill()
    if process.returncode != 0:
        _log.warning("the process that looked at a file ended with %d", process.returncode)
        raise NotLookedAt
    head, _, body = said.partition("\n")
    return Head.parse(head), body.strip()
