"""/api/zoning: what may be built on a parcel, as JSON with a fixed schema."""

import json
import uuid
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.answering import answered
from gisserver.api import _parameters as parameters
from gisserver.api.search import hit_json
from gisserver.ended import ended_sentence
from gisserver.errors import Ended, NotHere, Refused
from gisserver.limits import answers, limiter
from gisserver.not_one_parcel import next_step
from gisserver.service import service
from layers.answers.answer import EndedParcel
from layers.answers.ground import parcel_at, parcel_named
from layers.answers.issued import IssuedAnswer
from layers.core.store import Connection
from layers.core.successors import ending
from layers.search.coordinates import degrees_reading
from layers.search.find import find
from layers.search.hits import SearchResult
from layers.search.notes import OUTSIDE

bp = Blueprint("zoning", __name__)
CONFORMS: tuple[str, ...] = ()
PATHS = {
    "/api/zoning": {
        "get": {
            "summary": "The zoning answer of a parcel; an ambiguous text is answered with choices",
            "parameters": [
                {"name": "parcel", "in": "query", "schema": {"type": "string"}, "description": "uid or ref"},
                {"name": "lon", "in": "query", "schema": {"type": "number"}},
                {"name": "lat", "in": "query", "schema": {"type": "number"}},
                {"name": "q", "in": "query", "schema": {"type": "string"}, "description": "an address or a parcel"},
                {"name": "epoch", "in": "query", "schema": {"type": "integer"}, "description": "as of this publish"},
                {"name": "datetime", "in": "query", "schema": {"type": "string"}, "description": "as of this moment"},
            ],
            "responses": {
                "200": {
                    "description": "kind `answer` with the answer, or kind `choices` with hits to choose from",
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "required": ["kind"],
                                "properties": {"kind": {"type": "string", "enum": ["answer", "choices"]}},
                            }
                        }
                    },
                },
                "404": {"description": "No parcel there"},
                "410": {"description": "The parcel has ended; `successors` names what took its place"},
            },
        }
    }
}

CHOICES = 20
_WAYS = ("parcel", "lon", "q")


@bp.get("/api/zoning")
@limiter.limit(answers)
def zoning() -> Response:
    """One way of naming the parcel; only a text that names exactly one parcel is answered at once."""
    parameters.only(request.args, ("parcel", "lon", "lat", "q", "epoch", "datetime"))
    if sum(way in request.args for way in _WAYS) != 1:
        raise Refused(_("Name the parcel in one way: parcel=, lon= with lat=, or q=."), parameter="parcel")
    with service().store.reading(actor()) as connection:
        if "q" not in request.args:
            return _answer(connection, _named_parcel(connection))
        text = request.args["q"]
        found = find(connection, text, service().profile, CHOICES, language=str(get_locale()))
        if found.sure is not None and found.sure.parcel_uid is not None:
            return _answer(connection, found.sure.parcel_uid)
        return _choices(found)


def _named_parcel(connection: Connection) -> uuid.UUID:
    if "parcel" in request.args:
        uid = parcel_named(connection, request.args["parcel"])
    else:
        lon, lat = parameters.degrees(request.args)
        if not degrees_reading(lon, lat, service().profile).is_inside:
            raise NotHere(OUTSIDE.in_language(str(get_locale())), parameter="lon")
        uid = parcel_at(connection, lon, lat, service().profile.storage_srid)
    if uid is None:
        raise NotHere(_("There is no such parcel. Ask again by address or by block and parcel."))
    return uid


def _answer(connection: Connection, uid: uuid.UUID) -> Response:
    as_of = parameters.as_of(connection, request.args)
    found = answered(connection, uid, as_of)
    if isinstance(found, EndedParcel):
        raise _ended(found)
    return Response(answer_json(found, _links(found, as_of)), content_type="application/json")


def answer_json(issued: IssuedAnswer, links: list[dict[str, str]]) -> bytes:
    """The answer stands in it byte for byte as it is kept."""
    about = {
        "kind": "answer",
        "number": issued.number,
        "code": issued.spoken_code,
        "issued_at": issued.issued_at.isoformat(),
        "sha256": issued.digest,
        "repeats": issued.parent,
        "links": links,
    }
    written = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    return b'%s,"answer":%s}' % (written[:-1], issued.body)


def _links(issued: IssuedAnswer, as_of: int | None) -> list[dict[str, str]]:
    check = url_for("verify.page", written=issued.number, _external=True)
    links = [{"rel": "check", "type": "text/html", "href": check}]
    if as_of is None:
        page = url_for("answer.page", uid=issued.parcel_uid, _external=True)
        links.append({"rel": "alternate", "type": "text/html", "href": page})
    return links


def _ended(ended: EndedParcel) -> Ended:
    became = [
        {
            "uid": str(heir.uid),
            "ref": heir.ref,
            "operation": heir.operation,
            "href": url_for(".zoning", parcel=heir.uid, _external=True),
        }
        for heir in ended.successors
    ]
    with service().store.reading(actor()) as connection:
        found = ending(connection, service().registry["parcels"], ended.uid)
    facts: dict[str, Any] = {
        "operation": found.operation,
        "ended_at": found.on and found.on.isoformat(),
        "epoch": found.epoch,
    }
    why = ended_sentence(ended.ref, found)
    if not became:
        why = f"{why} {_('No parcel is recorded in its place. Ask the municipality of the district.')}"
    return Ended(why, successors=became, changeset=found.changeset_id, **facts)


def _choices(found: SearchResult) -> Response:
    """Status 200: a list to choose from is what the asker gets, not a failure of theirs."""
    if not found.hits:
        raise NotHere(found.note, parameter="q")
    return jsonify(
        kind="choices", query=found.query, note=next_step(found), choices=[hit_json(hit) for hit in found.hits]
    )
