"""The algebra of three sides: base is what was agreed last, ours is in the pool, theirs is in the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from shapely.geometry.base import BaseGeometry

SHAPE = "geom"
FEATURE = "feature"
"""Parts of a feature beside its fields: its shape, and whether there is such a feature at all."""

Alike = Callable[[BaseGeometry, BaseGeometry], bool]
"""Whether two shapes are one, surveyed twice."""


class Choice(StrEnum):
    """The side that a person takes."""

    OURS = "ours"
    THEIRS = "theirs"


Choices = Mapping[str, Choice]
"""Part -> the side chosen for it."""
UNDECIDED: Choices = MappingProxyType({})


@dataclass(frozen=True)
class State:
    """A feature as one side has it."""

    values: Mapping[str, Any]
    shape: BaseGeometry | None


NOTHING = State({}, None)


@dataclass(frozen=True)
class Sides:
    """One feature on three sides; None where a side does not have it."""

    base: State | None
    ours: State | None
    theirs: State | None


@dataclass(frozen=True)
class Merged:
    """What the sides come to."""

    state: State | None
    """Joined; parts that nobody has decided yet are as ours."""
    conflicts: tuple[str, ...] = ()
    """Parts that ours and theirs both changed, and not alike."""
    is_decided: bool = True
    """A side is chosen for each of these."""


def merge(sides: Sides, choices: Choices, alike: Alike) -> Merged:
    """Who alone has changed something has his way; where both have, a person chooses."""
    base, ours, theirs = sides.base, sides.ours, sides.theirs
    if same(theirs, base, alike) or same(theirs, ours, alike):
        return Merged(ours)
    if same(ours, base, alike):
        return Merged(theirs)
    if ours is None or theirs is None:
        chosen = choices.get(FEATURE)
        return Merged(theirs if chosen is Choice.THEIRS else ours, (FEATURE,), chosen is not None)
    return _by_parts(base or NOTHING, ours, theirs, choices, alike)


def same(one: State | None, other: State | None, alike: Alike) -> bool:
    """Whether two sides say the same of the feature."""
    if one is None or other is None:
        return one is other
    return one.values == other.values and _is_one_shape(one.shape, other.shape, alike)


def _by_parts(base: State, ours: State, theirs: State, choices: Choices, alike: Alike) -> Merged:
    values: dict[str, Any] = {}
    conflicts: list[str] = []
    for field in sorted({*base.values, *ours.values, *theirs.values}):
        before, here, there = (side.values.get(field) for side in (base, ours, theirs))
        if before != there != here != before:
            conflicts.append(field)
        takes_theirs = there != before and (here == before or choices.get(field) is Choice.THEIRS)
        value = there if takes_theirs else here
        if value is not None:
            values[field] = value
    shape, is_contested = _shape(base.shape, ours.shape, theirs.shape, choices, alike)
    if is_contested:
        conflicts.append(SHAPE)
    return Merged(State(values, shape), tuple(conflicts), all(part in choices for part in conflicts))


def _shape(
    base: BaseGeometry | None, ours: BaseGeometry | None, theirs: BaseGeometry | None, choices: Choices, alike: Alike
) -> tuple[BaseGeometry | None, bool]:
    if _is_one_shape(theirs, base, alike) or _is_one_shape(theirs, ours, alike):
        return ours, False
    if _is_one_shape(ours, base, alike):
        return theirs, False
    return theirs if choices.get(SHAPE) is Choice.THEIRS else ours, True


def _is_one_shape(one: BaseGeometry | None, other: BaseGeometry | None, alike: Alike) -> bool:
    if one is None or other is None:
        return one is other
    return alike(one, other)
