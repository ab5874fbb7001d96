"""Whether the web service can listen where it should."""

import errno
import os
import socket

from gisserver.processes.trouble import AddressRefused, PortTaken


def check_port(host: str, port: int) -> None:
    """Raise PortTaken with a free port, or AddressRefused with the system's reason."""
    failure = _failure_to_bind(host, port)
    if failure is None:
        return
    if failure == errno.EADDRINUSE:
        raise PortTaken(host, port, _free_port(host, port))
    raise AddressRefused(host, port, os.strerror(failure))


def _free_port(host: str, taken: int) -> int:
    nearby = range(taken + 1, min(taken + 100, 65536))
    return next((port for port in nearby if _failure_to_bind(host, port) is None), 0)


def _failure_to_bind(host: str, port: int) -> int | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except socket.gaierror:
            return errno.EADDRNOTAVAIL
        except OSError as cause:
            return cause.errno
    return None
