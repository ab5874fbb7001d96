"""One private cluster per test run, one migrated template in it, a fresh copy for each test that asks."""

import fcntl
import ipaddress
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from gisserver.cluster import Cluster, DatabaseUrls, copy_database, create_database, drop_database
from gisserver.cluster.tuning import FOR_TESTS

pytest_plugins = ("tests.application",)

TEMPLATE = "pool_template"
TEST_PROFILE = Path(__file__).parent / "data/profiles/test.toml"
_BREAKDOWN = re.compile(r"was terminated by signal|PANIC:|exited with exit code [2-9]")
_OWN_ENDS = ("localhost", "")
_run_folder = pytest.StashKey[Path]()

# How fast examples are made says how busy the machine is, not whether the law holds.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a folder that the database's account can reach, and keep tests off the network."""
    sys.addaudithook(_stay_at_home)
    if hasattr(config, "workerinput"):
        config.stash[_run_folder] = Path(config.workerinput["run_folder"])
        return
    _remove_what_killed_runs_left()
    folder = _fastest_folder() / f"gis-tests-{os.getpid()}"
    folder.mkdir(mode=0o711)
    config.stash[_run_folder] = folder


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Tell each worker of this run where the cluster is."""
    node.workerinput["run_folder"] = str(node.config.stash[_run_folder])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """A server that broke down fails whichever tests run at that moment: say so, and what it said itself."""
    log = config.stash[_run_folder] / "postgres/postgres.log"
    if not log.exists():
        return
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    broken = [place for place, line in enumerate(lines) if _BREAKDOWN.search(line)]
    if broken:
        terminalreporter.section("the database server broke down")
        for place in broken:
            terminalreporter.write_line("\n".join(lines[max(0, place - 5) : place + 3]))


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that made the folder takes it away."""
    folder = config.stash.get(_run_folder, None)
    if folder is not None and not hasattr(config, "workerinput"):
        _remove(folder)


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """A folder that every worker of this run shares."""
    return pytestconfig.stash[_run_folder]


@pytest.fixture(scope="session")
def cluster(run_folder: Path) -> Cluster:
    """A real server, started by whichever worker needs it first; a missing PostGIS fails here with its remedy."""
    shared = Cluster(run_folder, server_settings=FOR_TESTS)
    with _one_at_a_time(run_folder):
        shared.start()
    return shared


@pytest.fixture(scope="session")
def template_database(cluster: Cluster, run_folder: Path) -> str:
    """The name of a database with every migration and the test profile."""
    from layers.core.profile import load_profile
    from layers.core.profile_store import apply_profile
    from sql.migrate import migrate

    finished = run_folder / "template-finished"
    with _one_at_a_time(run_folder):
        if not finished.exists():
            create_database(cluster, TEMPLATE)
            owner = DatabaseUrls.of_cluster(cluster, TEMPLATE).owner
            migrate(owner)
            apply_profile(owner, load_profile(TEST_PROFILE))
            finished.touch()
    return TEMPLATE


@pytest.fixture
def database(cluster: Cluster, template_database: str, run_folder: Path) -> Iterator[DatabaseUrls]:
    """A database of this test's own: what it publishes nobody else sees."""
    name = f"pool_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    drop_database(cluster, name)
    with _one_at_a_time(run_folder):
        copy_database(cluster, template_database, name)
    yield DatabaseUrls.of_cluster(cluster, name)
    drop_database(cluster, name)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fastest_folder() -> Path:
    """Copying the template in memory takes 0.05 s, on a disk 0.6 s."""
    in_memory = Path("/dev/shm")
    if in_memory.is_dir() and shutil.disk_usage(in_memory).free > 2 * 1024**3:
        return in_memory
    return Path(tempfile.gettempdir())


def _remove(folder: Path) -> None:
    Cluster(folder).stop()
    shutil.rmtree(folder)


def _remove_what_killed_runs_left() -> None:
    for folder in _fastest_folder().glob("gis-tests-*"):
        is_ours = folder.stat().st_uid == os.geteuid()
        if is_ours and not (Path("/proc") / folder.name.rpartition("-")[2]).exists():
            _remove(folder)


def _stay_at_home(event: str, arguments: tuple) -> None:
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    host = arguments[1][0]
    if host not in _OWN_ENDS and not ipaddress.ip_address(host).is_loopback:
        raise PermissionError(f"A test may not connect to {host}: tests talk to this machine only.")
