"""What the department lets pass: asked by a district with a reason, granted or declined, for one rule and one ref."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.profile import Profile
from layers.core.store import Actor
from sql import query

STATES = ("asked", "granted", "declined")


@dataclass(frozen=True)
class RuleException:
    """One request and what became of it."""

    id: int
    district_id: int
    layer_id: str
    rule: str
    ref: str
    sentences: Mapping[str, str]
    """What was found, in each language."""
    reason: str
    asked_by: str | None
    asked_at: datetime.datetime
    state: str
    answer: str
    decided_by: str | None
    decided_at: datetime.datetime | None
    until: datetime.date | None
    """The last day; None for as long as the feature stays."""
    is_in_force: bool

    def sentence(self, language: str) -> str:
        """What was found; English stands in for a language the rule does not speak."""
        return self.sentences.get(language) or self.sentences.get("en") or self.rule


@dataclass(frozen=True)
class Granted:
    """What a rule's finding says where it was let pass."""

    by: str | None
    on: datetime.date
    because: str


class ExceptionRefused(Exception):
    """The exception stays as it is."""


class NotExceptable(ExceptionRefused):
    """This rule knows no exceptions here."""

    def __init__(self, rule: str, known: frozenset[str]) -> None:
        self.rule = rule
        self.known = tuple(sorted(known))
        super().__init__(f"{rule} knows no exceptions here; these do: {', '.join(self.known) or 'none'}.")


class NothingFound(ExceptionRefused):
    """The rule has found nothing about a feature with that ref."""


class AlreadyAsked(ExceptionRefused):
    """The department has this request before it already."""


class NoReason(ExceptionRefused):
    """A reason has to be given."""


class UnknownException(ExceptionRefused):
    """There is no exception with that number, or it is another district's."""


class AlreadyDecided(ExceptionRefused):
    """The department has decided this one; a new request can be made."""


class NotYoursToDecide(ExceptionRefused):
    """This decision belongs to the department."""


@dataclass(frozen=True)
class Asked:
    """What an exception is asked for."""

    district_id: int
    layer_id: str
    rule: str
    ref: str
    reason: str


def ask(connection: Connection, profile: Profile, actor: Actor, asked: Asked) -> RuleException:
    """Raises NotExceptable, NoReason, NothingFound, AlreadyAsked."""
    if asked.rule not in profile.exceptable:
        raise NotExceptable(asked.rule, profile.exceptable)
    if not asked.reason.strip():
        raise NoReason
    subject = {"district": asked.district_id, "layer": asked.layer_id, "rule": asked.rule, "ref": asked.ref}
    words = {"reason": asked.reason.strip(), "account": actor.account_id}
    made = connection.execute(text(query("exceptions.ask")), {**subject, **words}).scalar_one_or_none()
    if made is not None:
        return exception(connection, made)
    if connection.execute(text(query("exceptions.is_asked")), subject).scalar_one():
        raise AlreadyAsked
    raise NothingFound


def grant(
    connection: Connection, actor: Actor, number: int, *, why: str = "", until: datetime.date | None = None
) -> RuleException:
    """From the next check on the finding is a note. Raises UnknownException, AlreadyDecided, NotYoursToDecide."""
    return _decide(connection, actor, number, "granted", why, until)


def decline(connection: Connection, actor: Actor, number: int, *, why: str) -> RuleException:
    """The district has to be told why. Raises NoReason, UnknownException, AlreadyDecided, NotYoursToDecide."""
    if not why.strip():
        raise NoReason
    return _decide(connection, actor, number, "declined", why, None)


def exceptions(
    connection: Connection,
    *,
    state: str | None = None,
    district_id: int | None = None,
    layer_id: str | None = None,
    limit: int = 50,
) -> tuple[RuleException, ...]:
    """The latest first, as far as the actor may see them."""
    rows = connection.execute(
        text(query("exceptions.listed")),
        {"id": None, "district": district_id, "layer": layer_id, "state": state, "limit": limit},
    )
    return tuple(RuleException(**row._mapping) for row in rows)


def decided(connection: Connection, *, limit: int) -> tuple[RuleException, ...]:
    """Granted and declined together, the latest decision first."""
    found = [
        *exceptions(connection, state="granted", limit=limit),
        *exceptions(connection, state="declined", limit=limit),
    ]
    return tuple(sorted(found, key=lambda one: (one.decided_at, one.id), reverse=True)[:limit])


def exception(connection: Connection, number: int) -> RuleException:
    """One that the actor may see. Raises UnknownException."""
    asked = {"id": number, "district": None, "layer": None, "state": None, "limit": 1}
    row = connection.execute(text(query("exceptions.listed")), asked).one_or_none()
    if row is None:
        raise UnknownException
    return RuleException(**row._mapping)


def granted(connection: Connection, district_id: int, layer_id: str) -> Mapping[tuple[str, str], Granted]:
    """Rule and ref -> what lets its finding pass today."""
    rows = connection.execute(text(query("exceptions.in_force")), {"district": district_id, "layer": layer_id})
    return {(row.rule, row.ref): Granted(row.decided_by_name, row.decided_on, row.because) for row in rows}


def _decide(
    connection: Connection, actor: Actor, number: int, state: str, why: str, until: datetime.date | None
) -> RuleException:
    found = exception(connection, number)
    if not actor.is_department:
        raise NotYoursToDecide
    stored = connection.execute(text(query("exceptions.lock")), {"id": found.id}).scalar_one()
    if stored != "asked":
        raise AlreadyDecided
    decision = {"id": number, "state": state, "answer": why.strip(), "until": until, "account": actor.account_id}
    connection.execute(text(query("exceptions.decide")), decision)
    return exception(connection, number)
