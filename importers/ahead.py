"""Making things while whoever takes them is busy with something else."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")


@contextmanager
def made_ahead(items: Iterator[Item], most: int) -> Iterator[Iterator[Item]]:
    """The items, made by a thread that begins at once and is never more than `most` ahead.

    What goes wrong in making one is raised where it is taken.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        begun = deque(thread.submit(next, items, None) for _ in range(most))
        try:
            yield _taken(items, begun, thread)
        finally:
            thread.shutdown(cancel_futures=True)


def _taken(items: Iterator[Item], begun: deque[Future[Item | None]], thread: ThreadPoolExecutor) -> Iterator[Item]:
    while (item := begun.popleft().result()) is not None:
        begun.append(thread.submit(next, items, None))
        yield item
