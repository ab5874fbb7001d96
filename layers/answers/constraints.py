"""What limits building besides the plan: for every theme exactly one of five states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import Row

from layers.answers.answer import ConstraintHit, ThemeAnswer
from layers.answers.ground import CheckFailed, Ground, one_check
from layers.answers.states import TOUCHING_M2, Evidence, Reason, State, judge
from layers.answers.surveys import Surveys
from layers.core.profile import Profile

_LAYER = "plan_constraints"


@dataclass(frozen=True)
class _LookUp:
    """Features of one kind near the parcel, and what kept them from being compared."""

    near: Sequence[Row[Any]] = ()
    failure: Reason | None = None

    @classmethod
    def of(cls, near: Sequence[Row[Any]]) -> "_LookUp":
        """A broken outline has no share: what it covers nobody can say."""
        return cls(near, Reason.BROKEN_OUTLINE if any(row.share_m2 is None for row in near) else None)

    @property
    def reaching(self) -> Sequence[Row[Any]]:
        """Those that take ground of the parcel."""
        return [row for row in self.near if row.share_m2 is not None and row.share_m2 >= TOUCHING_M2]


_NOTHING_NEAR = _LookUp()


def constraints_of(ground: Ground, surveys: Surveys, profile: Profile) -> tuple[ThemeAnswer, ...]:
    """The profile's themes in its order, then kinds it does not name but the layer has on this parcel."""
    layer_failure = _layer_failure(ground)
    looked_up = _looked_up(ground, [theme.key for theme in profile.themes])

    def answer(theme: str, titles: Mapping[str, str]) -> ThemeAnswer:
        found = looked_up.get(theme, _NOTHING_NEAR)
        return _theme_answer(ground, surveys, theme, titles, replace(found, failure=found.failure or layer_failure))

    named = {theme.key: answer(theme.key, theme.titles) for theme in profile.themes}
    unnamed = [answer(kind, dict.fromkeys(profile.languages, kind)) for kind in looked_up if kind not in named]
    return (*named.values(), *(one for one in unnamed if one.hits or one.state is State.NOT_CHECKED))


def _layer_failure(ground: Ground) -> Reason | None:
    try:
        with one_check(ground.connection, _LAYER):
            return None if ground.rows("constraints_kept")[0].is_whole else Reason.LAYER_INCOMPLETE
    except CheckFailed:
        return Reason.QUERY_FAILED


def _looked_up(ground: Ground, themes: Sequence[str]) -> Mapping[str, _LookUp]:
    """One question for all kinds; if it fails each theme is asked alone, so that one cannot silence the others."""
    try:
        with one_check(ground.connection, "all constraints"):
            rows = ground.rows("constraints", theme=None)
    except CheckFailed:
        return {theme: _alone(ground, theme) for theme in themes}
    return {kind: _LookUp.of(tuple(near)) for kind, near in groupby(rows, key=lambda row: str(row.kind))}


def _alone(ground: Ground, theme: str) -> _LookUp:
    try:
        with one_check(ground.connection, theme):
            return _LookUp.of(ground.rows("constraints", theme=theme))
    except CheckFailed:
        return _LookUp((), Reason.QUERY_FAILED)


def _theme_answer(
    ground: Ground, surveys: Surveys, theme: str, titles: Mapping[str, str], found: _LookUp
) -> ThemeAnswer:
    hits = tuple(_hit(ground, row) for row in found.reaching)
    survey = surveys.of(_LAYER, theme)
    evidence = Evidence(
        parcel_m2=ground.area_m2,
        covered_m2=survey.covered_m2,
        unsettled_m2=survey.unsettled_m2,
        hits_in_force=sum(hit.is_in_force for hit in hits),
        hits_pending=sum(not hit.is_in_force for hit in hits),
        failure=found.failure or survey.failure,
    )
    return ThemeAnswer(
        theme=theme,
        titles=titles,
        state=judge(evidence),
        reason=evidence.failure,
        hits=tuple(sorted(hits, key=lambda hit: (not hit.is_in_force, -hit.share.area_m2, hit.ref))),
        touching=_touching(found.near),
        share=ground.share(max((row.together_m2 for row in found.reaching if row.status == "in_force"), default=0.0)),
        examined=len(found.near),
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
