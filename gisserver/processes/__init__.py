"""Starting, keeping and stopping the service's processes."""

from gisserver.processes.database import bring_up_to_date, running_database
from gisserver.processes.down import down
from gisserver.processes.status import Status, status
from gisserver.processes.trouble import AlreadyRuns, ProcessError
from gisserver.processes.up import up, up_detached

__all__ = [
    "AlreadyRuns",
    "ProcessError",
    "Status",
    "bring_up_to_date",
    "down",
    "running_database",
    "status",
    "up",
    "up_detached",
]
