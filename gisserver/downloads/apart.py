"""Files that a process apart writes, sent when they are whole."""

import subprocess
from collections.abc import Generator
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from flask_babel import gettext as _

from gisserver.downloads.child import Outcome
from gisserver.downloads.order import Order
from gisserver.downloads.places import stopped_with_caller
from gisserver.downloads.process import written_apart
from gisserver.errors import Refused
from layers.core.query import TooExpensive, WrongQuery
from layers.core.query.refusals import NOT_RECKONED

_PIECE = 1 << 18


class TooLargeToDownload(Refused):
    """The file would take more room than the operator gives to one."""


class NotMade(Exception):
    """The process ended without saying why; its own words are in the log."""


class TooSlowToDownload(Refused):
    """The file was not whole within the time that one gets."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


def folder_of(data: Path) -> "TemporaryDirectory[str]":
    """A place of its own on the disk: temporary folders are often memory."""
    room = data / "downloads"
    room.mkdir(parents=True, exist_ok=True)
    return TemporaryDirectory(prefix="file-", dir=room)


def contents(order: Order, seconds: int) -> Generator[bytes, None, None]:
    """First how many bytes there are, then the bytes. Raises Refused, TooExpensive, WrongQuery, ClientDisconnected."""
    _raise_unless_made(order, _ended(order, seconds))
    with order.path.open("rb") as file:
        order.path.unlink()
        yield str(_size(file)).encode()
        while piece := file.read(_PIECE):
            yield piece


def _ended(order: Order, seconds: int) -> str:
    try:
        return written_apart(order, seconds, stopped_with_caller)
    except subprocess.TimeoutExpired:
        raise TooSlowToDownload(
            _(
                "The file was not finished in %(seconds)s seconds. Ask for a district or a bbox, or take csv or "
                "geojsonseq, which are sent as they are read.",
                seconds=seconds,
            ),
            parameter="f",
        ) from None


def _raise_unless_made(order: Order, said: str) -> None:
    match said:
        case Outcome.MADE:
            return
        case Outcome.TOO_EXPENSIVE:
            raise TooExpensive(order.query_seconds)
        case Outcome.NOT_RECKONED:
            raise WrongQuery("filter", NOT_RECKONED)
        case Outcome.TOO_LARGE:
            raise TooLargeToDownload(
                _(
                    "The file would be larger than %(most)s MB. Ask for a district or a bbox, or take csv or "
                    "geojsonseq, which have no limit.",
                    most=order.most_bytes // 1_000_000,
                ),
                parameter="f",
            )
    raise NotMade(order.format, order.layer)


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size
