"""Receivers are told of publishes: signed, in order, once, and again until they answer."""

import base64
import datetime
import hashlib
import hmac
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from gisserver.back_off import BackOff
from gisserver.cli import GIS
from gisserver.webhooks import sending
from gisserver.webhooks.signature import new_secret
from gisserver.webhooks.telling import FIRST_PAUSE_S, NotTaken, Teller
from layers.core import watching
from layers.core.hosts import Hosts
from layers.core.layer import Audience
from layers.core.profile import load_profile
from layers.core.store import WORKER
from layers.core.watching import Watched
from tests.application import TEST_PROFILE
from tests.edits import Drawn, Editor, open_editor
from tests.http_server import wait_until
from tests.receiver import Receiver, drip, receiving, status
from tests.worlds import EAST, ORIGIN, WEST, square

BLOCK = {"block_no": "1", "parcel_no": "1"}
PLACE = Drawn(f"POINT({ORIGIN[0]} {ORIGIN[1]})", {"name": "x", "kind": "school"})


@pytest.fixture
def editor(database) -> Iterator[Editor]:
    with open_editor(database) as opened:
        yield opened


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def teller(editor) -> Teller:
    receivers = Hosts(("127.0.0.1",), may_be_private=True)
    return Teller(editor.store, editor.registry, load_profile(TEST_PROFILE), receivers, datetime.timedelta(hours=1))


def add(editor: Editor, url: str, watched: Watched, audience: Audience = Audience.PUBLIC) -> tuple[int, str]:
    secret = new_secret()
    with editor.store.writing(WORKER) as connection:
        number = watching.add_webhook(connection, WORKER, watched, url, "https://pool.example", secret, audience)
    return number, secret


def parcels(editor: Editor, *names: str, column: int = 0) -> None:
    editor.publish(WEST, "parcels", {name: Drawn(square(column + n, 0), BLOCK) for n, name in enumerate(names)})


def hook(editor: Editor, number: int) -> watching.Webhook:
    with editor.store.reading(WORKER) as connection:
        return watching.webhook(connection, number)


def jobs(editor: Editor) -> list[tuple[str, int]]:
    return [tuple(row) for row in editor.rows(
        "SELECT task_name, CAST(args ->> 'webhook_id' AS integer) FROM jobs.procrastinate_jobs "
        "WHERE queue_name = 'webhooks' ORDER BY id"
    )]  # fmt: skip


def test_a_receiver_is_told_of_each_publish_once_in_order_and_can_check_it(editor, teller, receiver):
    parcels(editor, "before")
    number, secret = add(editor, f"{receiver.address}/in?x=1", Watched(("parcels",)))
    parcels(editor, "w-1", column=2)
    editor.publish(WEST, "places", {"p-1": PLACE})
    parcels(editor, "w-1", "w-2", column=4)
    for _ in range(2):
        teller.tell(number)
    first, second = receiver.messages()
    assert (first["type"], first["epoch"], second["epoch"]) == ("publish", 2, 4)
    assert (second["layers"][0]["added"], second["layers"][0]["modified"]) == (1, 1)
    assert second["layers"][0]["changes"] == "https://pool.example/api/collections/parcels/changes?from=3&to=4"
    headers, body = receiver.came[1]
    key = base64.b64decode(secret.removeprefix("whsec_"))
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    signature = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{signature}"
    assert abs(int(headers["webhook-timestamp"]) - datetime.datetime.now(datetime.UTC).timestamp()) < 60
    assert hook(editor, number).told_epoch == 4


def test_who_fails_twice_is_told_the_same_again_and_nothing_is_left_out(editor, teller, receiver):
    number, _ = add(editor, receiver.address, Watched(()))
    receiver.answers = [status(500), status(503)]
    parcels(editor, "w-1")
    for failures in (1, 2):
        with pytest.raises(NotTaken):
            teller.tell(number)
        assert (hook(editor, number).failures, hook(editor, number).told_epoch) == (failures, 0)
    parcels(editor, "w-2", column=3)
    teller.tell(number)
    assert [said["epoch"] for said in receiver.messages()] == [1, 1, 1, 2]
    assert len({headers["webhook-id"] for headers, _ in receiver.came[:3]}) == 1
    after = hook(editor, number)
    assert (after.failures, after.failing_since, after.outcome, after.told_epoch) == (0, None, "204", 2)


def test_who_answers_too_late_or_byte_by_byte_is_let_go(editor, teller, receiver, monkeypatch):
    monkeypatch.setattr(sending, "PATIENCE_S", 0.3)
    number, _ = add(editor, receiver.address, Watched(()))
    parcels(editor, "w-1")
    receiver.answers = [drip]
    with pytest.raises(NotTaken, match="no answer in time"):
        teller.tell(number)
    assert hook(editor, number).outcome == "no answer in time"


def test_who_leads_elsewhere_is_not_followed(editor, teller, receiver):
    with receiving() as secret_place:
        number, _ = add(editor, receiver.address, Watched(()))
        parcels(editor, "w-1")
        receiver.answers = [status(307, Location=secret_place.address)]
        with pytest.raises(NotTaken, match="not followed"):
            teller.tell(number)
        assert secret_place.came == []


def test_a_name_that_came_to_lead_to_a_private_address_is_not_reached(editor, teller, receiver):
    guarded = replace(teller, receivers=Hosts(("*",)))
    number, _ = add(editor, receiver.address.replace("http://127.0.0.1", "https://localhost"), Watched(()))
    parcels(editor, "w-1")
    with pytest.raises(NotTaken, match="private addresses"):
        guarded.tell(number)
    assert receiver.came == []


def test_who_has_failed_for_long_is_given_up_shown_and_told_the_rest_after_a_test(editor, teller, receiver):
    impatient = replace(teller, patience=datetime.timedelta(0))
    number, _ = add(editor, receiver.address, Watched(()))
    parcels(editor, "w-1")
    receiver.answers = [status(500)]
    impatient.tell(number)
    given_up = hook(editor, number)
    assert (given_up.is_active, given_up.outcome, given_up.told_epoch) == (False, "500", 0)
    impatient.tell(number)
    assert len(receiver.came) == 1
    assert teller.test(number).is_taken
    teller.tell(number)
    assert [said["type"] for said in receiver.messages()] == ["publish", "test", "publish"]
    assert hook(editor, number).is_active


def test_pauses_grow_and_stay_within_an_hour():
    class Job:
        attempts = 0

    pauses = []
    for Job.attempts in (0, 1, 2, 9, 5_000):
        decision = BackOff(NotTaken, first_s=FIRST_PAUSE_S).get_retry_decision(exception=NotTaken(), job=Job)
        pauses.append(round((decision.retry_at - datetime.datetime.now(datetime.UTC)).total_seconds()))
    assert pauses == [5, 15, 45, 3600, 3600]
    assert BackOff(NotTaken, first_s=FIRST_PAUSE_S).get_retry_decision(exception=ValueError(), job=Job) is None


def test_a_publish_calls_each_working_receiver_by_one_job(editor, teller, receiver):
    parcels(editor, "w-1")
    assert jobs(editor) == []
    first, second = (add(editor, f"{receiver.address}/{n}", Watched(()))[0] for n in range(2))
    parcels(editor, "w-2", column=2)
    parcels(editor, "w-3", column=4)
    assert jobs(editor) == [("tell_webhook", first), ("tell_webhook", second)]


def test_an_area_is_compared_with_the_features_themselves(editor, teller, receiver):
    parcels(editor, "w-1", "w-2")
    shape = editor.rows("SELECT ST_AsBinary(ST_Transform(geom, 4326)) AS wkb FROM pool.parcels WHERE ref = 'w-1'")
    number, _ = add(editor, receiver.address, Watched((), area_wkb=bytes(shape[0].wkb)))
    editor.publish(WEST, "parcels", {"far": Drawn(square(50, 0), BLOCK)})
    editor.publish(WEST, "parcels", {"w-1": Drawn(square(60, 0), BLOCK), "far": Drawn(square(51, 0), BLOCK)})
    teller.tell(number)
    (said,) = receiver.messages()
    assert (said["epoch"], said["layers"][0]["modified"]) == (3, 1)


def test_a_parcel_is_followed_through_what_becomes_of_it(editor, teller, receiver, database):
    from tests.worlds import publish_parcels

    publish_parcels(database, WEST, {"w-1": square(0, 0, 40), "other": square(9, 0)})
    uid = editor.rows("SELECT uid FROM pool.parcels WHERE ref = 'w-1'")[0].uid
    number, _ = add(editor, receiver.address, Watched(("parcels",), feature_uid=uid))
    children = {"w-2": square(0, 0), "w-3": square(1, 0)}
    publish_parcels(database, WEST, children, retire=["w-1"], operation="subdivision")
    editor.publish(WEST, "parcels", {"other": Drawn(square(10, 0), BLOCK)})
    editor.publish(WEST, "parcels", {"w-3": Drawn(square(1, 5), BLOCK)})
    teller.tell(number)
    told = [(said["epoch"], said["layers"][0]) for said in receiver.messages()]
    assert [(epoch, one["added"], one["modified"], one["removed"]) for epoch, one in told] == [
        (2, 2, 0, 1),
        (4, 0, 1, 0),
    ]


def test_only_those_who_may_see_a_layer_hear_of_it(editor, teller, receiver):
    public, _ = add(editor, f"{receiver.address}/public", Watched(()))
    planner, _ = add(editor, f"{receiver.address}/planner", Watched(()), Audience.PLANNER)
    line = f"MULTILINESTRING(({ORIGIN[0]} {ORIGIN[1]}, {ORIGIN[0] + 9} {ORIGIN[1]}))"
    editor.publish(EAST, "water_lines", {"l-1": Drawn(line, {"feature_class": "main"})})
    for number in (public, planner):
        teller.tell(number)
    assert [said["layers"][0]["layer"] for said in receiver.messages()] == ["water_lines"]
    assert hook(editor, public).told_epoch == 1


def test_the_worker_tells_after_the_commit(editor, receiver, database, tmp_path):
    number, _ = add(editor, receiver.address, Watched(()))
    environment = _environment(database, tmp_path)
    worker = subprocess.Popen([sys.executable, "-m", "gisserver.worker"], env=environment)
    try:
        with editor.store.writing(WORKER) as connection:
            editor.prepare(connection, WEST, "parcels", {"w-1": Drawn(square(0, 0), BLOCK)})
        parcels(editor, "w-2", column=3)
        wait_until(lambda: len(receiver.came) == 1, 90)
        assert receiver.messages()[0]["epoch"] == 1
        wait_until(lambda: hook(editor, number).told_epoch == 1)
    finally:
        worker.kill()
        worker.wait()


def test_the_verb_adds_lists_tests_and_removes(editor, receiver, database, tmp_path, monkeypatch):
    for name, value in _environment(database, tmp_path).items():
        if name.startswith("GIS_"):
            monkeypatch.setenv(name, value)

    def gis(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(GIS, ["webhook", *words])
        assert done.exit_code == code, done.output
        return done.output

    added = gis("add", receiver.address, "--layer", "parcels", "--district", str(WEST))
    assert "whsec_" in added
    assert "whsec_" not in gis("list", "--json")
    assert "took it" in gis("test", "1")
    receiver.answers = [status(500)]
    assert "did not take it: 500" in gis("test", "1", code=3)
    assert "500" in gis("list")
    assert "is removed" in gis("remove", "1")
    gis("remove", "1", code=2)
    gis("add", "https://elsewhere.example/", code=2)
    gis("add", receiver.address, "--layer", "trees", code=2)
    gis("add", receiver.address, "--feature", "w-1", code=2)


def _environment(database, folder: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")}
    return {
        **inherited,
        # An existing server's user takes the worker's role, as on a municipality's own PostgreSQL.
        "GIS_DATABASE_URL": database.worker.replace("gis_worker@", "postgres@"),
        "GIS_PROFILE": str(TEST_PROFILE),
        "GIS_DATA": str(folder),
        "GIS_WEBHOOK_HOSTS": "127.0.0.1",
        "GIS_WEBHOOK_PRIVATE": "yes",
    }
