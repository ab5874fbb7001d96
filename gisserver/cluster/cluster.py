"""A private PostgreSQL cluster in the data folder: made, started and stopped by the service itself."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from gisserver.cluster import tuning
from gisserver.cluster.access_files import HOST_ACCESS, user_map
from gisserver.cluster.account import Account
from gisserver.cluster.folders import folder_trouble_in_words, make_data_folder
from gisserver.cluster.installation import Installation
from gisserver.cluster.leftovers import end_leftovers, is_server
from gisserver.cluster.server_log import ServerLog
from gisserver.cluster.socket_folder import PORT, SocketFolder
from gisserver.cluster.trouble import AnotherVersion, DiskFull, DoesNotInitialise, DoesNotStop, NoRights

_NEEDED_MB = 500
_INITDB_OPTIONS = (
    "--username=postgres",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--auth-local=peer",
    "--auth-host=reject",
    "--data-checksums",
)


class Cluster:
    """One server over one data folder; it listens on a socket only, never on the network."""

    def __init__(
        self,
        data: Path,
        installation: Installation | None = None,
        server_settings: Mapping[str, str] | None = None,
    ) -> None:
        self.data = data
        self.installation = installation or Installation()
        self._server_settings = server_settings
        self._home = data / "postgres"
        self.folder = self._home / "data"
        self.log = ServerLog(self._home / "postgres.log")
        self._socket = SocketFolder.of(self._home)

    def create(self) -> None:
        """Make the cluster's files; where they are there already, check that they are ours to use."""
        self.installation.check()
        account = Account.of_this_process()
        with folder_trouble_in_words(self.data):
            self._make_home(account)
            if self.folder.exists():
                self._check_existing(account)
            else:
                self._initialise(account)

    def start(self) -> None:
        """Start the server, whatever a crash left behind; a running one is left alone."""
        self.create()
        if self.is_running():
            return
        account = Account.of_this_process()
        with folder_trouble_in_words(self.data):
            self._clear_after_crash()
            self._socket.make(account)
            self._write_settings(account)
            self.log.begin(account)
            if not self._control(account, "start", f"--log={self.log.path}", "--timeout=600"):
                raise self.log.explain(self.data, self._socket.file)

    def stop(self) -> None:
        """Stop the server: open transactions are rolled back, everything committed is kept."""
        if not self.is_running():
            return
        self._control(Account.of_this_process(), "stop", "--mode=fast", "--timeout=120")
        if (pid := self.pid()) is not None:
            raise DoesNotStop(pid, self.log.path)
        self._socket.take_away(self._home)

    def pid(self) -> int | None:
        """The running server's process number; a stranger that was given the same number does not count."""
        try:
            first, *_ = (self.folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, ValueError):
            return None
        except PermissionError as cause:
            raise NoRights(self.folder, Account.of_this_process().name, self.folder.stat().st_uid) from cause
        return int(first) if is_server(int(first), self.folder.resolve()) else None

    def is_running(self) -> bool:
        """Whether the server's process is alive."""
        return self.pid() is not None

    def url(self, database: str, role: str) -> str:
        """A libpq address that psycopg2, SQLAlchemy and yoyo all read."""
        return f"postgresql://{role}@/{database}?host={quote(str(self._socket.path), safe='/')}&port={PORT}"

    def _make_home(self, account: Account) -> None:
        make_data_folder(self.data)
        free_mb = shutil.disk_usage(self.data).free // (1024 * 1024)
        if free_mb < _NEEDED_MB:
            raise DiskFull(self.data, free_mb)
        if not self._home.exists():
            self._home.mkdir()
            account.own(self._home)
            self._home.chmod(account.folder_mode)
        account.check_can_enter(self._home)

    def _check_existing(self, account: Account) -> None:
        owner = self.folder.stat().st_uid
        if owner != account.uid:
            raise NoRights(self.folder, account.name, owner)
        found = (self.folder / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != str(self.installation.version):
            raise AnotherVersion(self.folder, found, self.installation.version)

    def _initialise(self, account: Account) -> None:
        """Under another name first: a folder called `data` is always a whole cluster."""
        unfinished = self.folder.with_name("data.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        result = account.run([self.installation.program("initdb"), *_INITDB_OPTIONS, f"--pgdata={unfinished}"])
        if result.returncode != 0:
            raise DoesNotInitialise(self.folder, result.stderr)
        with (unfinished / "postgresql.conf").open("a", encoding="utf-8") as main_file:
            main_file.write("include 'gis.conf'\ninclude 'local.conf'\n")
        own = unfinished / "local.conf"
        own.write_text("# This deployment's own settings; they beat the ones in gis.conf.\n", encoding="utf-8")
        account.own(own)
        unfinished.rename(self.folder)

    def _write_settings(self, account: Account) -> None:
        """Anew at each start, for the machine as it is now; an operator's own go into local.conf."""
        chosen = self._server_settings or tuning.for_this_machine()
        fixed = {"listen_addresses": "", "unix_socket_directories": str(self._socket.path), "port": str(PORT)}
        lines = [f"{name} = '{value}'\n" for name, value in {**chosen, **fixed}.items()]
        for name, text in (
            ("gis.conf", "".join(lines)),
            ("pg_hba.conf", HOST_ACCESS),
            ("pg_ident.conf", user_map(account.name)),
        ):
            (self.folder / name).write_text(text, encoding="utf-8")
            account.own(self.folder / name)

    def _clear_after_crash(self) -> None:
        """PostgreSQL itself refuses when the old process number belongs to somebody else by now."""
        end_leftovers(self.folder.resolve())
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        self._socket.clear()

    def _control(self, account: Account, *arguments: str) -> bool:
        command = [self.installation.program("pg_ctl"), f"--pgdata={self.folder}", "--wait", "--silent", *arguments]
        return account.run(command).returncode == 0
