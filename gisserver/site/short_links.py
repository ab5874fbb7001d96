"""/l/CODE: where a short address leads."""

from http import HTTPStatus

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from gisserver.access import actor
from gisserver.limits import CODE, limiter, was_unknown
from gisserver.service import service
from gisserver.short_links import path_of
from layers.core.short_links import note_use

bp = Blueprint("short_links", __name__)
NAV = None


@bp.get("/l/<code>")
@limiter.limit(CODE, deduct_when=was_unknown)
def follow(code: str) -> Response:
    """The browser keeps what stands after the #."""
    path = path_of(code)
    with service().store.writing(actor()) as connection:
        note_use(connection, code)
    return redirect(path, HTTPStatus.FOUND)
