"""Asking the service whether it can answer."""

import http.client
from urllib.parse import urlsplit


def is_ready(address: str) -> bool:
    """Whether GET /ready answers 200; no proxy of the environment is asked."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
