"""How far each theme has been surveyed on a parcel."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from layers.answers.ground import CheckFailed, Ground, one_check
from layers.answers.states import Reason


@dataclass(frozen=True)
class Survey:
    """Ground of the parcel that a survey reaches, and the oldest survey among them."""

    covered_m2: float = 0.0
    unsettled_m2: float = 0.0
    as_of: datetime.date | None = None
    failure: Reason | None = None


@dataclass(frozen=True)
class Surveys:
    """What is known of surveys on a parcel; a theme without an entry was never surveyed there."""

    known: Mapping[tuple[str, str], Survey]
    failure: Reason | None = None

    def of(self, layer_id: str, theme: str) -> Survey:
        """Without any knowledge of surveys the hits of a theme still count, but no "no" can be said."""
        return self.known.get((layer_id, theme), Survey(failure=self.failure))


def surveys_of(ground: Ground) -> Surveys:
    """A broken patch counts as no survey."""
    try:
        with one_check(ground.connection, "surveys"):
            rows = ground.rows("surveys")
    except CheckFailed:
        return Surveys({}, Reason.QUERY_FAILED)
    return Surveys({(row.layer_id, row.theme): Survey(row.covered_m2, row.unsettled_m2, row.as_of) for row in rows})
