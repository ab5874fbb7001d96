"""Stopping the service, whatever state it is in."""

import signal

from gisserver.cluster import Cluster
from gisserver.processes.database import Say
from gisserver.processes.ending import end, wait_for_end
from gisserver.processes.state import State, StateFile
from gisserver.processes.supervisor import PATIENCE
from gisserver.processes.trouble import NotOurs
from gisserver.settings import Settings

_SUPERVISOR_PATIENCE = 3 * PATIENCE + 120.0


def down(settings: Settings, say: Say) -> bool:
    """Stop web, worker and database in this order; False where nothing ran."""
    if not settings.data.is_dir():
        return False
    file = StateFile(settings.data)
    state = file.read()
    did_run = state is not None and _end_supervisor(state, settings, say)
    with file.held():
        if state is not None:
            end(list(state.children.values()), settings.data, PATIENCE)
        cluster = Cluster(settings.data)
        did_run = did_run or cluster.is_running()
        cluster.stop()
        file.remove()
    return did_run or state is not None


def _end_supervisor(state: State, settings: Settings, say: Say) -> bool:
    if not state.supervisor.is_alive():
        return False
    say("Stopping …")
    try:
        state.supervisor.send(signal.SIGTERM)
    except PermissionError as cause:
        raise NotOurs(settings.data) from cause
    if not wait_for_end(state.supervisor, _SUPERVISOR_PATIENCE):
        state.supervisor.send(signal.SIGKILL)
        wait_for_end(state.supervisor, PATIENCE)
    return True
