"""The private cluster starts, survives being killed, and says in words what is in its way."""

import os
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest

from gisserver.cluster import Cluster, DatabaseUrls, Installation, create_database, prepare_server
from gisserver.cluster.account import Account
from gisserver.cluster.server_log import ServerLog
from gisserver.cluster.trouble import (
    AnotherVersion,
    DiskFull,
    DoesNotStart,
    FolderClosed,
    PostgisMissing,
    ServerMissing,
)
from gisserver.cluster.tuning import FOR_TESTS
from sql.migrate import migrate

SMALL = {**FOR_TESTS, "shared_buffers": "16MB", "synchronous_commit": "on"}


@pytest.fixture
def folder(run_folder: Path) -> Iterator[Path]:
    """A data folder that the database's account can reach."""
    made = Path(tempfile.mkdtemp(dir=run_folder))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def private_cluster(folder: Path) -> Iterator[Cluster]:
    """A running cluster that a test may mistreat."""
    made = Cluster(folder, server_settings=SMALL)
    made.start()
    yield made
    made.stop()


def socket_folder(cluster: Cluster) -> Path:
    """Where the server listens."""
    return Path(parse_qs(urlsplit(cluster.url("postgres", "postgres")).query)["host"][0])


def ask(url: str, question: str):
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_what_was_committed_survives_the_death_of_every_process(private_cluster):
    owner = private_cluster.url("postgres", "postgres")
    with closing(psycopg2.connect(owner)) as connection:
        connection.autocommit = True
        connection.cursor().execute("CREATE TABLE kept AS SELECT 7 AS number")
        kill(private_cluster.pid())
    private_cluster.start()
    assert ask(owner, "SELECT number FROM kept") == 7


def test_a_backend_that_outlives_its_server_does_not_stop_the_next_start(private_cluster):
    owner = private_cluster.url("postgres", "postgres")
    with closing(psycopg2.connect(owner)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
        os.kill(backend, signal.SIGSTOP)
        kill(private_cluster.pid())
        os.kill(backend, signal.SIGCONT)
        private_cluster.start()
    assert ask(owner, "SELECT 1") == 1


def test_a_process_number_given_to_a_stranger_is_not_mistaken_for_the_server(private_cluster):
    kill(private_cluster.pid())
    notice = private_cluster.folder / "postmaster.pid"
    with subprocess.Popen(["/bin/sleep", "60"]) as stranger:
        notice.write_text(notice.read_text().replace(notice.read_text().split()[0], str(stranger.pid), 1))
        assert not private_cluster.is_running()
        private_cluster.start()
        assert stranger.poll() is None
        stranger.kill()
    assert private_cluster.is_running()


def test_starting_a_running_server_changes_nothing(private_cluster):
    before = private_cluster.pid()
    private_cluster.start()
    assert private_cluster.pid() == before


def test_the_server_never_listens_on_the_network_and_refuses_other_accounts(private_cluster):
    url = private_cluster.url("postgres", "postgres")
    assert ask(url, "SELECT current_setting('listen_addresses')") == ""
    assert ask(url, "SELECT count(*) FROM pg_hba_file_rules WHERE type <> 'local' OR auth_method <> 'peer'") == 0


def test_a_long_folder_name_does_not_keep_the_socket_from_being_made(folder):
    deep = folder / ("a-district-with-a-long-name-" * 4)
    cluster = Cluster(deep, server_settings=SMALL)
    cluster.start()
    try:
        assert ask(cluster.url("postgres", "postgres"), "SELECT 1") == 1
    finally:
        cluster.stop()
    assert not socket_folder(cluster).exists()


def test_a_broken_setting_is_reported_with_the_servers_own_reason(folder):
    with pytest.raises(DoesNotStart, match=r"postgres\.log"):
        Cluster(folder, server_settings={**SMALL, "max_connections": "minus one"}).start()


def test_a_folder_of_another_version_is_left_alone(private_cluster):
    private_cluster.stop()
    (private_cluster.folder / "PG_VERSION").write_text("13\n")
    with pytest.raises(AnotherVersion, match="belong to PostgreSQL 13"):
        private_cluster.start()
    (private_cluster.folder / "PG_VERSION").write_text("15\n")


def test_missing_software_is_named_with_the_command_that_installs_it(tmp_path):
    with pytest.raises(ServerMissing, match="apt-get install postgresql-15"):
        Cluster(tmp_path, Installation(binaries=tmp_path)).start()
    with pytest.raises(PostgisMissing, match="apt-get install postgresql-15-postgis-3"):
        Cluster(tmp_path, Installation(extensions=tmp_path)).start()


def test_migrating_twice_applies_nothing_twice(private_cluster):
    create_database(private_cluster)
    create_database(private_cluster)
    owner = DatabaseUrls.of_cluster(private_cluster).owner
    assert migrate(owner)
    assert migrate(owner) == []


def test_the_roles_may_do_no_more_than_they_need(database):
    question = (
        "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'gis_%' AND (rolsuper OR rolbypassrls OR rolcreaterole)"
    )
    assert ask(database.owner, question) == 0
    assert ask(database.web, "SELECT has_schema_privilege('public', 'CREATE')") is False


def test_web_and_worker_reach_the_job_tables_without_naming_their_schema(database):
    for url in (database.web, database.worker):
        assert ask(url, "SELECT count(*) FROM procrastinate_jobs") == 0


def test_an_existing_server_is_entered_once_and_then_used_in_each_role(private_cluster):
    with closing(psycopg2.connect(private_cluster.url("postgres", "postgres"))) as connection:
        connection.autocommit = True
        connection.cursor().execute("CREATE DATABASE elsewhere")
    url = private_cluster.url("elsewhere", "postgres")
    prepare_server(url)
    urls = DatabaseUrls.from_url(url)
    assert migrate(urls.owner)
    for role, its_url in (("gis_owner", urls.owner), ("gis_web", urls.web), ("gis_worker", urls.worker)):
        assert ask(its_url, "SELECT current_user") == role
    assert ask(urls.owner, "SELECT tableowner FROM pg_tables WHERE schemaname = 'pool' LIMIT 1") == "gis_owner"


def kill(pid: int | None) -> None:
    """End a server as a power cut would, and see it gone."""
    assert pid is not None
    process = os.pidfd_open(pid)
    os.kill(pid, signal.SIGKILL)
    select.select([process], [], [])
    os.close(process)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server another account")
def test_a_folder_that_the_servers_account_cannot_enter_is_named(folder):
    (folder / "closed").mkdir(mode=0o700)
    with pytest.raises(FolderClosed, match=r"cannot enter .*closed.* --data"):
        Cluster(folder / "closed" / "data", server_settings=SMALL).start()


def test_a_full_disk_is_recognised_in_the_servers_words(tmp_path):
    log = ServerLog(tmp_path / "postgres.log")
    log.path.write_text("FATAL:  a reason of an earlier start\n")
    log.begin(Account.of_this_process())
    with log.path.open("a") as lines:
        lines.write("FATAL:  could not write lock file: No space left on device\n")
    assert isinstance(log.explain(tmp_path, tmp_path / "socket"), DiskFull)
