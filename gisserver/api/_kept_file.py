"""Files that are kept, sent whole or in part, so that a download over a poor line goes on where it stopped."""

import datetime
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from flask import Response, request, send_file
from flask_babel import gettext as _
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from gisserver.errors import Problem, respond

RESPONSES = {
    "200": {"description": "The file; its ETag is the SHA-256 of its bytes"},
    "206": {"description": "The part asked for by Range"},
    "304": {"description": "The caller has it"},
    "404": {"description": "There is no such file, or not yet; says which there are"},
    "416": {"description": "The file is shorter than that; Content-Range says how long it is"},
}
_FOR_OTHER_PAGES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Range, If-Range, If-Match, If-None-Match",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True)
class KeptBytes:
    """What is to be sent."""

    path: Path
    media_type: str
    epoch: int
    made_at: datetime.datetime
    size_bytes: int
    sha256: str


def send_kept(file: KeptBytes) -> Response:
    """As Range, If-Range and If-None-Match of the request want it."""
    _leave_out_ranges_that_need_not_be_heeded()
    try:
        response = send_file(
            file.path,
            mimetype=file.media_type,
            download_name=file.path.name,
            etag=file.sha256,
            last_modified=file.made_at,
            max_age=0,
        )
    except RequestedRangeNotSatisfiable:
        return _too_far(file.size_bytes)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Gis-Epoch"] = str(file.epoch)
    return response


def let_other_pages_read(response: Response) -> Response:
    """A map on another site reads a file by Range; errors too must be readable there."""
    response.headers.update(_FOR_OTHER_PAGES)
    return response


def _leave_out_ranges_that_need_not_be_heeded() -> None:
    """Several ranges at once, other units and HEAD are answered as if without Range, as RFC 9110 allows."""
    asked = request.range
    is_one_of_bytes = asked is not None and asked.units == "bytes" and len(asked.ranges) == 1
    if request.method != "GET" or not is_one_of_bytes:
        request.environ.pop("HTTP_RANGE", None)


def _too_far(size_bytes: int) -> Response:
    sentence = _("The file has %(size)s bytes, so there is nothing in that range.", size=size_bytes)
    response, status = respond(Problem(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, sentence))
    response.status_code = status
    response.headers["Content-Range"] = f"bytes */{size_bytes}"
    return response
