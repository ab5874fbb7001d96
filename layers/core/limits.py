"""Numbers of the rules that a deployment may set; what its profile does not name stands here."""

from collections.abc import Mapping
from dataclasses import dataclass, fields


class BadLimit(ValueError):
    """A number that no rule knows, or that none can use."""


@dataclass(frozen=True)
class Limits:
    """The table `limits` of a profile."""

    seconds_per_rule: float = 60.0
    """Time that one rule may take in one check."""
    findings_kept: float = 1_000
    """Findings of one rule that are kept with their shapes; all are counted."""

    @classmethod
    def parse(cls, table: Mapping[str, object]) -> "Limits":
        """Raises BadLimit."""
        known = {one.name for one in fields(cls)}
        for name, value in table.items():
            if name not in known:
                raise BadLimit(f"limits.{name} is not known; there are {', '.join(sorted(known))}.")
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
                raise BadLimit(f"limits.{name} must be a number and not negative.")
        return cls(**{name: float(value) for name, value in table.items() if isinstance(value, int | float)})
