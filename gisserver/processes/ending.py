"""Ending a process and everything it began: asked first, made to after a while."""

import signal
import time
from pathlib import Path

from gisserver.processes.identity import Identity, session_of


def end(leaders: list[Identity], data: Path, patience: float) -> None:
    """End each leader's session; leaders are asked together so that their patience runs together."""
    mark = f"GIS_DATA={data}"
    give_up = time.monotonic() + patience
    asked: set[Identity] = set()
    while (running := _to_be_asked(leaders, mark)) and time.monotonic() < give_up:
        for process in running - asked:
            process.send(signal.SIGTERM)
        asked |= running
        time.sleep(0.05)
    while members := [member for leader in leaders for member in session_of(leader, mark)]:
        for member in members:
            member.send(signal.SIGKILL)
        time.sleep(0.05)


def wait_for_end(process: Identity, patience: float) -> bool:
    """Whether the process ended within that many seconds."""
    give_up = time.monotonic() + patience
    while process.is_alive():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True


def _to_be_asked(leaders: list[Identity], mark: str) -> set[Identity]:
    """A living leader ends its own; what an ended one left behind is asked directly."""
    return {process for leader in leaders for process in ([leader] if leader.is_alive() else session_of(leader, mark))}
