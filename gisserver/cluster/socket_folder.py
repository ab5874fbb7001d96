"""Where the server's socket lies; the operating system allows it a short path only."""

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gisserver.cluster.account import Account
from gisserver.cluster.trouble import NoRights

PORT = 5432
"""Part of the socket's file name and nothing else: the folder is ours alone."""

_LONGEST_PATH = 107


@dataclass(frozen=True)
class SocketFolder:
    """A folder for one server's socket."""

    path: Path

    @classmethod
    def of(cls, home: Path) -> "SocketFolder":
        """Beside the data, or in /tmp where that path would be too long."""
        beside = cls(home / "socket")
        if len(os.fsencode(beside.file)) <= _LONGEST_PATH:
            return beside
        digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]
        return cls(Path(tempfile.gettempdir()) / f"gis-{digest}")

    @property
    def file(self) -> Path:
        """The socket itself."""
        return self.path / f".s.PGSQL.{PORT}"

    def make(self, account: Account) -> None:
        """Make the folder; one that a stranger put into /tmp first is refused."""
        try:
            self.path.mkdir(mode=0o700)
            account.own(self.path)
        except FileExistsError:
            self._check_owner(account)
        self.path.chmod(account.folder_mode)

    def take_away(self, home: Path) -> None:
        """After a stop nothing of ours stays outside the data folder."""
        if self.path.parent != home:
            with suppress(OSError):
                self.path.rmdir()

    def clear(self) -> None:
        """Remove what a killed server left."""
        self.file.unlink(missing_ok=True)
        self.file.with_name(f"{self.file.name}.lock").unlink(missing_ok=True)

    def _check_owner(self, account: Account) -> None:
        owner = self.path.lstat().st_uid
        if self.path.is_symlink() or owner != account.uid:
            raise NoRights(self.path, account.name, owner)
