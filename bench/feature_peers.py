"""The other open servers of features, over the same table of the same database."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url

from bench.deployment import Deployment, wait_for

PORTS = {"pg_featureserv": 8398, "tipg": 8399}
_COLLECTION = "/collections/pool.parcels/items"
_HOW_TO_BUILD = (
    "pg_featureserv is not on PATH. Build it: go mod download -json github.com/CrunchyData/pg_featureserv@v1.3.1, "
    "and in a copy of the folder that it names: go build"
)
_HOW_TO_INSTALL = (
    "tipg is not in TIPG_HOME. Install it: python3 -m venv TIPG_HOME && TIPG_HOME/bin/pip install tipg==1.6.0 uvicorn"
)


@dataclass(frozen=True)
class Peer:
    """A running server."""

    name: str
    address: str
    as_json: str = ""
    """What its paths end with."""

    def page(self, limit: int, offset: int = 0, bbox: str | None = None) -> str:
        """The path of a page; both servers know offsets only."""
        place = f"&bbox={bbox}" if bbox else ""
        return f"{_COLLECTION}{self.as_json}?limit={limit}&offset={offset}{place}"

    def item(self, row_id: int) -> str:
        """The path of one feature."""
        return f"{_COLLECTION}/{row_id}{self.as_json}"


@contextmanager
def peers(running: Deployment) -> Iterator[tuple[Peer, ...]]:
    """pg_featureserv and tipg, each as it comes, with one process."""
    with ExitStack() as stack:
        yield stack.enter_context(_pg_featureserv(running)), stack.enter_context(_tipg(running))


@contextmanager
def _pg_featureserv(running: Deployment) -> Iterator[Peer]:
    program = shutil.which("pg_featureserv") or sys.exit(_HOW_TO_BUILD)
    port = PORTS["pg_featureserv"]
    parts = make_url(running.urls.web)
    socket = parts.query["host"]
    settings = {
        "DATABASE_URL": f"postgresql://{parts.username}@/{parts.database}?host={socket}&port={parts.query['port']}",
        "PGFS_SERVER_HTTPHOST": "127.0.0.1",
        "PGFS_SERVER_HTTPPORT": str(port),
        "PGFS_PAGING_LIMITMAX": "10000",
        "PGFS_DATABASE_TABLEINCLUDES": "pool.parcels",
    }
    with _started([program], settings, f"http://127.0.0.1:{port}/collections.json"):
        yield Peer("pg_featureserv", f"http://127.0.0.1:{port}", ".json")


@contextmanager
def _tipg(running: Deployment) -> Iterator[Peer]:
    program = Path(os.environ.get("TIPG_HOME", "tipg")) / "bin" / "uvicorn"
    if not program.exists():
        sys.exit(_HOW_TO_INSTALL)
    port = PORTS["tipg"]
    parts = make_url(running.urls.web)
    host = quote(parts.query["host"], safe="")
    url = f"postgresql://{parts.username}@{host}:{parts.query['port']}/{parts.database}"
    settings = {"DATABASE_URL": url, "TIPG_DB_SCHEMAS": '["pool"]', "TIPG_DB_TABLES": '["pool.parcels"]'}
    words = [program, "tipg.main:app", "--port", str(port), "--log-level", "warning"]
    with _started(words, settings, f"http://127.0.0.1:{port}/collections/pool.parcels"):
        yield Peer("tipg", f"http://127.0.0.1:{port}")


@contextmanager
def _started(words: list[str | Path], settings: Mapping[str, str], ready: str) -> Iterator[None]:
    process = subprocess.Popen(words, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    try:
        wait_for(ready)
        yield
    finally:
        process.terminate()
        process.wait()
