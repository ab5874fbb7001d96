"""The worker pulls what is due and tells what is wrong; a pool is a source of another one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from gisserver.app import entry_of
from gisserver.cli import GIS
from layers.core.store import WORKER
from tests.application import TEST_PROFILE, serving
from tests.http_server import listening, wait_until
from tests.importing import Desk, geojson, open_desk, parcel
from tests.pulling import declared, taken
from tests.source_server import SourceServer, gives, giving
from tests.worlds import WEST

FILE = geojson([parcel("w-1", 0, 0)], 5253)


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[SourceServer]:
    with giving() as opened:
        yield opened


def environment(database, folder: Path, address: str) -> dict[str, str]:
    """Of a deployment whose profile declares the source."""
    profile = folder / "city.toml"
    table = (
        f'[[sources]]\nid = "west-parcels"\ndistrict = {WEST}\nlayer = "parcels"\nkind = "http_file"\n'
        f'address = "{address}/parcels.geojson"\ncron = "30 2 * * *"\n'
    )
    profile.write_text(f"{TEST_PROFILE.read_text(encoding='utf-8')}\n{table}", encoding="utf-8")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")}
    return {
        **inherited,
        # An existing server's user takes the worker's role, as on a municipality's own PostgreSQL.
        "GIS_DATABASE_URL": database.worker.replace("gis_worker@", "postgres@"),
        "GIS_PROFILE": str(profile),
        "GIS_DATA": str(folder),
        "GIS_SOURCE_HOSTS": "127.0.0.1",
        "GIS_SOURCE_PRIVATE": "yes",
    }


def test_the_worker_pulls_what_is_due_and_checks_it(database, desk, server, tmp_path):
    server.answers["/parcels.geojson"] = [gives(FILE)]
    surroundings = environment(database, tmp_path, server.address)
    with desk.store.writing(WORKER) as connection:
        connection.exec_driver_sql(
            "INSERT INTO inbox.source (id, district_id, due_at) VALUES ('west-parcels', 1, '2026-01-01')"
        )
        connection.exec_driver_sql(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('pulls', 'call_sources', 0, NULL, NULL, "
            "'{\"timestamp\": 0}'::jsonb, NULL)::procrastinate_job_to_defer_v1])"
        )
    worker = subprocess.Popen([sys.executable, "-m", "gisserver.worker"], env=surroundings)
    try:
        wait_until(lambda: [row.state for row in desk.rows("SELECT state FROM inbox.changeset")] == ["checked"], 90)
    finally:
        worker.kill()
        worker.wait()
    (row,) = desk.rows("SELECT failures, due_at > now() AS is_later FROM inbox.source")
    assert (row.failures, row.is_later) == (0, True)


def test_the_verb_lists_pulls_and_pauses(database, server, tmp_path, monkeypatch):
    for name, value in environment(database, tmp_path, server.address).items():
        if name.startswith("GIS_"):
            monkeypatch.setenv(name, value)

    def run(*words: str, code: int = 0) -> str:
        done = CliRunner().invoke(GIS, ["source", *words])
        assert done.exit_code == code, done.output
        return done.output

    assert "nothing yet" in run("list")
    assert "its answer: 404" in run("pull", "west-parcels", code=3)
    assert "failing" in run("list")
    server.answers["/parcels.geojson"] = [gives(FILE)]
    assert "is received" in run("pull", "west-parcels")
    assert "is paused" in run("pause", "west-parcels")
    assert '"is_paused": true' in run("list", "--json")
    assert "as its schedule says" in run("resume", "west-parcels")
    run("pull", "east-parcels", code=2)


@pytest.mark.parametrize(
    ("kind", "path"), [("ogc_api_features", "/api/collections/parcels"), ("wfs", "/ows")], ids=["features", "wfs"]
)
def test_a_pool_is_a_source_of_another_one(database, desk, tmp_path, monkeypatch, kind, path):
    """Of itself here: what it gives, axes, system and all, is what it holds already."""
    monkeypatch.setattr("importers.sources.ogc_api_features.AT_ONCE", 3)
    monkeypatch.setattr("importers.sources.wfs.AT_ONCE", 3)
    published = [parcel(f"w-{number}", number, 0) for number in range(1, 8)]
    desk.publish(desk.send_features(published))
    with serving(database, tmp_path, TEST_PROFILE) as app, listening(entry_of(app)) as root:
        outcome = taken(desk, declared(kind, f"{root}{path}", crs="5253", whole_state=True), patience_s=60.0)[0]
    assert outcome.report["counts"]["records"] == 7
    assert desk.changes(outcome) == []
