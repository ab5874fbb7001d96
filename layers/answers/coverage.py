"""How far a theme has been surveyed on a parcel."""

import datetime
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


def survey_of(ground: Ground, layer_id: str, theme: str) -> Survey:
    """A broken patch counts as no survey; without any knowledge of surveys the hits themselves still count."""
    try:
        with one_check(ground.connection, f"coverage of {theme}"):
            row = ground.rows("coverage", layer=layer_id, theme=theme)[0]
    except CheckFailed:
        return Survey(failure=Reason.QUERY_FAILED)
    return Survey(row.covered_m2, row.unsettled_m2, row.as_of)
