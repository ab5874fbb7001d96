"""A file that arrives by tus 1.0: cut, resumed, stopped, expired, refused."""

import hashlib
import io
import json
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from gisserver.app import THREADS, create_app, entry_of
from gisserver.settings import Settings
from importers.pipeline import check
from layers.core import inbox
from layers.core.store import WORKER
from tests.application import TEST_PROFILE
from tests.http_server import Browser, listening, read_answers, wait_until
from tests.importing import Desk, geojson, open_desk, parcel
from tests.server_process import server_process
from tests.tus import BODY, Sender, checksum, metadata, upload_id
from tests.worlds import EAST, WEST

LONG = 300_000
"""More than the server takes for a short body."""


@pytest.fixture
def app(database, tmp_path):
    """Small limits, so that they can be reached."""
    limits = {
        "GIS_UPLOAD_LIMIT_MB": "8",
        "GIS_WAITING_LIMIT_MB": "20",
        "GIS_UNFINISHED_LIMIT": "30",
        "GIS_UNFINISHED_HOURS": "2",
    }
    given = {"GIS_DATA": str(tmp_path), "GIS_PROFILE": str(TEST_PROFILE), **limits}
    application = create_app(Settings.load(given, tmp_path / ".env"), database.web)
    yield application
    built = application.extensions["gisserver"]
    built.tiles.close()
    built.store.close()


@pytest.fixture
def address(app) -> Iterator[str]:
    with listening(entry_of(app)) as found:
        yield found


@pytest.fixture
def editor(signed_in, address) -> Sender:
    return Sender.of(signed_in("editor", WEST), address, "/district")


@pytest.fixture
def neighbour(signed_in, address) -> Sender:
    return Sender.of(signed_in("editor", EAST), address, "/district")


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def some_bytes(length: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(length)


def kept(sender: Sender, path: str) -> bytes:
    return sender.ask("GET", f"{path}/original").body


def report(sender: Sender, path: str) -> dict:
    return json.loads(sender.ask("GET", path).body)


def send_on(sender: Sender, path: str, content: bytes) -> None:
    """As a client does: where what was on its way moves the offset meanwhile, it asks again."""
    while (here := sender.offset(path)) < len(content):
        assert sender.patch(path, here, content[here:]).status in (204, 409)


def jobs(desk: Desk) -> int:
    (row,) = desk.rows("SELECT count(*) AS n FROM jobs.procrastinate_jobs WHERE task_name = 'check_upload'")
    return row.n


@pytest.mark.parametrize("checksums", [False, True])
def test_a_file_sent_in_pieces_waits_whole_for_the_worker(editor, desk, checksums):
    content = some_bytes(LONG)
    uploader = editor.by_tuspy(content, checksums=checksums, layer="parcels", whole_state="yes", crs="5253")
    uploader.upload()
    path = uploader.url.removeprefix(editor.address)
    assert kept(editor, path) == content
    (row,) = desk.rows("SELECT state, sha256, is_whole_state, declared_crs, size_bytes FROM inbox.upload")
    assert tuple(row) == ("received", hashlib.sha256(content).hexdigest(), True, "5253", LONG)
    assert jobs(desk) == 1


def test_the_worker_is_asked_only_when_the_last_byte_is_here(editor, desk):
    path = editor.announce(1000)
    assert editor.patch(path, 0, b"x" * 999).status == 204
    assert (jobs(desk), report(editor, path)["state"]) == (0, "arriving")
    assert editor.ask("GET", f"{path}/original").status == 409
    answer = editor.patch(path, 999, b"x")
    assert (answer.status, answer.headers["upload-offset"]) == (204, "1000")
    assert (jobs(desk), report(editor, path)["state"]) == (1, "received")


@settings(
    max_examples=15,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(cuts=st.lists(st.integers(0, LONG), min_size=1, max_size=4, unique=True))
def test_a_cut_at_any_byte_leaves_a_beginning_of_the_file(editor, cuts):
    content = os.urandom(LONG)  # the same bytes again would lead to the first file
    path = editor.announce(LONG)
    for cut in sorted(cuts):
        here = editor.offset(path)
        if here < cut:
            with editor.patching(path, here, LONG - here) as connection:
                connection.sendall(content[here:cut])
        assert here <= editor.offset(path) <= max(cut, here)
    send_on(editor, path, content)
    assert hashlib.sha256(kept(editor, path)).digest() == hashlib.sha256(content).digest()


def test_what_has_come_is_kept_while_the_rest_is_still_on_its_way(editor):
    path = editor.announce(LONG)
    with editor.patching(path, 0, LONG) as connection:
        connection.sendall(b"x" * 1234)
        wait_until(lambda: editor.offset(path) == 1234)


def test_a_server_that_is_killed_in_the_middle_goes_on_where_it_was(database, signed_in, tmp_path):
    content = some_bytes(3_000_000)
    client = signed_in("editor", WEST)
    with server_process(database, tmp_path) as server:
        editor = Sender.of(client, server.address, "/district")
        path = editor.announce(len(content))
        with editor.patching(path, 0, len(content)) as connection:
            connection.sendall(content[:2_000_000])
            wait_until(lambda: editor.offset(path) > 0)
            server.kill()
        server.start()
        assert 0 < editor.offset(path) <= 2_000_000
        send_on(editor, path, content)
        assert kept(editor, path) == content


def test_a_large_file_never_lies_in_memory(database, signed_in, tmp_path):
    large = 80_000_000
    client = signed_in("editor", WEST)
    with server_process(database, tmp_path) as server:
        editor = Sender.of(client, server.address, "/district")
        for more in ({}, {"Upload_Checksum": checksum(bytes(large))}):
            small = editor.announce(LONG, os.urandom(LONG))
            assert len(kept(editor, small)) == LONG
            before = server.peak_memory_bytes
            path = editor.announce(large + len(more))
            assert editor.patch(path, 0, bytes(large), **more).status == 204
            assert server.peak_memory_bytes - before < large / 2


def test_more_slow_senders_than_threads_hold_up_nobody(editor):
    """Neither other pages nor another file."""
    with ExitStack() as slow:
        for _ in range(2 * THREADS - 1):
            path = editor.announce(LONG)
            slow.enter_context(editor.patching(path, 0, LONG)).sendall(b"x")
        with Browser(editor.address) as browser:
            assert browser.ask("/api").status == 200
        last = editor.announce(LONG)
        assert editor.patch(last, 0, some_bytes(LONG)).status == 204


def test_of_two_who_send_the_same_bytes_at_once_one_wins(editor):
    content = some_bytes(LONG)
    path = editor.announce(LONG)
    with ThreadPoolExecutor(6) as senders:
        answers = list(senders.map(lambda _: editor.patch(path, 0, content).status, range(6)))
    assert answers.count(204) == 1
    assert set(answers) == {204, 409}
    assert kept(editor, path) == content


def test_two_who_send_different_bytes_at_once_do_not_mix_them(editor):
    path = editor.announce(LONG)
    with editor.patching(path, 0, LONG) as first:
        first.sendall(b"a" * 100)
        wait_until(lambda: editor.offset(path) == 100)
        assert editor.patch(path, 100, b"b" * 100).status == 204
        first.sendall(b"a" * (LONG - 100))
        (answer,) = read_answers(first, 1)
    assert answer.status == 409
    assert editor.offset(path) == 200


def test_the_same_bytes_sent_again_lead_to_the_first_file(editor, desk):
    first, second = editor.by_tuspy(some_bytes(1000)), editor.by_tuspy(some_bytes(1000))
    first.upload()
    second.upload()
    path = second.url.removeprefix(editor.address)
    assert editor.offset(path) == 1000
    answer = editor.ask("GET", path)
    assert (answer.status, answer.headers["location"]) == (303, first.url.removeprefix(editor.address))
    assert jobs(desk) == 1
    assert len(desk.rows("SELECT 1 FROM inbox.chunk")) == 1


def test_damaged_bytes_are_refused_and_forgotten(editor):
    path = editor.announce(LONG)
    assert editor.patch(path, 0, b"x" * 500, Upload_Checksum=checksum(b"x" * 500, "sha256")).status == 204
    answer = editor.patch(path, 500, b"y" * 70_000, Upload_Checksum=checksum(b"x" * 70_000))
    assert (answer.status, answer.headers["tus-resumable"]) == (460, "1.0.0")
    assert b"damaged on the way" in answer.body
    assert editor.offset(path) == 500


@pytest.mark.parametrize(
    "spelled", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha1 x", "sha1 AAAA", "sha256 " + "A" * 64]
)
def test_a_checksum_that_cannot_be_one_is_refused(editor, spelled):
    path = editor.announce(10)
    answer = editor.patch(path, 0, b"x" * 10, Upload_Checksum=spelled)
    assert answer.status == 400
    assert b"Upload-Checksum" in answer.body
    assert editor.offset(path) == 0


def test_who_stops_sending_leaves_nothing_behind(editor, desk):
    path = editor.announce(LONG)
    editor.patch(path, 0, b"x" * 1000)
    assert editor.ask("DELETE", path).status == 204
    for method in ("HEAD", "DELETE", "GET"):
        assert editor.ask(method, path).status == 404
    assert editor.patch(path, 1000, b"x").status == 404
    for table in ("upload", "arrival", "chunk"):
        assert desk.rows(f"SELECT 1 FROM inbox.{table}") == []


def test_a_file_that_is_here_whole_is_not_stopped(editor):
    path = editor.announce(3, b"abc")
    assert editor.ask("DELETE", path).status == 409
    assert kept(editor, path) == b"abc"


def test_a_file_that_nobody_goes_on_sending_expires(editor, desk):
    path = editor.announce(LONG)
    assert "upload-expires" in editor.patch(path, 0, b"x" * 1000).headers
    with desk.store.writing(WORKER) as connection:
        connection.execute(text("UPDATE inbox.arrival SET expires_at = now() - interval '1 second'"))
    assert editor.ask("HEAD", path).status == 410
    assert editor.patch(path, 1000, b"x").status == 410


def test_other_bytes_than_the_next_are_refused(editor):
    path = editor.announce(LONG)
    editor.patch(path, 0, b"x" * 1000)
    for offset in (0, 999, 1001):
        answer = editor.patch(path, offset, b"y")
        assert answer.status == 409
        assert b"1000 bytes are here" in answer.body
    assert editor.patch(path, 1000, b"").status == 204
    assert editor.offset(path) == 1000


@pytest.mark.parametrize("excess", [1, LONG])
def test_more_bytes_than_announced_are_refused(editor, excess):
    path = editor.announce(1000)
    assert editor.patch(path, 0, b"x" * (1000 + excess)).status == 413
    assert editor.patch(path, 0, b"x" * 2000, Upload_Checksum=checksum(b"x" * 2000)).status == 413
    assert editor.offset(path) == 0


@pytest.mark.parametrize("version", ["0.2.2", "2.0.0", ""])
@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE"])
def test_another_version_is_answered_with_ours(editor, version, method):
    path = "/api/uploads" if method == "POST" else editor.announce(10)
    answer = editor.ask(method, path, Tus_Resumable=version, Upload_Length="10")
    assert answer.status == 412
    assert answer.headers["tus-version"] == answer.headers["tus-resumable"] == "1.0.0"


def test_the_server_says_what_it_speaks(address):
    with Browser(address) as anybody:
        headers = anybody.ask("/api/uploads", "OPTIONS").headers
    assert headers["tus-version"] == "1.0.0"
    assert headers["tus-extension"] == "creation,creation-with-upload,termination,checksum,expiration"
    assert headers["tus-checksum-algorithm"] == "sha1,sha256"
    assert headers["tus-max-size"] == "8000000"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload_Length": "8000001"}, 413),
        ({"Upload_Length": "-1"}, 400),
        ({"Upload_Length": "١٢"}, 400),
        ({"Upload_Length": "9" * 30}, 400),
        ({"Upload_Length": "ten"}, 400),
        ({}, 400),
        ({"Upload_Defer_Length": "1"}, 400),
    ],
)
def test_a_length_that_cannot_be_is_refused(editor, desk, headers, status):
    given = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    assert editor.ask("POST", "/api/uploads", **given).status == status
    assert desk.rows("SELECT 1 FROM inbox.upload") == []


@pytest.mark.parametrize(
    "spelled",
    [
        "filename not-base64!",
        "filename YQ==,filename YQ==",
        "filename /w==",
        "filename " + "A" * 5000,
        metadata(layer="trees"),
        metadata(crs="TUREF"),
        metadata(crs="99999999999999999999"),
    ],
)
def test_metadata_that_says_nothing_usable_is_refused(editor, desk, spelled):
    answer = editor.ask("POST", "/api/uploads", Upload_Length="10", Upload_Metadata=spelled)
    assert answer.status in (400, 404)
    assert desk.rows("SELECT 1 FROM inbox.upload") == []


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("Çiğli “kuzey” 'ada'.gpkg", "Çiğli “kuzey” 'ada'.gpkg"),
        ('"; DROP TABLE inbox.upload; --.gpkg', '"; DROP TABLE inbox.upload; --.gpkg'),
        ("../../etc/passwd", "passwd"),
        ("C:\\Belge\\imar.tab", "imar.tab"),
        ("a\x00\r\nb.gpkg", "ab.gpkg"),
        ("", "upload"),
    ],
)
def test_a_name_is_kept_as_far_as_it_is_one(editor, name, kept_as):
    path = editor.announce(3, b"abc", filename=name)
    assert report(editor, path)["filename"] == kept_as
    assert editor.ask("HEAD", path).headers["upload-metadata"] == metadata(filename=name)
    assert kept(editor, path) == b"abc"


def test_what_another_district_sends_is_as_if_absent(editor, neighbour):
    path = editor.announce(LONG)
    for method in ("HEAD", "DELETE", "GET"):
        assert neighbour.ask(method, path).status == 404
    assert neighbour.patch(path, 0, b"x").status == 404
    assert editor.offset(path) == 0


def test_the_department_says_for_whom_it_sends(signed_in, address, desk):
    department = Sender.of(signed_in("department"), address, "/department")
    assert department.ask("POST", "/api/uploads", Upload_Length="3", Upload_Metadata=metadata()).status == 400
    department.announce(3, b"abc", district="Doğu")
    assert [row.district_id for row in desk.rows("SELECT district_id FROM inbox.upload")] == [EAST]


def test_who_has_not_signed_in_or_shows_no_token_sends_nothing(editor, address):
    path = editor.announce(LONG)
    assert Sender(address, {}).ask("HEAD", path).status == 401
    assert Sender(address, {}).patch(path, 0, b"x").status in (400, 401)
    forged = Sender(address, {"Cookie": editor.identity["Cookie"]})
    for answer in (forged.patch(path, 0, b"x"), forged.ask("DELETE", path)):
        assert answer.status == 400
    assert editor.offset(path) == 0


def test_what_waits_for_a_district_is_limited_however_many_send_at_once(editor, neighbour):
    """20 MB in all, also where all ask at the same moment."""
    with ThreadPoolExecutor(8) as senders:
        answers = list(senders.map(lambda _: editor.ask("POST", "/api/uploads", Upload_Length="6000000"), range(8)))
    assert sorted(answer.status for answer in answers) == [201] * 3 + [507] * 5
    refused = next(answer for answer in answers if answer.status == 507)
    assert b"18 MB of your district wait already, and 20 MB is the most" in refused.body
    begun = next(answer for answer in answers if answer.status == 201)
    neighbour.announce(6_000_000)
    editor.ask("DELETE", begun.headers["location"].removeprefix(editor.address))
    editor.announce(6_000_000)


def test_a_form_counts_as_well(editor, signed_in):
    for size in (6_000_000, 6_000_000, 7_900_000):
        editor.announce(size)
    client = signed_in("approver", WEST)
    sent = {"file": (io.BytesIO(b"x" * 200_000), "a.gpkg")}
    token = Sender.of(client, editor.address, "/district").identity["X-CSRFToken"]
    assert client.post("/api/uploads", data=sent, headers={"X-CSRFToken": token}).status_code == 507


def test_an_account_cannot_begin_without_end(editor):
    for _ in range(30):
        editor.announce(10)
    answer = editor.ask("POST", "/api/uploads", Upload_Length="10")
    assert answer.status == 429
    assert b"Finish or stop one of them first" in answer.body


def test_the_first_bytes_may_come_with_the_announcement(editor):
    content = some_bytes(LONG)
    path = editor.announce(LONG, content[:200_000])
    assert editor.offset(path) == 200_000
    editor.patch(path, 200_000, content[200_000:])
    assert kept(editor, path) == content


def test_an_announcement_whose_bytes_are_refused_leaves_nothing(editor, desk):
    for more in ({"Upload_Checksum": checksum(b"other")}, {}):
        answer = editor.ask("POST", "/api/uploads", b"too many bytes", Upload_Length="3", Content_Type=BODY, **more)
        assert answer.status in (413, 460)
    assert desk.rows("SELECT 1 FROM inbox.upload") == []


def test_an_empty_file_is_whole_at_once(editor, desk):
    path = editor.announce(0)
    assert report(editor, path)["state"] == "received"
    assert jobs(desk) == 1


def test_a_body_of_another_kind_is_refused(editor):
    path = editor.announce(10)
    assert editor.patch(path, 0, b"x", Content_Type="application/octet-stream").status == 415
    assert editor.patch(path, 0, b"x", Upload_Offset="-1").status == 400


def test_where_only_post_passes_it_may_mean_patch(editor):
    path = editor.announce(3)
    answer = editor.ask("POST", path, b"abc", Content_Type=BODY, Upload_Offset="0", X_HTTP_Method_Override="PATCH")
    assert answer.status == 204
    assert kept(editor, path) == b"abc"


def test_a_file_sent_in_pieces_is_checked_like_any_other(editor, desk):
    uploader = editor.by_tuspy(geojson([parcel("w-1", 0, 0)], 5253), piece=37)
    uploader.upload()
    path = uploader.url.removeprefix(editor.address)
    with desk.store.writing(WORKER) as connection:
        check(connection, desk.registry, desk.profile, upload_id(path))
    assert report(editor, path)["state"] == "checked"


def test_an_unfinished_file_is_not_checked_again(editor, desk):
    path = editor.announce(10)
    with desk.store.writing(WORKER) as connection, pytest.raises(inbox.NotWhole):
        inbox.recheck(connection, upload_id(path))
