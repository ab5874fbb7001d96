"""A web server process: uvicorn with our entry, started by `gis up`."""

import os
from pathlib import Path
from typing import Any

import uvicorn

from gisserver.settings import Settings

OPTIONS: dict[str, Any] = {
    "http": "gisserver.tiles.protocol:TilesFirst",
    "loop": "uvloop",
    "ws": "none",
    "lifespan": "on",
    "interface": "asgi3",
    "proxy_headers": False,  # werkzeug's ProxyFix reads them
    "server_header": False,
    "access_log": False,
    "timeout_keep_alive": 75,  # longer than a proxy keeps its connections, so that it never meets a closing one
    "timeout_graceful_shutdown": 5,
    "timeout_worker_healthcheck": 30,
}
"""The same for `gis up` and for tests."""


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.load(os.environ, Path(".env"))
    uvicorn.run(
        "gisserver.app:entry",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.web_processes,
        **OPTIONS,
    )


if __name__ == "__main__":
    main()
