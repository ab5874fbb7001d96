"""The command line of each child process."""

import os
import sys
from collections.abc import Mapping

from gisserver.settings import Settings

THREADS = 16
"""Per web process; as many as its pool has connections, so that no request waits for one."""

Commands = Mapping[str, list[str]]


def service_commands(settings: Settings) -> Commands:
    """The web server and the worker."""
    return {
        "web": [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--no-ws"),
            *("--host", settings.host, "--port", str(settings.port)),
            *("--workers", str(settings.web_processes), "--blocking-threads", str(THREADS)),
            *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
            "gisserver.app:application",
        ],
        "worker": [sys.executable, "-m", "gisserver.worker"],
    }


def child_environment(settings: Settings) -> dict[str, str]:
    """Everything of our own environment, with exactly these settings."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")}
    return {**others, "PYTHONUNBUFFERED": "1", **settings.environment()}
