"""What is expected of doors and their streets."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any


class AddressRuleError(Exception):
    """The profile's table `addresses` cannot be."""


@dataclass(frozen=True)
class AddressRules:
    """Odd and even sides are learnt from the street's other doors, so nothing is said of left and right."""

    far_m: float = 100.0
    """A door this far from the centre line of its street is looked at."""
    doors_asked: int = 5
    """So many other doors on a side tell whether it is the odd or the even one."""
    agreeing: float = 0.8
    """The share of them that must agree."""


def parse_address_rules(table: Mapping[str, Any]) -> AddressRules:
    """Raises AddressRuleError."""
    known = {part.name for part in fields(AddressRules)}
    if unknown := sorted(table.keys() - known):
        there = ", ".join(sorted(known))
        raise AddressRuleError(f"addresses: nothing is known of {', '.join(unknown)}; there are {there}.")
    rules = AddressRules(**table)
    if not (rules.far_m > 0 and rules.doors_asked > 0 and 0.5 < rules.agreeing <= 1):
        raise AddressRuleError("addresses: far_m and doors_asked must be positive, agreeing between 0.5 and 1.")
    return rules
