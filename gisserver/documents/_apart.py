"""pyHanko brings an event loop of its own, which cannot run where another one does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")


def in_own_thread(work: Callable[[], Made]) -> Made:
    """What the work returns or raises."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()
