"""Ending a process and everything it began: asked first, made to after a while."""

import signal
import time
from pathlib import Path

from gisserver.processes.identity import Identity, session_of


def end(leaders: list[Identity], data: Path, patience: float) -> None:
    """End each leader's session; leaders are asked together so that their patience runs together."""
    mark = f"GIS_DATA={data}"
    for leader in leaders:
        for asked in [leader] if leader.is_alive() else session_of(leader, mark):
            asked.send(signal.SIGTERM)
    if _are_gone(leaders, mark, patience):
        return
    for leader in leaders:
        for member in session_of(leader, mark):
            member.send(signal.SIGKILL)
    _are_gone(leaders, mark, patience)


def wait_for_end(process: Identity, patience: float) -> bool:
    """Whether the process ended within that many seconds."""
    give_up = time.monotonic() + patience
    while process.is_alive():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True


def _are_gone(leaders: list[Identity], mark: str, patience: float) -> bool:
    give_up = time.monotonic() + patience
    while any(session_of(leader, mark) for leader in leaders):
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True
