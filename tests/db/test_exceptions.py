"""A finding that the department lets pass: asked with a reason, decided, dated, and told at the next check."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from importers.pipeline import Checked, check
from layers.core import exceptions
from layers.core.exceptions import (
    AlreadyAsked,
    AlreadyDecided,
    Asked,
    NoReason,
    NotExceptable,
    NothingFound,
    NotYoursToDecide,
    RuleException,
    UnknownException,
)
from layers.core.inbox import recheck
from layers.core.store import WORKER, Actor
from tests.importing import DEPARTMENT, Desk, open_desk, parcel
from tests.records import PROFILE
from tests.worlds import EAST, WEST

EDITOR, NEIGHBOUR = Actor("editor", WEST), Actor("editor", EAST)
RULE = "area_matches_register"
STRICT = {RULE: {"submit": "refusal"}}


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as made:
        confirmed = tuple(replace(limit, is_confirmed=True) for limit in PROFILE.area_limits.limits)
        limits = replace(PROFILE.area_limits, limits=confirmed)
        rules = replace(made.profile, exceptable=frozenset({RULE}), area_limits=limits, severities=STRICT)
        yield replace(made, profile=rules)


def send(desk: Desk) -> Checked:
    return desk.send_features([parcel("w-1", 0, 0, alan="500")])


def again(desk: Desk, outcome: Checked) -> Checked:
    with desk.store.writing(DEPARTMENT) as connection:
        recheck(connection, outcome.upload_id)
    with desk.store.writing(WORKER) as connection:
        checked = check(connection, desk.registry, desk.profile, outcome.upload_id)
    assert isinstance(checked, Checked)
    return checked


def ask(desk: Desk, ref: str = "w-1", reason: str = "Kesinleşmiş mahkeme kararı.", rule: str = RULE) -> RuleException:
    with desk.store.writing(EDITOR) as connection:
        return exceptions.ask(connection, desk.profile, EDITOR, Asked(WEST, "parcels", rule, ref, reason))


def grant(desk: Desk, number: int, **more) -> RuleException:
    with desk.store.writing(DEPARTMENT) as connection:
        return exceptions.grant(connection, DEPARTMENT, number, **more)


def severities(desk: Desk, outcome: Checked) -> list[str]:
    return [severity for rule, severity, _ in desk.rules(outcome) if rule == RULE]


def test_a_granted_exception_turns_the_finding_into_a_note_that_says_so(desk):
    outcome = send(desk)
    assert severities(desk, outcome) == ["refusal"]
    granted = grant(desk, ask(desk).id, why="Karar dosyada.")
    assert (granted.state, granted.is_in_force) == ("granted", True)
    checked = again(desk, outcome)
    assert severities(desk, checked) == ["note"]
    assert checked.report["counts"]["refused"] == 0
    (sentence,) = desk.texts(checked, RULE)
    today = granted.decided_at.date().isoformat()
    assert sentence.endswith(f"Excepted by the department on {today}, because: Karar dosyada.")
    (told,) = [told for told in checked.report["rules"] if told["id"] == RULE]
    assert told["excepted"] == 1


def test_an_exception_counts_for_its_ref_only(desk):
    send(desk)
    grant(desk, ask(desk).id)
    other = desk.send_features([parcel("w-1", 0, 0, alan="500"), parcel("w-2", 2, 0, alan="500")])
    assert severities(desk, other) == ["note", "refusal"]


@pytest.mark.parametrize(("days", "expected"), [(0, "note"), (-1, "refusal")])
def test_an_exception_until_a_day_counts_on_that_day_and_not_after_it(desk, days, expected):
    outcome = send(desk)
    today = desk.rows("SELECT current_date AS day")[0].day
    grant(desk, ask(desk).id, until=today + datetime.timedelta(days=days))
    assert severities(desk, again(desk, outcome)) == [expected]


def test_a_declined_exception_changes_nothing_and_may_be_asked_anew(desk):
    outcome = send(desk)
    number = ask(desk).id
    with desk.store.writing(DEPARTMENT) as connection:
        declined = exceptions.decline(connection, DEPARTMENT, number, why="Karar kesinleşmedi.")
    assert (declined.state, declined.answer) == ("declined", "Karar kesinleşmedi.")
    assert severities(desk, again(desk, outcome)) == ["refusal"]
    assert ask(desk).state == "asked"


def test_the_later_decision_counts(desk):
    outcome = send(desk)
    grant(desk, ask(desk).id)
    with desk.store.writing(DEPARTMENT) as connection:
        number = exceptions.ask(
            connection, desk.profile, DEPARTMENT, Asked(WEST, "parcels", RULE, "w-1", "Yeniden bakılsın.")
        ).id
        exceptions.decline(connection, DEPARTMENT, number, why="Karar bozuldu.")
    assert severities(desk, again(desk, outcome)) == ["refusal"]


def test_only_what_was_found_and_may_be_excepted_can_be_asked_with_a_reason_and_once(desk):
    send(desk)
    with pytest.raises(NotExceptable):
        ask(desk, rule="geometry_valid")
    with pytest.raises(NothingFound):
        ask(desk, ref="w-99")
    with pytest.raises(NoReason):
        ask(desk, reason="  ")
    ask(desk)
    with pytest.raises(AlreadyAsked):
        ask(desk)


def test_only_the_department_decides_and_only_once(desk):
    send(desk)
    number = ask(desk).id
    with desk.store.writing(EDITOR) as connection, pytest.raises(NotYoursToDecide):
        exceptions.grant(connection, EDITOR, number)
    with desk.store.writing(NEIGHBOUR) as connection, pytest.raises(UnknownException):
        exceptions.grant(connection, NEIGHBOUR, number)
    grant(desk, number)
    with pytest.raises(AlreadyDecided):
        grant(desk, number)


def test_the_database_keeps_decisions_from_districts_and_a_districts_requests_from_others(desk):
    send(desk)
    number = ask(desk).id
    assert [one.id for one in listed(desk, EDITOR)] == [number]
    assert listed(desk, NEIGHBOUR) == ()
    with desk.store.writing(EDITOR) as connection:
        changed = connection.execute(text("UPDATE inbox.exception SET state = 'granted', decided_at = now()"))
        assert changed.rowcount == 0
        assert connection.execute(text("DELETE FROM inbox.exception")).rowcount == 0
    already_granted = text(
        "INSERT INTO inbox.exception (district_id, layer_id, rule, ref, sentences, reason, state, decided_at) "
        "VALUES (1, 'parcels', 'x', 'x', '{}', 'x', 'granted', now())"
    )
    with pytest.raises(ProgrammingError, match="row-level security"), desk.store.writing(EDITOR) as connection:
        connection.execute(already_granted)
    of_the_east = text(
        "INSERT INTO inbox.exception (district_id, layer_id, rule, ref, sentences, reason) "
        "VALUES (2, 'parcels', 'x', 'x', '{}', 'x')"
    )
    with pytest.raises(ProgrammingError, match="row-level security"), desk.store.writing(EDITOR) as connection:
        connection.execute(of_the_east)


def listed(desk: Desk, actor: Actor) -> tuple[RuleException, ...]:
    with desk.store.reading(actor) as connection:
        return exceptions.exceptions(connection)
