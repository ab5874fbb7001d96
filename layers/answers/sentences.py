"""The answer in plain sentences, ready for a page: no template has to decide or to format anything."""

from collections.abc import Iterator
from dataclasses import dataclass

from layers.answers import wording
from layers.answers.answer import (
    Computed,
    ConstraintHit,
    PlanFacts,
    ThemeAnswer,
    Value,
    ValueState,
    ZoneShare,
    ZoningAnswer,
)
from layers.answers.figures import area, day, moment, number, percent, ratio
from layers.answers.states import State
from layers.core.words import Title


@dataclass(frozen=True)
class Fact:
    """A term and what is said about it."""

    term: str
    text: str
    is_stated: bool = True
    """False where the plan says nothing: to be shown paler, never left out."""


@dataclass(frozen=True)
class ZoneLine:
    """One use of the parcel."""

    heading: str
    share: str
    use_key: str
    """Key of the legend's colour."""
    conditions: tuple[Fact, ...]
    computed: tuple[Fact, ...]
    notes: str
    plan: str


@dataclass(frozen=True)
class ConstraintLine:
    """One theme with its one state."""

    theme: str
    state: State
    word: str
    """The state in a word or two; colour is never the only sign."""
    sentence: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class AnswerPage:
    """Everything the page shows, from top to bottom."""

    title: str
    headline: str
    lines: tuple[str, ...]
    zones: tuple[ZoneLine, ...]
    pending_zones: tuple[ZoneLine, ...]
    constraints: tuple[ConstraintLine, ...]
    plans: tuple[str, ...]
    next_step: str
    answered_by: str
    data: str
    disclaimer: str


def sentences(answer: ZoningAnswer, language: str, timezone: str = "UTC") -> AnswerPage:
    """The page of an answer in a language; English stands in for one nobody has written."""
    speech = _Speech(language, timezone)
    plans = {plan.ref: speech.plan(plan) for plan in answer.zoning.plans}
    return AnswerPage(
        title=speech.title(answer),
        headline=speech.headline(answer),
        lines=tuple(speech.lines(answer)),
        zones=tuple(speech.zone(zone, plans) for zone in answer.zoning.zones),
        pending_zones=tuple(speech.zone(zone, plans) for zone in answer.zoning.pending_zones),
        constraints=tuple(speech.theme(theme) for theme in answer.constraints),
        plans=tuple(plans.values()),
        next_step=speech.next_step(answer),
        answered_by=speech.say(wording.ANSWERED_BY, district=answer.answered_by.name),
        data=speech.data(answer),
        disclaimer=answer.disclaimers.get(language) or next(iter(answer.disclaimers.values()), ""),
    )


@dataclass(frozen=True)
class _Speech:
    language: str
    timezone: str

    def say(self, title: Title, **values: object) -> str:
        return title.in_language(self.language).format(**values)

    def title(self, answer: ZoningAnswer) -> str:
        parcel = answer.parcel
        place = parcel.neighbourhood or parcel.cadastral_neighbourhood
        return self.say(
            wording.PARCEL,
            district=parcel.district,
            neighbourhood=f"{place}, " if place else "",
            block=parcel.block_no,
            parcel=parcel.parcel_no,
        )

    def headline(self, answer: ZoningAnswer) -> str:
        zoning = answer.zoning
        if zoning.zones:
            said = wording.HEADLINE_ONE if len(zoning.zones) == 1 else wording.HEADLINE_SEVERAL
            return self.say(said, uses=", ".join(self._use(zone) for zone in zoning.zones))
        if zoning.state is State.NOT_CHECKED:
            return self.say(wording.HEADLINE_UNCHECKED)
        if zoning.pending_zones:
            return self.say(wording.HEADLINE_PENDING)
        return self.say(wording.HEADLINE_NONE)

    def _use(self, zone: ZoneShare) -> str:
        return self.say(wording.USE, label=zone.use_label, percent=percent(zone.share, self.language))

    def lines(self, answer: ZoningAnswer) -> Iterator[str]:
        parcel, unzoned = answer.parcel, answer.zoning.unzoned
        if parcel.registered_area_m2 is not None and parcel.computed_area_m2 is not None:
            yield self.say(
                wording.AREAS_DIFFER,
                registered=area(parcel.registered_area_m2, self.language),
                computed=area(parcel.computed_area_m2, self.language),
            )
        if answer.zoning.zones and unzoned.area_m2 > 0:
            share = percent(unzoned, self.language)
            yield self.say(wording.UNZONED, area=area(unzoned.area_m2, self.language), percent=share)

    def zone(self, zone: ZoneShare, plans: dict[str, str]) -> ZoneLine:
        return ZoneLine(
            heading=zone.use_label,
            share=f"{area(zone.share.area_m2, self.language)} ({percent(zone.share, self.language)})",
            use_key=zone.use_key,
            conditions=tuple(self._conditions(zone)),
            computed=tuple(self._computed(computed) for computed in zone.computed),
            notes=zone.notes or "",
            plan=plans.get(zone.plan_ref, zone.plan_ref),
        )

    def _conditions(self, zone: ZoneShare) -> Iterator[Fact]:
        if zone.building_order:
            yield Fact(self.say(wording.ORDER), zone.building_order)
        for name, term in wording.CONDITIONS.items():
            value: Value = getattr(zone, name)
            yield Fact(self.say(term), self._value(value, name), value.state is not ValueState.UNKNOWN)

    def _value(self, value: Value, name: str) -> str:
        if value.number is None:
            return self.say(wording.VALUES[value.state])
        if name in ("taks", "kaks"):
            return ratio(value.number, self.language)
        return number(value.number, value.unit, self.language)

    def _computed(self, computed: Computed) -> Fact:
        formula = self.say(
            wording.FORMULA,
            ratio=ratio(computed.ratio, self.language),
            area=area(computed.area_m2, self.language),
            result=area(computed.result_m2, self.language),
        )
        return Fact(self.say(wording.COMPUTED[computed.kind]), formula)

    def theme(self, theme: ThemeAnswer) -> ConstraintLine:
        hits = tuple(self._hit(hit) for hit in theme.hits)
        touching = tuple(self.say(wording.TOUCHING, label=label) for label in theme.touching)
        return ConstraintLine(
            theme=theme.title(self.language),
            state=theme.state,
            word=self.say(wording.STATES[theme.state]),
            sentence=self.say(
                wording.THEME_SENTENCES[theme.state],
                theme=theme.title(self.language),
                area=area(theme.share.area_m2, self.language),
                percent=percent(theme.share, self.language),
                day=day(theme.surveyed_on, self.language) if theme.surveyed_on else "",
                reason=self.say(wording.REASONS[theme.reason]) if theme.reason else "",
            ).strip(),
            details=(*hits, *touching),
        )

    def _hit(self, hit: ConstraintHit) -> str:
        share = f"{area(hit.share.area_m2, self.language)} ({percent(hit.share, self.language)})"
        parts = (hit.label, hit.degree, share, self._legal_state(hit.status), hit.legal_basis)
        return ", ".join(part for part in parts if part)

    def plan(self, plan: PlanFacts) -> str:
        return self.say(
            wording.PLAN,
            name=plan.name,
            number=plan.plan_no,
            scale=self.say(wording.SCALE, den=number(plan.scale_den, "", self.language)) if plan.scale_den else "",
            state=self._legal_state(plan.status),
            dates="".join(f", {said}" for said in self._dates(plan)),
        )

    def _dates(self, plan: PlanFacts) -> Iterator[str]:
        if plan.approval_date:
            yield self.say(wording.APPROVED, day=day(plan.approval_date, self.language))
        if plan.display_from and plan.display_to:
            start, end = day(plan.display_from, self.language), day(plan.display_to, self.language)
            yield self.say(wording.DISPLAYED, start=start, end=end)
        if plan.finalised_date:
            yield self.say(wording.FINAL, day=day(plan.finalised_date, self.language))

    def _legal_state(self, status: str) -> str:
        return self.say(wording.LEGAL_STATES.get(status, wording.STATE_UNKNOWN))

    def next_step(self, answer: ZoningAnswer) -> str:
        if answer.zoning.zones:
            said = wording.NEXT_CERTIFICATE
        else:
            said = wording.NEXT_LATER if answer.zoning.state is State.NOT_CHECKED else wording.NEXT_NONE
        contact = f" ({answer.answered_by.contact})" if answer.answered_by.contact else ""
        return self.say(said, district=answer.answered_by.name, contact=contact)

    def data(self, answer: ZoningAnswer) -> str:
        if answer.published_at is None:
            return ""
        published = moment(answer.published_at, self.language, self.timezone)
        return self.say(wording.DATA, moment=published, epoch=answer.epoch)
