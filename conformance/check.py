"""What a file of classes/ declares: a conformance class, and one check for each of its requirements."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from conformance.service import Service

Run = Callable[[Service], Iterable[str]]
"""Yields a sentence for each thing that is not as the requirement wants it."""


class NothingToTry(Exception):
    """The service holds nothing that this requirement could be tried on."""


@dataclass(frozen=True)
class Check:
    """One requirement, in one sentence, and how a service is tried by it."""

    requirement: str
    sentence: str
    run: Run


def requirement(name: str, sentence: str) -> Callable[[Run], Check]:
    """Make a check of the function below."""
    return lambda run: Check(name, sentence, run)


@dataclass(frozen=True)
class ConformanceClass:
    """A class as /conformance names it; the checks of its file are its own."""

    uri: str
    module: str

    @property
    def checks(self) -> tuple[Check, ...]:
        """In the order of the file."""
        return tuple(value for value in vars(sys.modules[self.module]).values() if isinstance(value, Check))
