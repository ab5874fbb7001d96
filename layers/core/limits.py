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
    same_shape_m: float = 0.02
    """Corners are surveyed to the centimetre: shapes this close are one shape in any system, and ours is kept."""
    coincide_m: float = 0.02
    """Thinner than this, two outlines are one boundary drawn twice."""
    overlap_m2: float = 0.5
    """Common ground from which on two areas overlap; of smaller ones, half of it."""
    gap_m2: float = 1.0
    """Uncovered ground that is enclosed and at most this large is a gap,"""
    gap_m: float = 0.5
    """and so is any that is at most this wide."""
    spike_degrees: float = 1.0
    """Between the two sides of a corner; sharper ones are spikes."""
    corners_apart_m: float = 0.005
    """Corners closer together are one."""
    thin_m: float = 0.1
    """Strips of an area that are thinner are told."""
    hole_m2: float = 1.0
    line_m: float = 0.1
    """Holes and lines that are smaller are told."""
    snap_m: float = 0.1
    """A corner that ends beside a published neighbour's boundary by no more than this was meant to lie on it,"""
    closing_m: float = 1.0
    """and an outline with a smaller opening was meant to be closed."""
    cession_share: float = 1.0
    """Of the ground of a land readjustment that may be given up for streets and squares."""
    repair_m2: float = 1.0
    """A repair of one outline that changes its area by more is not proposed."""

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
