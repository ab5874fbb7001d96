"""What the values of a field may be: said by the layer's file, narrowed or widened by the profile."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from layers.core.words import Title


class AllowedError(Exception):
    """What is said of the values contradicts itself."""


@dataclass(frozen=True)
class Allowed:
    """Whatever is left empty is not limited."""

    least: float | None = None
    most: float | None = None
    one_of: tuple[str, ...] = ()
    is_class: bool = False
    """Its values are the keys of the layer's legend in the profile."""
    is_past: bool = False
    """A day or year that has come already."""
    pattern: str = ""
    """A regular expression that the whole value fits."""
    example: str = ""
    """A value that fits the pattern, for people."""
    means: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What people write -> the value they mean; for proposals only."""
    titles: Mapping[str, Title] = field(default_factory=dict, hash=False)
    """Value -> what people read in its place; of all that are listed, or of some where any word may stand."""

    def __post_init__(self) -> None:
        if self.least is not None and self.most is not None and self.least > self.most:
            raise AllowedError(f"least {self.least} is more than most {self.most}.")
        if self.pattern:
            _check_pattern(self.pattern, self.example)

    @property
    def has_range(self) -> bool:
        """At least one end is closed."""
        return self.least is not None or self.most is not None

    @property
    def is_listed(self) -> bool:
        """Only certain words may stand there."""
        return self.is_class or bool(self.one_of)

    def over(self, other: "Allowed") -> "Allowed":
        """What is said here, and the other's where nothing is."""
        own = {name: getattr(self, name) for name in _NAMES}
        return replace(other, **{name: value for name, value in own.items() if not _is_open(value)})


def listed(titles: Mapping[str, Title]) -> Allowed:
    """Only these words, each with its title."""
    return Allowed(one_of=tuple(titles), titles=titles)


_NAMES = tuple(part.name for part in fields(Allowed))
_IN_A_PROFILE = frozenset(_NAMES) - {"is_class", "is_past", "titles"}

ANYTHING = Allowed()


def parse_allowed(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Mapping[str, Mapping[str, Allowed]]:
    """The profile's table `allowed`: layer id -> field -> its values. Raises AllowedError."""
    allowed: dict[str, dict[str, Allowed]] = {}
    for layer, named in tables.items():
        for name, table in named.items():
            try:
                allowed.setdefault(layer, {})[name] = _parse(table)
            except AllowedError as cause:
                raise AllowedError(f"allowed.{layer}.{name}: {cause}") from cause
    return allowed


def _parse(table: Mapping[str, Any]) -> Allowed:
    if unknown := sorted(table.keys() - _IN_A_PROFILE):
        known = ", ".join(sorted(_IN_A_PROFILE))
        raise AllowedError(f"nothing is known of {', '.join(unknown)}; there are {known}.")
    return Allowed(**{**table, "one_of": tuple(table.get("one_of", ()))})


def _is_open(value: Any) -> bool:
    """A least of 0 is a limit."""
    return value is None or value is False or (not value and not isinstance(value, int | float))


def _check_pattern(pattern: str, example: str) -> None:
    try:
        fits = re.fullmatch(pattern, example)
    except re.error as cause:
        raise AllowedError(f"the pattern {pattern!r} is no regular expression: {cause}.") from cause
    if not fits:
        raise AllowedError(f"the example {example!r} does not fit the pattern {pattern!r}.")
