"""Python's search for objects that hold each other."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW_OBJECTS = 100_000
ROUNDS = 20


@contextmanager
def rarely_sought() -> Iterator[None]:
    """A check makes millions of objects and hardly one in a cycle: the usual search takes a fifth of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS, ROUNDS, ROUNDS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
