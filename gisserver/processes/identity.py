"""A process, told apart from a later one that was given the same number."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_PROC = Path("/proc")


@dataclass(frozen=True)
class Identity:
    """A process number with the moment of its start, in clock ticks since the machine's start."""

    pid: int
    started: int

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """The living process of that number; one that only waits to be buried is dead."""
        fields = _fields(pid)
        return None if fields is None or fields[0] == "Z" else cls(pid, int(fields[19]))

    def is_alive(self) -> bool:
        """Whether this very process still runs."""
        return Identity.of(self.pid) == self

    def send(self, demand: signal.Signals) -> None:
        """Signal this process and no successor of its number: the handle is checked after it is held."""
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return
        try:
            if self.is_alive():
                signal.pidfd_send_signal(handle, demand)
        except ProcessLookupError:
            return
        finally:
            os.close(handle)


def session_of(leader: Identity, mark: str) -> list[Identity]:
    """The living processes of a session that `leader` began.

    Where the leader is gone, its number may lead a stranger's session by now: only processes
    that carry `mark` in their environment count then.
    """
    now = Identity.of(leader.pid)
    if now is not None and now != leader:
        return []
    members = [member for member in _session(leader.pid) if member.started >= leader.started]
    return members if now == leader else [member for member in members if _carries(member.pid, mark)]


def machine_start() -> str:
    """Changes with each start of the machine, before which no number means anything."""
    return (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _session(number: int) -> Iterator[Identity]:
    for entry in _PROC.iterdir():
        if not entry.name.isdecimal():
            continue
        fields = _fields(int(entry.name))
        if fields is not None and fields[0] != "Z" and int(fields[3]) == number:
            yield Identity(int(entry.name), int(fields[19]))


def _fields(pid: int) -> list[str] | None:
    """What /proc/N/stat says after the program's name, which may hold spaces and brackets."""
    try:
        text = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return text.rpartition(")")[2].split()


def _carries(pid: int, mark: str) -> bool:
    try:
        return mark.encode() in (_PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return False
