"""The web server as `gis up` starts it, in a process of its own that can be killed and started again."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.application import TEST_PROFILE
from tests.http_server import wait_until


class ServerProcess:
    """One web server on a port that stays its own."""

    def __init__(self, database, folder: Path, **settings: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as found:
            self.port = found.getsockname()[1]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")}
        self._environment = {
            **inherited,
            # An existing server's user takes the web's role, as on a municipality's own PostgreSQL.
            "GIS_DATABASE_URL": database.web.replace("gis_web@", "postgres@"),
            "GIS_PROFILE": str(TEST_PROFILE),
            "GIS_DATA": str(folder),
            "GIS_PORT": str(self.port),
            "GIS_WEB_PROCESSES": "1",
            **settings,
        }
        self._process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        """Where it listens, or will."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Come back when it answers."""
        self._process = subprocess.Popen([sys.executable, "-m", "gisserver.server"], env=self._environment)
        wait_until(lambda: self._answers() or self._process.poll() is not None, 60)
        assert self._process.poll() is None, "the server does not start"

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @property
    def peak_memory_bytes(self) -> int:
        """The most it has ever held."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024

    def _answers(self) -> bool:
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def server_process(database, folder: Path, **settings: str) -> Iterator[ServerProcess]:
    """Started, and ended at the end."""
    server = ServerProcess(database, folder, **settings)
    server.start()
    try:
        yield server
    finally:
        server.kill()
