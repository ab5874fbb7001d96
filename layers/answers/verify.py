"""Is an issued answer still what the pool says? As of its own publish it must be; as of now it may have changed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from layers.answers.answer import EndedParcel, ZoningAnswer
from layers.answers.ask import zoning_answer
from layers.answers.canonical import canonical_bytes
from layers.answers.ground import statement
from layers.answers.issued import IssuedAnswer
from layers.answers.sentences import AnswerPage, sentences
from layers.answers.states import State
from layers.core.profile import Profile

log = structlog.get_logger()

_WORDS_OF_THE_PROFILE = ("profile", "disclaimers", "answered_by")
_RULES_OF_A_THEME = ("kind", "limit_m2", "article")


class Outcome(StrEnum):
    """What asking again as of the answer's own publish gave."""

    EQUAL = "equal"
    UNCHECKED = "unchecked"
    """Something could not be looked up, then or now; the rest is equal."""
    OTHER_SCHEMA = "other_schema"
    """It was written by a release that said things in another way."""
    DIFFERS = "differs"
    """It must not: somebody changed the past."""
    LOST_PAST = "lost_past"
    """Versions that later publishes closed are gone, so that nobody can say what the pool held then."""


@dataclass(frozen=True)
class Difference:
    """One thing that is told differently; None where it is not told at all."""

    before: str | None
    after: str | None


@dataclass(frozen=True)
class Verification:
    """Everything that can be said about an issued answer."""

    outcome: Outcome
    paths: tuple[str, ...]
    """Where the recomputed answer differs from the issued one."""
    now: ZoningAnswer | EndedParcel | None
    """Asked anew; None where the parcel is not to be found at all."""

    @property
    def is_alarm(self) -> bool:
        """Somebody has to look into it."""
        return self.outcome in (Outcome.DIFFERS, Outcome.LOST_PAST)


def verify(connection: Connection, issued: IssuedAnswer, profile: Profile) -> Verification:
    """Ask as of then and as of now."""
    then = zoning_answer(connection, issued.parcel_uid, profile, issued.epoch)
    outcome, paths = compared(issued.body, then)
    lost = _lost_past(connection, issued.epoch)
    if lost:
        outcome, paths = Outcome.DIFFERS if outcome is Outcome.DIFFERS else Outcome.LOST_PAST, (*paths, *lost)
    found = Verification(outcome, paths, zoning_answer(connection, issued.parcel_uid, profile))
    if found.is_alarm:
        log.error("an issued answer cannot be reproduced", number=issued.number, outcome=outcome, paths=paths)
    return found


def _lost_past(connection: Connection, epoch: int) -> tuple[str, ...]:
    """Layers whose closed versions are no longer all there; what cannot be read is told by the answer itself."""
    try:
        with connection.begin_nested():
            layers = connection.execute(statement("lost_past"), {"epoch": epoch}).scalars()
            return tuple(f"/history/{layer}" for layer in layers)
    except DBAPIError as cause:
        if cause.connection_invalidated:
            raise
        return ()


def compared(body: bytes, then: ZoningAnswer | EndedParcel | None) -> tuple[Outcome, tuple[str, ...]]:
    """An issued body with the same question asked again."""
    if not isinstance(then, ZoningAnswer):
        return Outcome.DIFFERS, ("parcel",)
    again = canonical_bytes(then)
    if again == body:
        return Outcome.EQUAL, ()
    was, now = json.loads(body), json.loads(again)
    if was["schema"] != now["schema"]:
        return Outcome.OTHER_SCHEMA, ()
    if was["profile"] != now["profile"]:
        was, now = _without_words(was, now), _without_words(now, was)
    paths = tuple(_paths(was, now))
    if not paths:
        return Outcome.EQUAL, ()
    unchecked = _unchecked(was) | _unchecked(now)
    is_known = all(any(path == place or path.startswith(f"{place}/") for place in unchecked) for path in paths)
    return (Outcome.UNCHECKED if is_known else Outcome.DIFFERS), paths


def _without_words(answer: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What the pool says: without words of the profile, and without themes that it declares otherwise now."""
    left = {key: value for key, value in answer.items() if key not in _WORDS_OF_THE_PROFILE}
    theirs = {theme["theme"]: theme for theme in other["constraints"]}
    same = [
        theme
        for theme in answer["constraints"]
        if theme["theme"] in theirs and all(theme[key] == theirs[theme["theme"]][key] for key in _RULES_OF_A_THEME)
    ]
    kept = {theme["theme"] for theme in same} | {"zones"}
    left["constraints"] = [{key: value for key, value in theme.items() if key != "titles"} for theme in same]
    left["sums"] = [one for one in answer["sums"] if one["theme"] in kept]
    left["parcel"] = {key: value for key, value in answer["parcel"].items() if key != "district"}
    return left


def _unchecked(answer: Mapping[str, Any]) -> set[str]:
    """Places of an answer that depend on something which could not be looked up."""
    places = {
        f"/constraints/{place}"
        for place, theme in enumerate(answer["constraints"])
        if theme["state"] == State.NOT_CHECKED
    }
    if answer["zoning"]["state"] == State.NOT_CHECKED:
        places.add("/zoning")
    if answer["sketch"] is None:
        places.add("/sketch")
    return places | ({"/sums"} if places else set())


def _paths(was: Any, now: Any, place: str = "") -> Iterator[str]:
    """Where they differ. What a newer release says in addition is no difference."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key, value in was.items():
            yield from _paths(value, now.get(key), f"{place}/{key}")
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for position, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _paths(one, other, f"{place}/{position}")
    elif was != now:
        yield place


def differences(before: ZoningAnswer, after: ZoningAnswer, language: str, timezone: str) -> tuple[Difference, ...]:
    """What has changed from one answer to the other, in the words of the page."""
    was, now = (_told(sentences(answer, language, timezone)) for answer in (before, after))
    keys = dict.fromkeys((*was, *now))
    return tuple(Difference(was.get(key), now.get(key)) for key in keys if was.get(key) != now.get(key))


def _told(page: AnswerPage) -> dict[tuple[str, ...], str]:
    """Every sentence with what it is about; those that tell the age of the data left out."""
    told: dict[tuple[str, ...], str] = {("title",): page.title, ("headline",): page.headline}
    told |= {("line", line): line for line in (*page.lines, *page.objections)}
    for zone in (*page.zones, *page.pending_zones):
        facts = "; ".join(f"{fact.term}: {fact.text}" for fact in (*zone.conditions, *zone.computed))
        told["zone", zone.heading, zone.plan] = "; ".join(
            part for part in (f"{zone.heading}: {zone.share}", facts, zone.notes, zone.withheld) if part
        )
    for line in page.constraints:
        told["theme", line.theme] = " ".join(part for part in (line.sentence, *line.details, line.warning) if part)
    told |= {("plan", plan): plan for plan in page.plans}
    return told | {("next",): page.next_step}
