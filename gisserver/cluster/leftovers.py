"""Server processes found by the folder they work in: a process number alone may have been given to a stranger."""

import os
import signal
import time
from pathlib import Path

_PATIENCE = 10.0


def server_processes(folder: Path) -> list[int]:
    """Every PostgreSQL process of this data folder; each one works inside it."""
    return sorted(pid for pid in _all_processes() if _works_in(pid, folder))


def is_server(pid: int, folder: Path) -> bool:
    """Whether that process is a PostgreSQL of this data folder."""
    return _works_in(pid, folder)


def end_leftovers(folder: Path) -> None:
    """Processes whose server was killed end by themselves; the ones that do not are told to, then made to."""
    for demand in (None, signal.SIGTERM, signal.SIGKILL):
        for pid in server_processes(folder):
            if demand is not None:
                _send(pid, demand)
        if _are_gone(folder):
            return


def _are_gone(folder: Path) -> bool:
    give_up = time.monotonic() + _PATIENCE
    while server_processes(folder):
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True


def _all_processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _works_in(pid: int, folder: Path) -> bool:
    process = Path("/proc") / str(pid)
    try:
        return (process / "exe").readlink().name.startswith("postgres") and (process / "cwd").readlink() == folder
    except OSError:
        return False


def _send(pid: int, demand: signal.Signals) -> None:
    try:
        os.kill(pid, demand)
    except ProcessLookupError:
        return
