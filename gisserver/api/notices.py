"""/api/notices: what happened that concerns the reader, and up to where it was seen."""

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext as _

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api._media import NEEDS_SESSION, answered
from gisserver.errors import Refused
from gisserver.notice_words import headline, next_step
from gisserver.service import service
from layers.core import notices
from layers.core.notices import Notice

bp = Blueprint("notices_api", __name__)
CONFORMS: tuple[str, ...] = ()
_LARGEST = 2**53
_NOTICE = {
    "type": "object",
    "required": ["id", "at", "event", "district", "changeset", "source", "is_seen", "headline", "next_step", "href"],
    "properties": {
        "id": {"type": "integer"},
        "at": {"type": "string", "format": "date-time"},
        "event": {"type": "string", "enum": ["submitted", "accepted", "returned", "published", "pull_failed"]},
        "district": {"type": "integer"},
        "changeset": {"type": "integer", "nullable": True},
        "source": {"type": "string", "nullable": True},
        "layer": {"type": "string", "nullable": True},
        "title": {"type": "string", "nullable": True},
        "is_seen": {"type": "boolean"},
        "headline": {"type": "string", "description": "In the reader's language"},
        "next_step": {"type": "string"},
        "href": {"type": "string", "nullable": True, "description": "The changeset it is about"},
    },
}
_LIST = {
    "type": "object",
    "required": ["notices", "unseen", "after"],
    "properties": {
        "notices": {"type": "array", "items": _NOTICE},
        "unseen": {"type": "integer", "description": "Of all of them"},
        "after": {"type": "integer", "nullable": True, "description": "Where the next page begins"},
    },
}
_UP_TO = {"type": "integer", "description": "The newest that was shown: what came meanwhile stays new"}
_SEEN = {"type": "object", "required": ["up_to"], "properties": {"up_to": _UP_TO}}
_LEFT = {"type": "object", "required": ["unseen"], "properties": {"unseen": {"type": "integer"}}}
PATHS = {
    "/api/notices": {
        "get": {
            **NEEDS_SESSION,
            "summary": "What happened that concerns you, the latest first",
            "parameters": [parameters.described_limit(100, 500), parameters.AFTER],
            "responses": answered(_LIST, "A page of notices"),
        }
    },
    "/api/notices/seen": {
        "post": {
            **NEEDS_SESSION,
            "summary": "Mark notices as seen, up to the newest that was shown",
            "requestBody": {"required": True, "content": {"application/json": {"schema": _SEEN}}},
            "responses": answered(_LEFT, "How many are left"),
        }
    },
}


@bp.get("/api/notices")
@needs_role(*EDITORS)
def listed() -> Response:
    """Looking marks nothing."""
    parameters.only(request.args, ("limit", "after"))
    limit = parameters.whole_number(request.args, "limit", 100, 1, 500)
    after = parameters.whole_number(request.args, "after", 0, 0, _LARGEST)
    with service().store.reading(actor()) as connection:
        found = notices.notices(connection, actor(), limit, before=after or None)
        unseen = notices.count_unseen(connection, actor())
    return jsonify(
        notices=[_told(one) for one in found], unseen=unseen, after=found[-1].id if len(found) == limit else None
    )


@bp.post("/api/notices/seen")
@needs_role(*EDITORS)
def see() -> Response:
    """The reader's own only."""
    said = request.get_json(silent=True)
    up_to = said.get("up_to") if isinstance(said, dict) else None
    if type(up_to) is not int or not 0 < up_to < _LARGEST:
        raise Refused(_("Say in “up_to” the number of the newest notice that was shown."), parameter="up_to")
    with service().store.writing(actor()) as connection:
        notices.see(connection, actor(), up_to)
        unseen = notices.count_unseen(connection, actor())
    return jsonify(unseen=unseen)


def _told(notice: Notice) -> dict[str, object]:
    number = notice.changeset_id
    return {
        "id": notice.id,
        "at": notice.at.isoformat(),
        "event": notice.event,
        "district": notice.district_id,
        "changeset": number,
        "source": notice.source_id,
        "layer": notice.layer_id,
        "title": notice.title,
        "is_seen": notice.is_seen,
        "headline": headline(notice, service().profile, _),
        "next_step": next_step(notice, _),
        "href": url_for("changesets.changeset", changeset_id=number, _external=True) if number else None,
    }
