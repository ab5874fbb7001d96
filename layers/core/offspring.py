"""Processes started for a piece of work end with the one that started them, also where that one is killed."""

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """Called first in such a process; left alone, it would wait for work for ever."""
    threading.Thread(target=_wait_and_end, name="end-with-parent", daemon=True).start()


def _wait_and_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
