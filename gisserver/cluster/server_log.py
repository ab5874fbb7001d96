"""The server's log, and what it says about a start that failed."""

import re
import shutil
from pathlib import Path

from gisserver.cluster.account import Account
from gisserver.cluster.trouble import ClusterError, DiskFull, DoesNotStart, SocketTaken

_LARGE = 50 * 1024 * 1024
_REASON = re.compile(r"\b(?:FATAL|PANIC): +(.+)")


class ServerLog:
    """One file, put aside at a start when it has grown large."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._begins_at = 0

    def begin(self, account: Account) -> None:
        """Remember where this start's lines begin."""
        if self.path.exists() and self.path.stat().st_size > _LARGE:
            self.path.replace(self.path.with_suffix(".log.1"))
        self.path.touch(mode=0o600)
        account.own(self.path)
        self._begins_at = self.path.stat().st_size

    def explain(self, data: Path, socket: Path) -> ClusterError:
        """The start's failure as something an operator can act on."""
        lines = self._new_lines()
        if "No space left on device" in lines:
            return DiskFull(data, shutil.disk_usage(data).free // (1024 * 1024))
        if "could not bind Unix address" in lines or f'lock file "{socket}' in lines:
            return SocketTaken(socket)
        reasons = _REASON.findall(lines) or ["it says nothing."]
        return DoesNotStart(self.path, f"{reasons[-1].rstrip('.')}.")

    def _new_lines(self) -> str:
        with self.path.open(encoding="utf-8", errors="replace") as file:
            file.seek(self._begins_at)
            return file.read()
