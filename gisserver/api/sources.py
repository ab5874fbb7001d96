"""/api/sources: addresses from which files are pulled, how each gets on; pull one now, pause it, go on."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import DEPARTMENT, EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api._media import NEEDS_SESSION
from gisserver.errors import NotHere
from gisserver.service import service
from layers.core import pulls
from layers.core.pulls import Standing

bp = Blueprint("sources", __name__)
CONFORMS: tuple[str, ...] = ()
_SOURCE = {"name": "source", "in": "path", "required": True, "schema": {"type": "string"}}
_ONE = {"200": {"description": "The source as it stands then"}}


def _post(summary: str) -> dict[str, Any]:
    return {"post": {**NEEDS_SESSION, "summary": summary, "parameters": [_SOURCE], "responses": _ONE}}


PATHS = {
    "/api/sources": {
        "get": {
            **NEEDS_SESSION,
            "summary": "Sources of your area, and how each is getting on",
            "responses": {"200": {"description": "Sources"}},
        }
    },
    "/api/sources/{source}/pull": _post("Pull it now"),
    "/api/sources/{source}/pause": _post("Leave it alone until it is resumed; for the department"),
    "/api/sources/{source}/resume": _post("Pull it as its schedule says; for the department"),
}


@bp.get("/api/sources")
@needs_role(*EDITORS)
def listed() -> Response:
    """One's own; the department sees all."""
    parameters.only(request.args, ())
    declared = [source for source in service().profile.sources if actor().may_handle(source.district)]
    with service().store.reading(actor()) as connection:
        return jsonify(sources=[_told(one) for one in pulls.standings(connection, declared)])


@bp.post("/api/sources/<source_id>/pull")
@needs_role(*EDITORS)
def pull(source_id: str) -> tuple[Response, HTTPStatus]:
    """By the worker, in a moment."""
    found = _own(source_id)
    with service().store.writing(actor()) as connection:
        pulls.ask(connection, found.source)
    return jsonify(_told(found)), HTTPStatus.ACCEPTED


@bp.post("/api/sources/<source_id>/pause")
@needs_role(*DEPARTMENT)
def pause(source_id: str) -> Response:
    """Until somebody resumes it."""
    return _paused(source_id, is_paused=True)


@bp.post("/api/sources/<source_id>/resume")
@needs_role(*DEPARTMENT)
def resume(source_id: str) -> Response:
    """From its next hour on."""
    return _paused(source_id, is_paused=False)


def _paused(source_id: str, *, is_paused: bool) -> Response:
    found = _own(source_id)
    with service().store.writing(actor()) as connection:
        pulls.pause(connection, found.source, is_paused=is_paused)
    return jsonify(_told(_own(source_id)))


def _own(source_id: str) -> Standing:
    declared = service().profile.source(source_id)
    if declared is None or not actor().may_handle(declared.district):
        raise NotHere(_("There is no such source in your area."))
    with service().store.reading(actor()) as connection:
        return pulls.standings(connection, (declared,))[0]


def _told(one: Standing) -> dict[str, Any]:
    """Without the part of an address where keys are written."""
    source = one.source
    moments = {name: getattr(one, name) for name in ("due_at", "tried_at", "taken_at", "failing_since")}
    return {
        "id": source.id,
        "district_id": source.district,
        "layer": source.layer,
        "kind": source.kind,
        "address": source.address.partition("?")[0],
        "cron": source.cron,
        "is_paused": one.is_paused,
        **{name: moment and moment.isoformat() for name, moment in moments.items()},
        "failures": one.failures,
        "problem": one.sentence(str(get_locale())) or None,
        "upload": one.upload_id and str(one.upload_id),
        "upload_state": one.upload_state,
    }
