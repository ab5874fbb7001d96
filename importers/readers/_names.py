"""Columns of one name, told apart."""

from collections.abc import Iterable


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names as they stand; one that was there before carries its place, counted from 1."""
    told: list[str] = []
    for place, name in enumerate(names, start=1):
        told.append(f"{name} ({place})" if name in told else name)
    return tuple(told)
