"""One message to one receiver: to the address that was looked at, without following anybody, within a bounded time."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from layers.core.calling import connection_to, path_of
from layers.core.hosts import Hosts, NotAllowed

PATIENCE_S = 10.0


@dataclass(frozen=True)
class Outcome:
    """What became of it."""

    is_taken: bool
    said: str
    """In a few words, without anything that the receiver wrote."""


def send(receivers: Hosts, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
    """Nothing is raised: whatever a receiver does is an outcome."""
    try:
        status = _post(receivers, url, headers, body)
    except NotAllowed as refused:
        return Outcome(is_taken=False, said=str(refused))
    except TimeoutError:
        return Outcome(is_taken=False, said="no answer in time")
    except ssl.SSLError:
        return Outcome(is_taken=False, said="its certificate cannot be trusted")
    except (OSError, http.client.HTTPException, ValueError):
        return Outcome(is_taken=False, said="it cannot be reached")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Outcome(is_taken=False, said=f"{status}: it leads elsewhere, which is not followed")
    return Outcome(is_taken=HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES, said=str(status))


def _post(receivers: Hosts, url: str, headers: Mapping[str, str], body: bytes) -> int:
    with connection_to(receivers, url, PATIENCE_S) as connection:
        connection.request("POST", path_of(url), body, {"Connection": "close", **headers})
        return connection.getresponse().status
