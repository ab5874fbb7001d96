"""What a plan's drawing writes on a zone in short."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class PlanSignError(ValueError):
    """The profile's table `plan_signs` cannot be."""


@dataclass(frozen=True)
class PlanSigns:
    """Letters and words of the signs; empty where the place has none."""

    orders: Mapping[str, str] = field(default_factory=dict)
    """Building order as zones spell it -> its letters; another stands as it is spelled."""
    height: tuple[str, str] = ("", " m")
    """What stands before and after the largest height."""


def parse_plan_signs(table: Mapping[str, Any]) -> PlanSigns:
    """The profile's table `plan_signs`. Raises PlanSignError."""
    orders = {spelled: letters for letters, spellings in table.get("orders", {}).items() for spelled in spellings}
    if sum(map(len, table.get("orders", {}).values())) != len(orders):
        raise PlanSignError("plan_signs.orders: one spelling has two signs.")
    before, is_there, after = table.get("height", "{} m").partition("{}")
    if not is_there:
        raise PlanSignError("plan_signs.height must have {} where the number stands.")
    return PlanSigns(orders, (before, after))
