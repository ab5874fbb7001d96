"""What limits building besides the plan: for every theme exactly one of five states."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from layers.answers.answer import ConstraintHit, ThemeAnswer
from layers.answers.coverage import survey_of
from layers.answers.ground import CheckFailed, Ground, one_check
from layers.answers.states import TOUCHING_M2, Evidence, Reason, State, judge
from layers.core.profile import Profile

_LAYER = "plan_constraints"


def constraints_of(ground: Ground, profile: Profile) -> tuple[ThemeAnswer, ...]:
    """The profile's themes in its order, then kinds it does not name but the layer has on this parcel."""
    failure = _layer_failure(ground)
    themed = [_theme_answer(ground, theme.key, theme.titles, failure) for theme in profile.themes]
    others = _other_kinds(ground, [theme.key for theme in profile.themes])
    unnamed = [_theme_answer(ground, kind, dict.fromkeys(profile.languages, kind), failure) for kind in others]
    return (*themed, *(answer for answer in unnamed if answer.hits or answer.state is State.NOT_CHECKED))


def _layer_failure(ground: Ground) -> Reason | None:
    try:
        with one_check(ground.connection, _LAYER):
            return None if ground.rows("constraints_kept")[0].is_whole else Reason.LAYER_INCOMPLETE
    except CheckFailed:
        return Reason.QUERY_FAILED


def _other_kinds(ground: Ground, themes: list[str]) -> Sequence[str]:
    try:
        with one_check(ground.connection, "kinds of constraints"):
            return [row.kind for row in ground.rows("kinds_here", themes=themes)]
    except CheckFailed:
        return []


def _theme_answer(ground: Ground, theme: str, titles: Mapping[str, str], failure: Reason | None) -> ThemeAnswer:
    rows: Sequence[Row[Any]] = ()
    try:
        with one_check(ground.connection, theme):
            rows = ground.rows("constraints", theme=theme)
    except CheckFailed:
        failure = Reason.QUERY_FAILED
    if any(row.share_m2 is None for row in rows):
        failure = Reason.BROKEN_OUTLINE
    survey = survey_of(ground, _LAYER, theme)
    reaching = [row for row in rows if row.share_m2 is not None and row.share_m2 >= TOUCHING_M2]
    hits = tuple(_hit(ground, row) for row in reaching)
    evidence = Evidence(
        parcel_m2=ground.area_m2,
        covered_m2=survey.covered_m2,
        unsettled_m2=survey.unsettled_m2,
        hits_in_force=sum(hit.is_in_force for hit in hits),
        hits_pending=sum(not hit.is_in_force for hit in hits),
        failure=failure or survey.failure,
    )
    return ThemeAnswer(
        theme=theme,
        titles=titles,
        state=judge(evidence),
        reason=evidence.failure,
        hits=tuple(sorted(hits, key=lambda hit: (not hit.is_in_force, -hit.share.area_m2, hit.ref))),
        touching=_touching(rows),
        share=ground.share(max((row.together_m2 for row in reaching if row.status == "in_force"), default=0.0)),
        examined=len(rows),
        surveyed_on=survey.as_of,
    )


def _touching(rows: Sequence[Row[Any]]) -> tuple[str, ...]:
    return tuple(
        sorted({row.label for row in rows if row.touches and row.share_m2 is not None and row.share_m2 < TOUCHING_M2})
    )


def _hit(ground: Ground, row: Row[Any]) -> ConstraintHit:
    return ConstraintHit(
        ref=row.ref,
        degree=row.degree,
        label=row.label,
        status=row.status,
        legal_basis=row.legal_basis,
        plan_ref=row.plan_ref,
        share=ground.share(row.share_m2),
    )
