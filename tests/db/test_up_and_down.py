"""The whole service is started, killed in every order and stopped, as an operator meets it."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from gisserver.cluster import Cluster
from gisserver.processes.identity import Identity
from gisserver.processes.readiness import is_ready
from gisserver.processes.state import State, StateFile
from gisserver.settings import Settings

TEST_PROFILE = Path(__file__).parent.parent / "data/profiles/test.toml"

SERVICE = """
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Ready(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""

UP = f"""
import os, sys
from gisserver.processes import up
from gisserver.settings import Settings

settings = Settings.load(os.environ)
web = [sys.executable, "-c", {SERVICE!r}, str(settings.port)]
up(settings, lambda words: print(words, flush=True), {{"web": web, "worker": sys.argv[1:]}})
"""

LASTING = ["/bin/sleep", "600"]
PATIENCE = 60
Found = TypeVar("Found")


class Deployment:
    """A data folder with a service over it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cluster = Cluster(settings.data)
        self.words = settings.data / "words.txt"
        self.started: list[subprocess.Popen] = []

    def up(self, worker: list[str] = LASTING) -> subprocess.Popen:
        """Start a supervisor."""
        environment = {**os.environ, **self.settings.environment()}
        with self.words.open("ab") as words:
            supervisor = subprocess.Popen(
                [sys.executable, "-c", UP, *worker], env=environment, stdout=words, stderr=subprocess.STDOUT
            )
        self.started.append(supervisor)
        return supervisor

    def up_and_ready(self) -> State:
        """Start a supervisor and wait for the service."""
        supervisor = self.up()

        def state_when_ready() -> State | None:
            assert supervisor.poll() is None, self.words.read_text()
            state = StateFile(self.settings.data).read()
            return state if state and state.is_ready and state.supervisor.pid == supervisor.pid else None

        return until(state_when_ready)

    def gis(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run a verb on this deployment."""
        environment = {**os.environ, **self.settings.environment()}
        command = [sys.executable, "-m", "gisserver", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def forget(self) -> None:
        """End whatever a failed test left."""
        self.gis("down")
        for supervisor in self.started:
            supervisor.wait()


@pytest.fixture
def deployment(run_folder: Path, request: pytest.FixtureRequest) -> Iterator[Deployment]:
    """A service with a private database, not yet started."""
    data = run_folder / request.node.name
    data.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    made = Deployment(Settings(data=data, profile=str(TEST_PROFILE), port=port))
    yield made
    made.forget()


def test_down_ends_everything_in_good_order(deployment):
    state = deployment.up_and_ready()
    assert deployment.gis("status").returncode == 0
    assert deployment.gis("down").stdout.endswith("Stopped.\n")
    assert_nothing_runs(deployment, state)
    assert deployment.gis("status").returncode == 3
    assert deployment.gis("down").stdout == "Nothing runs.\n"


def test_down_cleans_up_after_a_killed_supervisor(deployment):
    state = deployment.up_and_ready()
    kill(state.supervisor)
    assert all(child.is_alive() for child in state.children.values())
    assert deployment.gis("down").returncode == 0
    assert_nothing_runs(deployment, state)


def test_up_recovers_after_everything_was_killed(deployment):
    first = deployment.up_and_ready()
    kill(first.supervisor)
    kill(first.children["web"])
    kill(Identity.of(deployment.cluster.pid()))
    second = deployment.up_and_ready()
    assert second.children.keys() == {"web", "worker"}
    assert not any(child.is_alive() for child in first.children.values())
    assert is_ready(second.address)


def test_a_killed_process_is_replaced_and_the_database_as_well(deployment):
    first = deployment.up_and_ready()
    kill(first.children["worker"])
    kill(Identity.of(deployment.cluster.pid()))
    file = StateFile(deployment.settings.data)
    until(lambda: file.read().children["worker"] != first.children["worker"])
    until(deployment.cluster.is_running)
    assert is_ready(first.address)


def test_a_process_that_cannot_start_is_reported_in_a_sentence(deployment):
    supervisor = deployment.up(worker=["/bin/sh", "-c", "echo no such module; exit 1"])
    assert supervisor.wait(PATIENCE) != 0
    said = deployment.words.read_text()
    assert "The worker process ended five times right after its start: no such module" in said
    assert not deployment.cluster.is_running()


def test_a_second_start_says_where_the_service_runs(deployment):
    state = deployment.up_and_ready()
    second = deployment.gis("up")
    assert second.returncode == 0
    assert f"already runs at {state.address}" in second.stdout


def assert_nothing_runs(deployment: Deployment, state: State) -> None:
    """Neither the recorded processes nor the database."""
    assert not state.supervisor.is_alive()
    assert not any(child.is_alive() for child in state.children.values())
    assert not deployment.cluster.is_running()
    assert not is_ready(state.address)


def kill(process: Identity) -> None:
    """End a process as a power cut would, and see it gone."""
    handle = os.pidfd_open(process.pid)
    process.send(signal.SIGKILL)
    select.select([handle], [], [])
    os.close(handle)


def until(look: Callable[[], Found]) -> Found:
    """Look again until there is something to see."""
    give_up = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < give_up, "It did not happen in time."
        select.select([], [], [], 0.05)
    return found
