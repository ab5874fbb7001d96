"""What a server's processes have used, from /proc."""

import os
from pathlib import Path
from urllib.parse import urlsplit

_PROC = Path("/proc")
_TICK = 1 / os.sysconf("SC_CLK_TCK")


def listener(address: str) -> int:
    """The process that listens there, and began the others that do."""
    port = f":{urlsplit(address).port:04X}"
    rows = (line.split() for line in (_PROC / "net/tcp").read_text().splitlines()[1:])
    sockets = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(port) and row[3] == "0A"}
    found = [pid for pid in _pids() if sockets & set(_open_files(pid))]
    if not found:
        raise SystemExit(f"Nobody listens at {address}.")
    return next(pid for pid in found if _parent(pid) not in found)


def family_of(pid: int) -> list[int]:
    """A process and all that it began."""
    parents = {other: _parent(other) for other in _pids()}
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def cpu_seconds(pids: list[int]) -> float:
    """What they have computed so far, in their own code and in the kernel."""
    fields = [(_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(one[11]) + int(one[12]) for one in fields) * _TICK


def resident_mb(pids: list[int]) -> float:
    """Memory they hold."""
    pages = sum(int((_PROC / str(pid) / "statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _pids() -> list[int]:
    return sorted(int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())


def _parent(pid: int) -> int:
    try:
        return int((_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except FileNotFoundError:
        return 0


def _open_files(pid: int) -> list[str]:
    try:
        return [str(entry.readlink()) for entry in (_PROC / str(pid) / "fd").iterdir()]
    except (FileNotFoundError, PermissionError):
        return []
