"""A running service on a sample pool of its own, kept between runs."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from gisserver.cluster import DatabaseUrls, database_urls
from gisserver.settings import Settings

PORT = 8397
GIS = str(Path(sys.executable).with_name("gis"))


@dataclass(frozen=True)
class Deployment:
    """Where the service under measurement is reached."""

    address: str
    urls: DatabaseUrls
    environment: Mapping[str, str]


@contextmanager
def deployment(parcels: int, *, web_processes: int = 1, folder: Path | None = None) -> Iterator[Deployment]:
    """`gis up` on a pool of that many sample parcels, made at the first run."""
    data = folder or Path(os.environ.get("BENCH_DATA", f"/var/tmp/gisserver-bench-{parcels}"))

    def fill(running: Deployment) -> None:
        subprocess.run([GIS, "sample", "--parcels", str(parcels)], env=running.environment, check=True)

    with filled_deployment(data, fill, web_processes=web_processes) as running:
        yield running


@contextmanager
def filled_deployment(
    data: Path, fill: Callable[[Deployment], None], *, web_processes: int = 1
) -> Iterator[Deployment]:
    """`gis up` on a pool that is filled at the first run."""
    environment = {
        **os.environ,
        "GIS_DATA": str(data),
        "GIS_PORT": os.environ.get("BENCH_PORT", str(PORT)),
        "GIS_WEB_PROCESSES": str(web_processes),
        # Making files for download would take a core in mid-measurement.
        "GIS_EXPORT_INTERVAL_MINUTES": "0",
        "GIS_READY_INTERVAL_MINUTES": "0",
    }
    settings = Settings.load(environment)
    if subprocess.run([GIS, "status"], env=environment, capture_output=True).returncode == 0:
        raise SystemExit(f"Another measurement uses {data}. Wait for its end, or name another folder.")
    subprocess.run([GIS, "up", "--detach"], env=environment, check=True)
    try:
        status = subprocess.run([GIS, "status", "--json"], env=environment, check=True, capture_output=True)
        running = Deployment(json.loads(status.stdout)["address"], database_urls(settings), environment)
        if not (data / "bench-is-filled").exists():
            fill(running)
            (data / "bench-is-filled").touch()
        _wait_for_the_worker(running)
        yield running
    finally:
        subprocess.run([GIS, "down"], env=environment, check=True)


def _wait_for_the_worker(running: Deployment) -> None:
    """Counting two million parcels anew after a publish takes minutes, and a core of what is measured."""
    with closing(psycopg2.connect(running.urls.owner)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        while _has_work(cursor):
            time.sleep(1)


def _has_work(cursor: Cursor) -> bool:
    cursor.execute(
        "SELECT EXISTS (SELECT FROM jobs.procrastinate_jobs WHERE status = 'doing'"
        " OR status = 'todo' AND coalesce(scheduled_at, now()) <= now())"
    )
    (has_work,) = cursor.fetchone()
    return bool(has_work)


@contextmanager
def another_web(running: Deployment, port: int, **settings: str) -> Iterator[str]:
    """A second web process on the same pool, with settings of its own."""
    environment = {**running.environment, "GIS_PORT": str(port), **settings}
    process = subprocess.Popen([sys.executable, "-m", "gisserver.server"], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/ready")
        yield address
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str, patience: float = 60.0) -> None:
    """Until a server that has just been started answers."""
    end = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(url):
                return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > end:
                raise SystemExit(f"{url} does not answer.") from None
            time.sleep(0.1)
