"""What runs, as a later command finds it."""

from dataclasses import dataclass

from gisserver.cluster import Cluster
from gisserver.processes.readiness import is_ready
from gisserver.processes.state import StateFile
from gisserver.settings import Settings


@dataclass(frozen=True)
class Status:
    """The service's parts, each running or not."""

    address: str | None
    is_ready: bool
    supervisor: bool
    web: bool
    worker: bool
    database: bool


def status(settings: Settings) -> Status:
    """Look at the processes themselves and ask the service; the state file alone may be out of date."""
    state = StateFile(settings.data).read()
    has_database = bool(settings.database_url) or Cluster(settings.data).is_running()
    if state is None:
        return Status(None, False, False, False, False, has_database)
    running = {role for role, identity in state.children.items() if identity.is_alive()}
    return Status(
        address=state.address,
        is_ready=is_ready(state.address),
        supervisor=state.supervisor.is_alive(),
        web="web" in running,
        worker="worker" in running,
        database=has_database,
    )
