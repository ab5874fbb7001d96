"""A running service on a sample pool of its own, kept between runs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gisserver.cluster import DatabaseUrls, database_urls
from gisserver.settings import Settings

PORT = 8397
GIS = str(Path(sys.executable).with_name("gis"))


@dataclass(frozen=True)
class Deployment:
    """Where the service under measurement is reached."""

    address: str
    urls: DatabaseUrls


@contextmanager
def deployment(parcels: int, *, web_processes: int = 1) -> Iterator[Deployment]:
    """`gis up` on a pool of that many sample parcels, made at the first run."""
    data = Path(os.environ.get("BENCH_DATA", f"/var/tmp/gisserver-bench-{parcels}"))
    environment = {
        **os.environ,
        "GIS_DATA": str(data),
        "GIS_PORT": str(PORT),
        "GIS_WEB_PROCESSES": str(web_processes),
    }
    settings = Settings.load(environment)
    subprocess.run([GIS, "up", "--detach"], env=environment, check=True)
    try:
        status = subprocess.run([GIS, "status", "--json"], env=environment, check=True, capture_output=True)
        if not (data / "bench-is-filled").exists():
            subprocess.run([GIS, "sample", "--parcels", str(parcels)], env=environment, check=True)
            (data / "bench-is-filled").touch()
        yield Deployment(json.loads(status.stdout)["address"], database_urls(settings))
    finally:
        subprocess.run([GIS, "down"], env=environment, check=True)
