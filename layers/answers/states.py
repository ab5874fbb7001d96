"""The five things that can be said about a theme and a parcel. None of them is a default: each is earned."""

from dataclasses import dataclass
from enum import StrEnum

from layers.core.themes import LIMIT_M2


class State(StrEnum):
    """Does it affect this parcel?"""

    AFFECTED = "affected"
    NOT_AFFECTED = "not_affected"
    NOT_CHECKED = "not_checked"
    NO_COVERAGE = "no_coverage"
    UNDER_REVIEW = "under_review"


class Reason(StrEnum):
    """Why a theme could not be checked."""

    QUERY_FAILED = "query_failed"
    LAYER_INCOMPLETE = "layer_incomplete"
    BROKEN_OUTLINE = "broken_outline"
    BROKEN_PARCEL = "broken_parcel"
    TEXT_ONLY = "text_only"


@dataclass(frozen=True)
class Evidence:
    """What was really looked at."""

    parcel_m2: float
    covered_m2: float = 0.0
    """Ground of the parcel that the theme's survey reaches, settled or not; a thin gap at a border filled."""
    unsettled_m2: float = 0.0
    """Ground of the parcel whose survey is under review."""
    hits_in_force: int = 0
    hits_pending: int = 0
    """Hits whose legal state is anything but in force."""
    failure: Reason | None = None

    @property
    def is_covered(self) -> bool:
        """The survey reaches the whole parcel."""
        return self.parcel_m2 > 0 and self.parcel_m2 - self.covered_m2 < LIMIT_M2


def judge(evidence: Evidence) -> State:
    """A hit counts whatever else is missing; a "no" needs a whole survey, a whole layer and no open question."""
    if evidence.hits_in_force:
        return State.AFFECTED
    if evidence.failure is not None:
        return State.NOT_CHECKED
    if evidence.hits_pending:
        return State.UNDER_REVIEW
    if not evidence.is_covered:
        return State.NO_COVERAGE
    if evidence.unsettled_m2 >= LIMIT_M2:
        return State.UNDER_REVIEW
    return State.NOT_AFFECTED
