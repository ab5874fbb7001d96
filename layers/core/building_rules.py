"""What building regulations say of parcels and buildings where a plan is silent."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class BuildingRuleError(Exception):
    """The profile's table `building` cannot be."""


@dataclass(frozen=True)
class SmallestParcel:
    """The least width and depth of a parcel of certain uses."""

    uses: frozenset[str]
    """Keys of the zoning legend."""
    width_m: float
    depth_m: float
    storeys_up_to: int | None = None
    """None for any number of storeys, also an unknown one."""
    orders: frozenset[str] = frozenset()
    """Folded building orders; empty for any."""
    side_gardens: int = 0
    """How many side setbacks are added to the width."""
    has_front_garden: bool = False
    """True where the front setback is added to the depth."""

    def fits(self, use: str | None, storeys: float | None, order: str) -> bool:
        """A number of storeys that nobody knows fits only an entry for any number."""
        if use not in self.uses or (self.orders and order not in self.orders):
            return False
        return self.storeys_up_to is None or (storeys is not None and storeys <= self.storeys_up_to)


@dataclass(frozen=True)
class BuildingRules:
    """Empty where the place has no such rules."""

    smallest_parcels: tuple[SmallestParcel, ...] = ()
    """The first that fits counts."""
    storey_m: tuple[float, float] | None = None
    """Least and most height of a storey, for plausibility."""
    plan_number_since: datetime.date | None = None
    """Plans approved from this day on carry a number of the ministry's register."""
    plan_number_pattern: str = ""
    plan_number_example: str = ""
    source: str = ""


def parse_building_rules(table: Mapping[str, Any]) -> BuildingRules:
    """The profile's table `building`. Raises BuildingRuleError, KeyError."""
    number = table.get("plan_number", {})
    pattern, example = number.get("pattern", ""), number.get("example", "")
    try:
        if not re.fullmatch(pattern, example):
            raise BuildingRuleError(f"building.plan_number: {example!r} does not fit the pattern {pattern!r}.")
    except re.error as cause:
        raise BuildingRuleError(f"building.plan_number: {pattern!r} is no regular expression: {cause}.") from cause
    storey = table.get("storey_m")
    if storey is not None and not 0 < storey[0] < storey[1]:
        raise BuildingRuleError("building.storey_m must be [least, most].")
    return BuildingRules(
        smallest_parcels=tuple(_smallest(entry) for entry in table.get("smallest_parcels", ())),
        storey_m=(float(storey[0]), float(storey[1])) if storey else None,
        plan_number_since=number.get("since"),
        plan_number_pattern=pattern,
        plan_number_example=example,
        source=table.get("source", ""),
    )


def _smallest(entry: Mapping[str, Any]) -> SmallestParcel:
    return SmallestParcel(
        uses=frozenset(entry["uses"]),
        width_m=float(entry["width_m"]),
        depth_m=float(entry["depth_m"]),
        storeys_up_to=entry.get("storeys_up_to"),
        orders=frozenset(entry.get("orders", ())),
        side_gardens=int(entry.get("side_gardens", 0)),
        has_front_garden=bool(entry.get("front_garden", False)),
    )
