"""Ending a process and everything it began: asked first, made to after a while."""

import signal
import time
from pathlib import Path

from gisserver.processes.identity import Identity, session_of


def end(leaders: list[Identity], data: Path, patience: float) -> None:
    """End each leader's session; all are asked together so that their patience runs together."""
    family = _Family(leaders, f"GIS_DATA={data}")
    give_up = time.monotonic() + patience
    asked: set[Identity] = set()
    while (living := family.living()) and time.monotonic() < give_up:
        to_ask = family.responsible(living)
        for process in to_ask - asked:
            process.send(signal.SIGTERM)
        asked |= to_ask
        time.sleep(0.05)
    while living := family.living():
        for process in living:
            process.send(signal.SIGKILL)
        time.sleep(0.05)


def wait_for_end(process: Identity, patience: float) -> bool:
    """Whether the process ended within that many seconds."""
    give_up = time.monotonic() + patience
    while process.is_alive():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True


class _Family:
    """The processes that leaders began, remembered so that they are known after their leader's end."""

    def __init__(self, leaders: list[Identity], mark: str) -> None:
        self._leaders = leaders
        self._mark = mark
        self._known: dict[Identity, Identity] = {}

    def living(self) -> set[Identity]:
        """Every member that still runs."""
        for leader in self._leaders:
            self._known.update(dict.fromkeys(session_of(leader, self._mark), leader))
        return {member for member in self._known if member.is_alive()}

    def responsible(self, living: set[Identity]) -> set[Identity]:
        """A living leader ends its own in good order; what a dead one left is asked directly."""
        return {member for member in living if self._known[member] == member or self._known[member] not in living}
