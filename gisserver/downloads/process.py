"""The process in which a library writes files: started, told what to write, and ended when nobody wants it any more."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from gisserver.downloads.order import Order

Watch = Callable[[Callable[[], object]], AbstractContextManager[None]]
"""While its body runs, calls what it is given once the file is wanted no more."""
_COMMAND = (sys.executable, "-m", "gisserver.downloads.child")
Process = subprocess.Popen[str]


def written_apart(order: Order, seconds: int, watch: Watch) -> str:
    """The one word with which the process ends; empty where it could not say one. Raises TimeoutExpired."""
    with _started() as process, watch(process.kill):
        said, _nothing = process.communicate(f"{order.words}\n", timeout=seconds)
    return said.strip()


class Writer:
    """One process for many orders, so that small files do not cost a start each; a new one where it has ended."""

    def __init__(self) -> None:
        self._process: Process | None = None

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_trouble: object) -> None:
        self.stop()

    def write(self, order: Order, watch: Watch) -> str:
        """The word with which the process answers; empty where it could not say one."""
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = _process()
        process = self._process
        if process.stdin is None or process.stdout is None:
            return ""
        with watch(process.kill), suppress(BrokenPipeError):
            process.stdin.write(f"{order.words}\n")
            process.stdin.flush()
            return process.stdout.readline().strip()
        return ""

    def stop(self) -> None:
        """At once."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@contextmanager
def _started() -> Iterator[Process]:
    with _process() as process:
        try:
            yield process
        finally:
            process.kill()


def _process() -> Process:
    # The importers' rules for GDAL, which opens no strangers' files here, would take formats away.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OGR_", "GML_"))}
    pipe = subprocess.PIPE
    return subprocess.Popen(_COMMAND, env=environment, stdin=pipe, stdout=pipe, text=True)
