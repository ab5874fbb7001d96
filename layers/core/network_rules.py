"""How exactly a place draws its pipes and cables, and what its columns tell about flow."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

WIDEST_GAP_M = 10.0
"""Farther away nobody looks for a line that was meant."""


class NetworkRuleError(Exception):
    """The profile's table `network` cannot be."""


@dataclass(frozen=True)
class NetworkRules:
    """Distances in metres; one value for all networks."""

    joint_m: float = 0.02
    """Ends this near are joined."""
    gap_m: float = 1.0
    """An end that stops this near another line was meant to reach it."""
    passing_m: float = 0.3
    """Lines whose depths differ by this much pass over each other."""
    slope_along_line: bool | None = None
    """True where a positive slope falls the way the line is drawn; unknown where the place does not say."""


def parse_network_rules(table: Mapping[str, Any]) -> NetworkRules:
    """Raises NetworkRuleError."""
    known = {part.name for part in fields(NetworkRules)}
    if unknown := sorted(table.keys() - known):
        raise NetworkRuleError(
            f"network: nothing is known of {', '.join(unknown)}; there are {', '.join(sorted(known))}."
        )
    rules = NetworkRules(**table)
    if not 0 <= rules.joint_m < rules.gap_m <= WIDEST_GAP_M:
        raise NetworkRuleError(f"network: joint_m must be less than gap_m, and that at most {WIDEST_GAP_M:.0f}.")
    return rules
