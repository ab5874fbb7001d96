"""The operating-system account the server runs as: PostgreSQL refuses root, so root lends it `postgres`."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from gisserver.cluster.trouble import ClusterError, FolderClosed


@dataclass(frozen=True)
class Account:
    """Who the server is to the operating system."""

    name: str
    uid: int
    gid: int
    is_lent: bool
    """True where root starts the server as somebody else."""

    @classmethod
    def of_this_process(cls) -> "Account":
        """Ourselves, or `postgres` where we are root."""
        if os.geteuid() == 0:
            return cls._named("postgres")
        own = pwd.getpwuid(os.geteuid())
        return cls(own.pw_name, own.pw_uid, own.pw_gid, is_lent=False)

    @classmethod
    def _named(cls, name: str) -> "Account":
        try:
            found = pwd.getpwnam(name)
        except KeyError as cause:
            raise ClusterError(
                f"There is no account {name!r} to run PostgreSQL, which refuses to run as root. "
                f"Installing postgresql-15 makes it: apt-get install postgresql-15"
            ) from cause
        return cls(found.pw_name, found.pw_uid, found.pw_gid, is_lent=True)

    def run(self, command: list[str], patience: float = 900) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, with nothing of our own environment that PostgreSQL would read."""
        return subprocess.run(
            command,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=patience,
            check=False,
            user=self.uid if self.is_lent else None,
            group=self.gid if self.is_lent else None,
            extra_groups=[] if self.is_lent else None,
        )

    @property
    def folder_mode(self) -> int:
        """A lent account's folders let root's own programs through to the socket, without listing."""
        return 0o711 if self.is_lent else 0o700

    def own(self, path: Path) -> None:
        """Hand a file or folder that root made to this account."""
        if self.is_lent:
            os.chown(path, self.uid, self.gid)

    def check_can_enter(self, folder: Path) -> None:
        """Only the system knows every rule about who may pass, so ask it."""
        if self.run(["/usr/bin/test", "-x", str(folder)]).returncode != 0:
            raise FolderClosed(folder, self.name)
