"""How far each theme has been surveyed on a parcel."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layers.answers.answer import BorderDoubt, Doubt
from layers.answers.ground import CheckFailed, Ground
from layers.answers.states import Reason
from layers.core.themes import LIMIT_M2


@dataclass(frozen=True)
class Survey:
    """Ground of the parcel that a survey reaches, and the oldest survey among them."""

    covered_m2: float = 0.0
    unsettled_m2: float = 0.0
    as_of: datetime.date | None = None
    failure: Reason | None = None
    border: BorderDoubt | None = None


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
        with ground.check("surveys"):
            rows = ground.rows("surveys")
    except CheckFailed:
        return Surveys({}, Reason.QUERY_FAILED)
    return Surveys({(row.layer_id, row.theme): _survey(ground, row) for row in rows})


def _survey(ground: Ground, row: Any) -> Survey:
    """At a district's border the survey is tried grown and shrunk: what would change is told."""
    gap_m2, border = ground.area_m2 - row.covered_m2, None
    if row.grown_m2 is not None and gap_m2 >= LIMIT_M2 > ground.area_m2 - row.grown_m2:
        border = BorderDoubt(Doubt.THIN_GAP, gap_m2, ground.border_m)
    elif row.shrunk_m2 is not None and gap_m2 < LIMIT_M2 <= ground.area_m2 - row.shrunk_m2:
        border = BorderDoubt(Doubt.NEAR_EDGE, ground.area_m2 - row.shrunk_m2, ground.border_m)
    covered_m2 = row.covered_m2 + gap_m2 if border else row.covered_m2
    return Survey(covered_m2, row.unsettled_m2, row.as_of, None, border)
