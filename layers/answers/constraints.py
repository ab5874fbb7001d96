"""What limits building besides the plan: for every theme exactly one of five states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from layers.answers.answer import ConstraintHit, Role, Sum, ThemeAnswer, Touch
from layers.answers.ground import CheckFailed, Ground
from layers.answers.states import Evidence, Reason, State, judge
from layers.answers.surveys import Surveys
from layers.core.profile import Profile
from layers.core.themes import ConstraintTheme, ThemeKind

_LAYER = "plan_constraints"


@dataclass(frozen=True)
class _LookUp:
    """Features of one kind near the parcel, and what kept them from being compared."""

    near: Sequence[Any] = ()
    failure: Reason | None = None

    @classmethod
    def of(cls, near: Sequence[Any]) -> "_LookUp":
        """A broken outline has no share: what it covers nobody can say."""
        return cls(near, Reason.BROKEN_OUTLINE if any(row.share_m2 is None for row in near) else None)

    @property
    def reaching(self) -> Sequence[Any]:
        """Those that take as much ground of the parcel as their theme counts."""
        return [row for row in self.near if row.share_m2 is not None and row.share_m2 >= row.limit_m2]


_NOTHING_NEAR = _LookUp()


def constraints_of(
    ground: Ground, surveys: Surveys, profile: Profile
) -> tuple[tuple[ThemeAnswer, ...], tuple[Sum, ...]]:
    """The profile's themes in its order, then other kinds that the layer has here; and what they add up to."""
    layer_failure = _layer_failure(ground)
    looked_up = _looked_up(ground, [theme.key for theme in profile.themes]) if ground.is_well_drawn else {}

    def answer(theme: ConstraintTheme) -> ThemeAnswer:
        if theme.kind is ThemeKind.TEXT_ONLY:
            return _text_only(ground, theme)
        found = looked_up.get(theme.key, _NOTHING_NEAR)
        return _theme_answer(ground, surveys, theme, replace(found, failure=found.failure or layer_failure))

    named = {theme.key: answer(theme) for theme in profile.themes}
    others = [ConstraintTheme(kind, dict.fromkeys(profile.languages, kind)) for kind in looked_up if kind not in named]
    told = (*named.values(), *filter(_is_worth_telling, map(answer, others)))
    drawn = {theme.theme for theme in told if theme.kind is not ThemeKind.TEXT_ONLY}
    sums = [_sum(ground, row) for kind in sorted(drawn & looked_up.keys()) for row in looked_up[kind].reaching]
    return told, tuple(dict.fromkeys(sums))


def _is_worth_telling(theme: ThemeAnswer) -> bool:
    return bool(theme.hits or theme.touching) or theme.state is State.NOT_CHECKED


def _sum(ground: Ground, row: Any) -> Sum:
    return Sum(row.kind, row.status, Role.OVERLAY, None, ground.share(row.reached_m2))


def _layer_failure(ground: Ground) -> Reason | None:
    if not ground.is_well_drawn:
        return Reason.BROKEN_PARCEL
    try:
        with ground.check(_LAYER):
            return None if ground.rows("constraints_kept")[0].is_whole else Reason.LAYER_INCOMPLETE
    except CheckFailed:
        return Reason.QUERY_FAILED


def _looked_up(ground: Ground, themes: Sequence[str]) -> Mapping[str, _LookUp]:
    """One question for all kinds; if it fails each theme is asked alone, so that one cannot silence the others."""
    try:
        with ground.check("all constraints"):
            rows = ground.rows("constraints", theme=None)
    except CheckFailed:
        return {theme: _alone(ground, theme) for theme in themes}
    return {kind: _LookUp.of(tuple(near)) for kind, near in groupby(rows, key=lambda row: str(row.kind))}


def _alone(ground: Ground, theme: str) -> _LookUp:
    try:
        with ground.check(theme):
            return _LookUp.of(ground.rows("constraints", theme=theme))
    except CheckFailed:
        return _LookUp((), Reason.QUERY_FAILED)


def _text_only(ground: Ground, theme: ConstraintTheme) -> ThemeAnswer:
    """Nothing is drawn, so nothing was looked at: the reader is sent to the text."""
    return ThemeAnswer(
        theme=theme.key,
        titles=theme.titles,
        state=State.NOT_CHECKED,
        reason=Reason.TEXT_ONLY,
        hits=(),
        touching=(),
        share=ground.share(0.0),
        examined=0,
        surveyed_on=None,
        kind=theme.kind,
        article=theme.article,
        limit_m2=theme.limit_m2,
    )


def _theme_answer(ground: Ground, surveys: Surveys, theme: ConstraintTheme, found: _LookUp) -> ThemeAnswer:
    hits = tuple(_hit(ground, row) for row in found.reaching)
    survey = surveys.of(_LAYER, theme.key)
    evidence = Evidence(
        parcel_m2=ground.area_m2,
        covered_m2=survey.covered_m2,
        unsettled_m2=survey.unsettled_m2,
        hits_in_force=sum(hit.is_in_force for hit in hits),
        hits_pending=sum(not hit.is_in_force for hit in hits),
        failure=found.failure or survey.failure,
    )
    return ThemeAnswer(
        theme=theme.key,
        titles=theme.titles,
        state=judge(evidence),
        reason=evidence.failure,
        hits=tuple(sorted(hits, key=lambda hit: (not hit.is_in_force, -hit.share.area_m2, hit.ref))),
        touching=touching(found.near),
        share=ground.share(max((row.together_m2 for row in found.reaching if row.status == "in_force"), default=0.0)),
        examined=len(found.near),
        surveyed_on=survey.as_of,
        kind=theme.kind,
        article=theme.article,
        limit_m2=theme.limit_m2,
        border=survey.border,
    )


def touching(rows: Sequence[Any]) -> tuple[Touch, ...]:
    """Below the limit a thing is told apart, never dropped."""
    below = [row for row in rows if row.touches and row.share_m2 is not None and row.share_m2 < row.limit_m2]
    return tuple(Touch(row.ref, row.label, row.status, row.share_m2) for row in sorted(below, key=lambda row: row.ref))


def _hit(ground: Ground, row: Any) -> ConstraintHit:
    return ConstraintHit(
        ref=row.ref,
        degree=row.degree,
        label=row.label,
        status=row.status,
        legal_basis=row.legal_basis,
        plan_ref=row.plan_ref,
        share=ground.share(row.share_m2),
    )
