"""What the service counts of itself."""

import os
import subprocess
import sys

import pytest

from gisserver.app import entry_of
from tests.http_server import Browser, listening, wait_until
from tests.web.test_tiles import tile_of
from tests.worlds import WEST, publish_parcels, square

ELSEWHERE = "203.0.113.9"


@pytest.fixture
def browser(app):
    with listening(entry_of(app)) as address, Browser(address) as found:
        yield found


def numbers(text: str) -> dict[str, float]:
    """Each line's name with labels, and its number."""
    lines = (line.rpartition(" ") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(number) for name, _, number in lines}


def counted(browser) -> dict[str, float]:
    return numbers(browser.ask("/metrics").body.decode())


def test_requests_are_counted_by_how_they_were_answered(browser, client, database):
    epoch = publish_parcels(database, WEST, {"w-1": square(0, 0)})
    z, x, y = tile_of(client, database, "w-1")
    wait_until(lambda: counted(browser)["gis_known_epoch"] == epoch)
    for _ in range(3):
        assert browser.ask(f"/tiles/parcels/{z}/{x}/{y}").status == 200
    assert browser.ask("/tiles/nothing/1/1/1").status == 404
    hits = 'gis_requests_total{kind="tile_from_memory",status="2xx"}'
    wait_until(lambda: counted(browser).get(hits) == 2)
    now = counted(browser)
    assert now['gis_requests_total{kind="tile_from_row",status="2xx"}'] == 1
    assert now['gis_requests_total{kind="other",status="4xx"}'] == 1
    assert now["gis_tile_cache_bytes"] > 0
    assert 0 <= now["gis_listen_silence_seconds"] < 10


def test_labels_are_few_whatever_is_asked_for(browser):
    for number in range(300):
        browser.ask(f"/tiles/unknown{number}/1/1/{number}")
        browser.ask(f"/no-such-page-{number}", ("POST", "GET", "PUT")[number % 3])
    series = [name for name in counted(browser) if name.startswith("gis_requests_total")]
    assert len(series) <= 15


@pytest.mark.parametrize(
    ("peer", "forwarded", "status"),
    [
        ("127.0.0.1", None, 200),
        ("::1", None, 200),
        ("127.0.0.1", ELSEWHERE, 403),
        (ELSEWHERE, None, 403),
        (ELSEWHERE, "127.0.0.1", 403),
        ("127.0.0.1", "nonsense", 403),
    ],
)
def test_only_this_machine_sees_them_whatever_a_caller_says_of_itself(client, peer, forwarded, status):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": peer}).status_code == status


@pytest.mark.parametrize(("role", "district", "status"), [("department", None, 200), ("editor", 1, 403)])
def test_the_department_sees_them_from_anywhere(signed_in, role, district, status):
    answer = signed_in(role, district).get("/metrics", environ_base={"REMOTE_ADDR": ELSEWHERE})
    assert answer.status_code == status


PROCESS = """
import sys
from gisserver.metrics import Kind, Metrics

metrics = Metrics()
metrics.answered(Kind.ROW, 200, 5)
metrics.note(cache_bytes=100, known_epoch=int(sys.argv[1]), heard_at=0)
print(metrics.exposition().decode())
"""


def test_processes_are_added_up_and_a_dead_one_no_longer_stands_for_anything(tmp_path):
    def one(epoch: int) -> dict[str, float]:
        environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
        command = [sys.executable, "-c", PROCESS, str(epoch)]
        said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        return numbers(said.stdout)

    assert one(4)['gis_requests_total{kind="tile_from_row",status="2xx"}'] == 5
    together = one(7)
    assert together['gis_requests_total{kind="tile_from_row",status="2xx"}'] == 10
    assert together["gis_known_epoch"] == 7
    assert together["gis_tile_cache_bytes"] == 100
