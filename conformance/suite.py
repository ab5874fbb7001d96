"""All classes that have checks, and what comes of running them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import conformance.classes
from conformance.check import Check, ConformanceClass, NothingToTry
from conformance.service import NotAnswered, Service
from layers.core.registry import discover

MOST_TROUBLES = 5
"""Told of one check; one cause often shows in each collection."""


@dataclass(frozen=True)
class Result:
    """What one check found."""

    uri: str
    check: Check
    troubles: tuple[str, ...]
    asked: int
    """Requests it rests on."""
    untried: str | None = None
    """Why it could not be tried."""

    @property
    def word(self) -> str:
        """For tables."""
        return "not tried" if self.untried is not None else "no" if self.troubles else "yes"


def known_classes() -> dict[str, ConformanceClass]:
    """By address."""
    declared: Sequence[ConformanceClass] = discover(conformance.classes, "CLASS")
    return {one.uri: one for one in declared}


def walk(service: Service) -> Iterator[Result]:
    """Every check of each class that the service declares; a class without checks is a trouble too."""
    known = known_classes()
    for uri in service.declared:
        if uri not in known:
            yield Result(uri, NO_CHECKS, (f"{uri} is declared, and conformance/classes has no file for it",), 0)
            continue
        for check in known[uri].checks:
            yield run(service, uri, check)


def run(service: Service, uri: str, check: Check) -> Result:
    """One check; what is not answered at all is a trouble, and so is a check that asks nothing."""
    before = service.asked
    try:
        troubles = tuple(islice(check.run(service), MOST_TROUBLES))
    except (NotAnswered, LookupError, TypeError) as trouble:
        troubles = (f"{type(trouble).__name__}: {trouble}",)
    except NothingToTry as reason:
        return Result(uri, check, (), service.asked - before, str(reason))
    asked = service.asked - before
    return Result(uri, check, troubles, asked)


NO_CHECKS = Check("", "Each class that is declared is checked.", lambda _service: ())
