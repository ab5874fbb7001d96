"""Each step of a changeset is told to those concerned, on their page and by e-mail, whatever the mail server does."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from gisserver.access.accounts import create_account
from gisserver.mail.posting import MOST_ATTEMPTS, NotSent, Post
from gisserver.mail.server import MailServer, Trouble
from gisserver.mail.writing import Writer
from layers.core import letters, notices, review
from layers.core.review_rules import AttentionRules
from layers.core.store import WORKER, Actor
from layers.core.trust import publish_if_trusted
from tests.application import TEST_PROFILE
from tests.http_server import wait_until
from tests.importing import DEPARTMENT, Desk, open_desk, parcel
from tests.mail_server import Mailbox, taking_letters
from tests.worlds import EAST, WEST

Made = Callable[..., Actor]


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def account(database) -> Iterator[Made]:
    owner = create_engine(database.owner)

    def make(name: str, role: str, district_id: int | None = None) -> Actor:
        with owner.begin() as connection:
            number = create_account(connection, f"{name}@example.org", name, "x" * 12, role, district_id)
        return Actor(role, district_id, number)

    yield make
    owner.dispose()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with taking_letters() as opened:
        yield opened


def post_to(desk: Desk, port: int, **more) -> Post:
    said = {"security": "none", "user": None, "password": None, **more}
    server = MailServer("127.0.0.1", port, sender="gis@example.org", **said)
    return Post(desk.store, Writer(desk.profile, desk.registry, "https://pool.example", "gis@example.org"), server)


def submitted(desk: Desk, actor: Actor, ref: str = "w-1") -> int:
    outcome = desk.send_features([parcel(ref, 0, 0)])
    with desk.store.writing(actor) as connection:
        return review.submit(connection, actor, outcome.changeset_id).id


def told(desk: Desk, actor: Actor) -> list[tuple[str, int]]:
    with desk.store.reading(actor) as connection:
        return [(one.event, one.changeset_id) for one in notices.notices(connection, actor, 100)]


def waiting(desk: Desk) -> list[int]:
    rows = desk.rows(
        "SELECT CAST(args ->> 'notice_id' AS bigint) FROM jobs.procrastinate_jobs "
        "WHERE task_name = 'send_letter' ORDER BY id"
    )
    return [row[0] for row in rows]


def states(desk: Desk) -> list[tuple[str, int, str | None]]:
    rows = desk.rows("SELECT state, attempts, trouble FROM inbox.letter ORDER BY notice_id")
    return [tuple(row) for row in rows]


def test_each_step_is_told_to_those_concerned_and_to_nobody_else(desk, account):
    editor, colleague = account("ayse", "editor", WEST), account("ali", "approver", WEST)
    neighbour, planner = account("efe", "editor", EAST), account("can", "planner")
    decider, second = account("zehra", "department"), account("veli", "administrator")
    number = submitted(desk, editor)
    with desk.store.writing(decider) as connection:
        review.return_(connection, decider, number, why="Ayşe has drawn it wrong.")
    with desk.store.writing(editor) as connection:
        review.submit(connection, editor, number)
    with desk.store.writing(decider) as connection:
        review.accept(connection, decider, number)
        review.publish_now(connection, desk.registry, decider, number)
    decided = [("published", number), ("returned", number)]
    assert told(desk, editor) == told(desk, colleague) == decided
    assert told(desk, decider) == told(desk, second) == [("submitted", number)] * 2
    assert told(desk, neighbour) == told(desk, planner) == []
    assert len(waiting(desk)) == len(set(waiting(desk))) == 8


def agreed_at_once(desk: Desk, editor: Actor) -> int:
    """Submitted by a district that the profile trusts."""
    at_any_hour = AttentionRules(last_hour=0, last_weekday=0)
    trusted = replace(desk.profile.review, trusted_districts=frozenset({WEST}), attention=at_any_hour)
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    with desk.store.writing(editor) as connection:
        review.submit(connection, editor, outcome.changeset_id)
        profile = replace(desk.profile, review=trusted)
        assert publish_if_trusted(connection, desk.registry, profile, outcome.changeset_id, why="agreed")
    return outcome.changeset_id


def test_steps_taken_at_once_are_one_letter_and_the_department_hears_of_what_nobody_looked_at(desk, account):
    editor, decider = account("ayse", "editor", WEST), account("zehra", "department")
    number = agreed_at_once(desk, editor)
    assert told(desk, editor) == told(desk, decider) == [("published", number)]
    assert len(waiting(desk)) == 2


def test_what_the_worker_publishes_is_told_once_it_is_there(desk, account, monkeypatch):
    editor, decider = account("ayse", "editor", WEST), account("zehra", "department")
    colleague = account("ali", "editor", WEST)
    monkeypatch.setattr(review, "LARGEST_AT_ONCE", 0)
    number = agreed_at_once(desk, editor)
    assert told(desk, colleague) == told(desk, decider) == []
    with desk.store.writing(DEPARTMENT) as connection:
        review.publish_now(connection, desk.registry, DEPARTMENT, number)
    assert told(desk, colleague) == told(desk, decider) == [("published", number)]
    assert len(waiting(desk)) == 3


def test_what_the_worker_cannot_publish_is_told_as_well(desk, account, monkeypatch):
    editor, decider = account("ayse", "editor", WEST), account("zehra", "department")
    monkeypatch.setattr(review, "LARGEST_AT_ONCE", 0)
    number = agreed_at_once(desk, editor)
    with desk.store.writing(DEPARTMENT) as connection:
        review.return_(connection, DEPARTMENT, number, why="Somebody has published w-1 since.")
    assert told(desk, editor) == told(desk, decider) == [("returned", number)]


def test_an_order_to_publish_what_is_large_is_one_letter_too(desk, account, monkeypatch):
    editor, decider = account("ayse", "editor", WEST), account("zehra", "department")
    second = account("veli", "department")
    monkeypatch.setattr(review, "LARGEST_AT_ONCE", 0)
    number = submitted(desk, editor)
    with desk.store.writing(decider) as connection:
        review.accept(connection, decider, number)
        review.publish_changeset(connection, desk.registry, decider, number)
    with desk.store.writing(decider) as connection:
        review.publish_now(connection, desk.registry, decider, number)
    assert told(desk, editor) == [("published", number)]
    assert told(desk, second) == [("submitted", number)]


def test_what_is_taken_back_was_never_told(desk, account):
    editor, decider = account("ayse", "editor", WEST), account("zehra", "department")
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    with desk.store.writing(editor) as connection:
        review.submit(connection, editor, outcome.changeset_id)
        connection.rollback()
    assert (told(desk, decider), waiting(desk)) == ([], [])


def test_nobody_reads_changes_or_forges_anothers_notices(desk, account):
    editor, decider = account("ayse", "editor", WEST), account("zehra", "department")
    second = account("veli", "department")
    submitted(desk, editor)
    with desk.store.writing(second) as connection:
        connection.execute(text("UPDATE inbox.notice SET seen_at = now()"))
        rows = connection.execute(text("SELECT account_id FROM inbox.notice")).scalars().all()
    assert rows == [second.account_id]
    with desk.store.reading(decider) as connection:
        assert notices.count_unseen(connection, decider) == 1
    forged = "INSERT INTO inbox.notice (account_id, event, district_id, source_id) VALUES (1, 'submitted', 1, 'x')"
    for statement in (forged, "DELETE FROM inbox.notice", "UPDATE inbox.notice SET event = 'returned'"):
        with pytest.raises(ProgrammingError, match="permission denied"), desk.store.writing(decider) as connection:
            connection.execute(text(statement))


def test_a_letter_says_what_happened_in_the_accounts_language_and_nothing_personal(desk, account, mailbox):
    editor, decider = account("ayse", "editor", WEST), account("zehra", "department")
    second = account("veli", "department")
    with desk.store.writing(second) as connection:
        notices.set_mail_wish(connection, second, is_mailed=True, language="en")
    number = submitted(desk, editor)
    for notice in waiting(desk):
        post_to(desk, mailbox.port).send(notice)
    turkish, english = mailbox.came
    assert (turkish["To"], english["To"]) == ("zehra@example.org", "veli@example.org")
    assert english["Subject"].endswith(f"Batı has submitted changeset {number}")
    assert f"https://pool.example/changeset/{number}" in english.get_content()
    assert turkish["Content-Language"] == "tr"
    assert "Birimin kararını bekliyor." in turkish.get_content()
    for letter in mailbox.came:
        assert not {"ayse", "edits.geojson"} & set(letter.get_content().split())
        assert letter.get_content_type() == "text/plain"
    assert states(desk) == [("sent", 0, None)] * 2
    assert decider.account_id != second.account_id


def test_an_account_gets_one_letter_for_each_event_however_often_it_is_tried(desk, account, mailbox):
    account("zehra", "department")
    submitted(desk, account("ayse", "editor", WEST))
    (notice,) = waiting(desk)
    for _ in range(3):
        post_to(desk, mailbox.port).send(notice)
    assert len(mailbox.came) == 1


def test_who_wants_no_letters_gets_none_but_sees_the_notice(desk, account, mailbox):
    editor, decider = account("ayse", "editor", WEST), account("zehra", "department")
    submitted(desk, editor)
    with desk.store.writing(decider) as connection:
        notices.set_mail_wish(connection, decider, is_mailed=False, language="tr")
    submitted(desk, editor, "w-2")
    (earlier,) = waiting(desk)
    post_to(desk, mailbox.port).send(earlier)
    assert (mailbox.came, states(desk)) == ([], [("unwanted", 0, None)])
    assert len(told(desk, decider)) == 2


def test_a_decision_never_waits_for_the_mail_server_and_its_letter_comes_later(desk, account, mailbox):
    account("zehra", "department")
    submitted(desk, account("ayse", "editor", WEST))
    (notice,) = waiting(desk)
    post = post_to(desk, mailbox.port)
    down = replace(post, server=replace(post.server, port=1))
    for attempts in (1, 2):
        with pytest.raises(NotSent):
            down.send(notice)
        assert states(desk) == [("waiting", attempts, Trouble.UNREACHABLE)]
    mailbox.answers = ["451 later"]
    with pytest.raises(NotSent):
        post.send(notice)
    (row,) = desk.rows("SELECT trouble, failing_since FROM inbox.letter")
    assert (row.trouble, row.failing_since is None) == (Trouble.REFUSED, False)
    post.send(notice)
    assert (len(mailbox.came), states(desk)) == (1, [("sent", 3, None)])


def test_what_can_never_arrive_is_given_up_and_shown_to_the_department(desk, account, mailbox):
    account("zehra", "department")
    account("veli", "department")
    submitted(desk, account("ayse", "editor", WEST))
    mailbox.unknown = {"zehra@example.org"}
    mailbox.answers = ["451 later"]
    first, second = waiting(desk)
    post = post_to(desk, mailbox.port)
    post.send(first)
    post.send(second, is_last=True)
    assert [state for state, _, _ in states(desk)] == ["given_up"] * 2
    with desk.store.reading(Actor("department")) as connection:
        shown = [(one.trouble, one.waiting, one.given_up) for one in letters.failing(connection)]
    assert shown == [(Trouble.REFUSED, 0, 1), (Trouble.UNKNOWN_ADDRESS, 0, 1)]
    assert MOST_ATTEMPTS > 1


@pytest.mark.parametrize(
    ("more", "trouble"),
    [
        ({"user": "gis", "password": "secret"}, None),
        ({"user": "gis", "password": "wrong"}, Trouble.NOT_LET_IN),
        ({"security": "starttls"}, Trouble.NOT_SECURE),
        ({"security": "tls"}, Trouble.NOT_SECURE),
    ],
)
def test_a_password_is_shown_and_nothing_is_sent_in_the_clear_against_the_operators_will(
    desk, account, mailbox, more, trouble
):
    account("zehra", "department")
    submitted(desk, account("ayse", "editor", WEST))
    post = post_to(desk, mailbox.port, **more)
    with desk.store.reading(WORKER) as connection:
        letter = letters.letter(connection, waiting(desk)[0])
    assert post.server.send(post.writer.write(letter)) == trouble
    assert len(mailbox.came) == (trouble is None)


def test_a_source_that_keeps_failing_is_told_once(desk, account):
    editor, decider = account("ayse", "editor", WEST), account("zehra", "department")
    neighbour = account("efe", "editor", EAST)
    with desk.store.writing(WORKER) as connection:
        connection.execute(text("INSERT INTO inbox.source (id, district_id) VALUES ('west-parcels', 1)"))
        for _ in range(5):
            connection.execute(text("UPDATE inbox.source SET failures = failures + 1"))
    assert told(desk, editor) == told(desk, decider) == [("pull_failed", None)]
    assert told(desk, neighbour) == []


def test_the_worker_sends_what_waits(database, desk, account, mailbox, tmp_path):
    account("zehra", "department")
    submitted(desk, account("ayse", "editor", WEST))
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")} | {
        "GIS_DATABASE_URL": database.worker.replace("gis_worker@", "postgres@"),
        "GIS_PROFILE": str(TEST_PROFILE),
        "GIS_DATA": str(tmp_path),
        "GIS_SMTP_HOST": "127.0.0.1",
        "GIS_SMTP_PORT": str(mailbox.port),
        "GIS_SMTP_SECURITY": "none",
        "GIS_SMTP_SENDER": "gis@example.org",
        "GIS_PUBLIC_URL": "https://pool.example/",
    }
    worker = subprocess.Popen([sys.executable, "-m", "gisserver.worker"], env=surroundings)
    try:
        wait_until(lambda: len(mailbox.came) == 1, 90)
    finally:
        worker.kill()
        worker.wait()
    assert "https://pool.example/changeset/" in mailbox.came[0].get_content()
