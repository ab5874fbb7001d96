"""The answer in plain sentences, ready for a page: no template has to decide or to format anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from layers.answers import wording
from layers.answers.answer import (
    Answerer,
    BorderDoubt,
    Computed,
    ConstraintHit,
    PlanFacts,
    Role,
    ThemeAnswer,
    Touch,
    Value,
    ValueState,
    ZoneShare,
    ZoningAnswer,
)
from layers.answers.figures import area, day, moment, number, percent, ratio
from layers.answers.glossary import glossary
from layers.answers.rounding import rounded
from layers.answers.states import Reason, State
from layers.core.legal_states import LEGAL_STATES
from layers.core.themes import LIMIT_M2
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
    withheld: str = ""
    """Why nothing is computed."""
    remark: str = ""
    percent: float = 0.0


@dataclass(frozen=True)
class ConstraintLine:
    """One theme with its one state."""

    theme: str
    state: State
    word: str
    """The state in a word or two; colour is never the only sign."""
    sentence: str
    details: tuple[str, ...]
    warning: str = ""


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
    objections: tuple[str, ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()
    sample: str = ""
    """Said where the data is generated."""


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
        answered_by=speech.answered_by(answer.answered_by),
        data=speech.data(answer),
        disclaimer=answer.disclaimers.get(language) or next(iter(answer.disclaimers.values()), ""),
        objections=tuple(speech.objections(answer)),
        glossary=glossary(language),
        sample=speech.say(wording.SAMPLE) if answer.is_sample else "",
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
        if answer.zoning.border is not None:
            yield self._doubt(answer.zoning.border)
        for touch in answer.zoning.touching:
            yield self._touch(touch, LIMIT_M2)
        yield from self._history(answer)

    def _history(self, answer: ZoningAnswer) -> Iterator[str]:
        """Where the parcel came from, and what is doubtful about it."""
        for (operation, on), origins in groupby(
            answer.parcel.origins, key=lambda origin: (origin.operation, origin.on)
        ):
            yield self.say(
                wording.CAME_FROM,
                parents=", ".join(f"{origin.block_no}/{origin.parcel_no}" for origin in origins),
                operation=self.say(wording.OPERATIONS.get(operation, wording.OTHER_OPERATION)),
                on=self.say(wording.CAME_ON, day=day(on, self.language)) if on else "",
            )
        for claim in answer.parcel.claims:
            yield self.say(
                wording.CLAIMED,
                district=claim.district,
                ref=claim.ref,
                area=area(claim.share.area_m2, self.language),
                percent=percent(claim.share, self.language),
            )
        if not answer.parcel.is_well_drawn:
            yield self.say(wording.BROKEN_PARCEL)

    def _doubt(self, border: BorderDoubt) -> str:
        within = number(border.within_m, "m", self.language)
        return self.say(wording.DOUBTS[border.doubt], area=area(border.area_m2, self.language), within=within)

    def _touch(self, touch: Touch, limit_m2: float) -> str:
        if rounded(touch.area_m2) == 0:
            return self.say(wording.TOUCHING, label=touch.label)
        taken, limit = area(touch.area_m2, self.language), area(limit_m2, self.language)
        return self.say(wording.TOUCHING_A_LITTLE, label=touch.label, area=taken, limit=limit)

    def zone(self, zone: ZoneShare, plans: dict[str, str]) -> ZoneLine:
        return ZoneLine(
            heading=zone.use_label,
            share=f"{area(zone.share.area_m2, self.language)} ({percent(zone.share, self.language)})",
            use_key=zone.use_key,
            conditions=tuple(self._conditions(zone)),
            computed=tuple(self._computed(computed) for computed in zone.computed),
            notes=zone.notes or "",
            plan=plans.get(zone.plan_ref, zone.plan_ref),
            withheld=self.say(wording.WITHHELD[zone.withheld]) if zone.withheld else "",
            remark=self._remark(zone),
            percent=float(rounded(zone.share.percent)),
        )

    def _remark(self, zone: ZoneShare) -> str:
        """What sets a zone apart from the others."""
        silent = all(getattr(zone, name).state is ValueState.UNKNOWN for name in wording.CONDITIONS)
        if silent and not zone.building_order and not zone.notes:
            return self.say(wording.NOTHING_STATED)
        return self.say(wording.OVERLAY) if zone.role is Role.OVERLAY else ""

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
        touching = tuple(self._touch(touch, theme.limit_m2) for touch in theme.touching)
        return ConstraintLine(
            theme=theme.title(self.language),
            state=theme.state,
            word=self.say(wording.STATES[theme.state]),
            sentence=self._theme_sentence(theme),
            details=(*(self._hit(hit, theme) for hit in theme.hits), *touching, *self._examined(theme)),
            warning=self._doubt(theme.border) if theme.border else "",
        )

    def _theme_sentence(self, theme: ThemeAnswer) -> str:
        title = theme.title(self.language)
        if theme.reason is Reason.TEXT_ONLY:
            return self.say(wording.TEXT_ONLY, theme=title, article=theme.reading(self.language))
        return self.say(
            wording.THEME_SENTENCES[theme.state],
            theme=title,
            area=area(theme.share.area_m2, self.language),
            percent=percent(theme.share, self.language),
            day=day(theme.surveyed_on, self.language) if theme.surveyed_on else "",
            reason=self.say(wording.REASONS[theme.reason]) if theme.reason else "",
        ).strip()

    def _examined(self, theme: ThemeAnswer) -> Iterator[str]:
        """A "no" says how much was looked at."""
        if theme.state is State.NOT_AFFECTED:
            yield self.say(wording.EXAMINED, count=theme.examined)

    def _hit(self, hit: ConstraintHit, theme: ThemeAnswer) -> str:
        share = f"{area(hit.share.area_m2, self.language)} ({percent(hit.share, self.language)})"
        limit = (
            self.say(wording.LIMIT, limit=area(theme.limit_m2, self.language)) if theme.limit_m2 > LIMIT_M2 else None
        )
        parts = (hit.label, hit.degree, share, self._legal_state(hit.status), hit.legal_basis, limit)
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
        if plan.authority:
            decision = f" ({plan.decision_no})" if plan.decision_no else ""
            yield self.say(wording.DECIDED, authority=plan.authority, number=decision)

    def objections(self, answer: ZoningAnswer) -> Iterator[str]:
        """Until when somebody may object to what is on display."""
        for plan in answer.zoning.plans:
            if plan.status == "on_display" and plan.display_to:
                authority = plan.authority or self.say(wording.THE_MUNICIPALITY)
                end = day(plan.display_to, self.language)
                yield self.say(wording.OBJECTIONS, name=plan.name, authority=authority, end=end)

    def _legal_state(self, status: str) -> str:
        return self.say(LEGAL_STATES.get(status, wording.STATE_UNKNOWN))

    def next_step(self, answer: ZoningAnswer) -> str:
        said = self._way_on(answer)
        contact = f" ({answer.answered_by.contact})" if answer.answered_by.contact else ""
        return self.say(said, district=answer.answered_by.name, contact=contact)

    def _way_on(self, answer: ZoningAnswer) -> Title:
        if answer.zoning.zones:
            return wording.NEXT_CERTIFICATE
        if answer.zoning.reason is Reason.BROKEN_PARCEL:
            return wording.NEXT_BROKEN
        if answer.zoning.state is State.NOT_CHECKED:
            return wording.NEXT_LATER
        return wording.NEXT_PENDING if answer.zoning.pending_zones else wording.NEXT_NONE

    def answered_by(self, responsible: Answerer) -> str:
        """Answers kept by earlier releases say only who."""
        who = self.say(wording.ANSWERED_BY, district=responsible.name)
        return f"{who} {responsible.ask_at.get(self.language, '')}".rstrip()

    def data(self, answer: ZoningAnswer) -> str:
        if answer.published_at is None:
            return ""
        published = moment(answer.published_at, self.language, self.timezone)
        return self.say(wording.DATA, moment=published, epoch=answer.epoch)
