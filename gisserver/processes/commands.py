"""The command line of each child process."""

import os
import sys
from collections.abc import Mapping

from gisserver.metrics import SHARED_FOLDER
from gisserver.settings import Settings

Commands = Mapping[str, list[str]]


def service_commands() -> Commands:
    """The web server and the worker."""
    return {
        "web": [sys.executable, "-m", "gisserver.server"],
        "worker": [sys.executable, "-m", "gisserver.worker"],
    }


def child_environment(settings: Settings) -> dict[str, str]:
    """Everything of our own environment, with exactly these settings."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")}
    shared = {SHARED_FOLDER: str(settings.data / "metrics")}
    return {**others, "PYTHONUNBUFFERED": "1", **shared, **settings.environment()}
