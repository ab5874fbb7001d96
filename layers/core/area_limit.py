"""How far a registered area may lie from the computed one: one regulation per entry, old ones beside today's."""

import datetime
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from layers.core.words import Title


class AreaLimitError(Exception):
    """The profile's regulations about areas cannot be."""


class Method(StrEnum):
    """How a regulation reckons the limit."""

    BRACKETS = "brackets"
    """Cumulative: each part of the area adds by its own rate."""
    ROOT_OF_SCALE = "root_of_scale"
    """a·√(M·F) + b·F, for areas worked out from coordinates."""
    SCALE = "scale"
    """a·M·√F + b·F, for areas taken from the map sheet."""
    CORNERS = "corners"
    """½·m·Σ|P(i+1) − P(i−1)|: every corner off by the point accuracy, in the worst direction."""


@dataclass(frozen=True)
class AreaBracket:
    """The part of an area up to a size, and the share of that part by which an area may differ."""

    up_to_m2: float
    rate: float


@dataclass(frozen=True)
class AreaLimit:
    """One regulation."""

    id: str
    title: Title
    valid_from: datetime.date
    method: Method
    source: str
    is_confirmed: bool
    """False while the figures were not read in the gazette itself: then it only warns."""
    brackets: tuple[AreaBracket, ...] = ()
    rates: tuple[float, float] = (0.0, 0.0)

    def of(self, area_m2: float, *, scale: int = 0, corners_m: float = 0.0) -> float:
        """The allowed difference in m²; `corners_m` is ½·m·Σ|P(i+1) − P(i−1)|."""
        root, share = self.rates
        match self.method:
            case Method.BRACKETS:
                return _cumulative(area_m2, self.brackets)
            case Method.ROOT_OF_SCALE:
                return root * math.sqrt(scale * area_m2) + share * area_m2
            case Method.SCALE:
                return root * scale * math.sqrt(area_m2) + share * area_m2
            case Method.CORNERS:
                return corners_m


@dataclass(frozen=True)
class AreaLimitChoice:
    """Which features another regulation than today's applies to: those whose field fits the pattern."""

    field: str
    pattern: str
    limit_id: str
    scale: int = 0

    def fits(self, attributes: Mapping[str, Any]) -> bool:
        """The whole value has to fit."""
        value = attributes.get(self.field)
        return value is not None and re.fullmatch(self.pattern, str(value)) is not None


@dataclass(frozen=True)
class AreaLimits:
    """All regulations of a place, and where an older one still counts."""

    limits: tuple[AreaLimit, ...] = ()
    choices: tuple[AreaLimitChoice, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.limits)

    def named(self, limit_id: str) -> AreaLimit:
        """KeyError where there is none of that name."""
        for limit in self.limits:
            if limit.id == limit_id:
                return limit
        raise KeyError(limit_id)

    def in_force(self, day: datetime.date) -> AreaLimit | None:
        """The newest one of that day; of several of one day the first."""
        begun = [limit for limit in self.limits if limit.valid_from <= day]
        return max(begun, key=lambda limit: limit.valid_from, default=None)

    def chosen(self, attributes: Mapping[str, Any], day: datetime.date) -> tuple[AreaLimit, int] | None:
        """The regulation for a feature, and the scale of its map sheet (0 where that does not matter)."""
        for choice in self.choices:
            if choice.fits(attributes):
                return self.named(choice.limit_id), choice.scale
        today = self.in_force(day)
        return (today, 0) if today else None


def parse_area_limits(limits: Sequence[Mapping[str, Any]], choices: Sequence[Mapping[str, Any]]) -> AreaLimits:
    """From the profile's tables `area_limits` and `area_limit_choices`. Raises AreaLimitError, KeyError."""
    parsed = AreaLimits(
        tuple(_limit(table) for table in limits),
        tuple(
            AreaLimitChoice(table["field"], table["pattern"], table["limit"], int(table.get("scale", 0)))
            for table in choices
        ),
    )
    for choice in parsed.choices:
        _check_choice(choice, parsed)
    return parsed


def _limit(table: Mapping[str, Any]) -> AreaLimit:
    if table["method"] not in list(Method):
        raise AreaLimitError(f"area_limits: the methods are {', '.join(Method)}, not {table['method']!r}.")
    brackets = tuple(AreaBracket(float(up_to), float(rate)) for up_to, rate in table.get("brackets", ()))
    if list(brackets) != sorted(brackets, key=lambda bracket: bracket.up_to_m2):
        raise AreaLimitError(f"area_limits: the brackets of {table['id']!r} must be ordered by size.")
    root, share = table.get("rates", (0.0, 0.0))
    return AreaLimit(
        id=table["id"],
        title=Title(table["title"]["tr"], table["title"]["en"]),
        valid_from=table["valid_from"],
        method=Method(table["method"]),
        source=table["source"],
        is_confirmed=bool(table["confirmed"]),
        brackets=brackets,
        rates=(float(root), float(share)),
    )


def _check_choice(choice: AreaLimitChoice, known: AreaLimits) -> None:
    try:
        limit = known.named(choice.limit_id)
        re.compile(choice.pattern)
    except KeyError as cause:
        raise AreaLimitError(f"area_limit_choices: there is no area limit {choice.limit_id!r}.") from cause
    except re.error as cause:
        raise AreaLimitError(f"area_limit_choices: {choice.pattern!r} is no regular expression: {cause}.") from cause
    if limit.method in (Method.ROOT_OF_SCALE, Method.SCALE) and choice.scale <= 0:
        raise AreaLimitError(f"area_limit_choices: {choice.limit_id!r} needs the scale of the map sheet.")


def _cumulative(area_m2: float, brackets: Sequence[AreaBracket]) -> float:
    limit, done = 0.0, 0.0
    for bracket in brackets:
        part = min(area_m2, bracket.up_to_m2) - done
        if part <= 0:
            break
        limit += part * bracket.rate
        done += part
    return limit
