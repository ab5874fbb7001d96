"""What is made while its taker is busy with something else."""

import threading
from collections.abc import Iterator

import pytest

from importers.ahead import made_ahead


def numbers(made: list[int], upto: int) -> Iterator[int]:
    for number in range(1, upto + 1):
        made.append(number)
        yield number


def test_making_begins_before_anything_is_taken_and_stays_within_its_lead():
    made: list[int] = []
    is_made = threading.Event()

    def watched() -> Iterator[int]:
        for number in numbers(made, 100):
            if number == 4:
                is_made.set()
            yield number

    with made_ahead(watched(), most=4) as items:
        assert is_made.wait(timeout=10)
        assert made == [1, 2, 3, 4]
        assert next(items) == 1
        assert list(items) == list(range(2, 101))


def test_what_goes_wrong_is_raised_where_it_is_taken():
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("the second")

    with made_ahead(broken(), most=3) as items:
        assert next(items) == 1
        with pytest.raises(ValueError, match="the second"):
            next(items)


def test_who_gives_up_leaves_no_thread_behind():
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError), made_ahead(numbers([], 1_000), most=2) as items:
        next(items) / 0
    assert threading.active_count() == before
