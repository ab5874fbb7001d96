"""/api/uploads: a district's files in, their reports out."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict
from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, redirect, request, stream_with_context, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as WerkzeugResponse

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api import _said, _tus, resumable
from gisserver.errors import Refused
from gisserver.loose_files import chosen_files, taken_as_one
from gisserver.service import service
from layers.core import inbox, inbox_views
from layers.core.inbox_views import SEVERITIES, Finding, FindingCursor, UploadSummary
from layers.core.progress import progress_of

bp = Blueprint("uploads", __name__)
CONFORMS: tuple[str, ...] = ()
_UPLOAD = {"name": "upload", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
_REPORT = {"200": {"description": "What the file is and what was found in it"}}
PATHS = {
    "/api/uploads": {
        "get": {"summary": "The newest files of your area", "responses": {"200": {"description": "Files"}}},
        "post": {
            "summary": "Send a file (form: file, layer, district, whole_state, crs, source_layer, columns)",
            "responses": {
                "201": {"description": "Begun; Location says where to go on (tus 1.0)"},
                "202": {"description": "Received; the worker checks it"},
                "413": {"description": "The file is too large"},
                "429": {"description": "Too many files were begun and not finished"},
                "507": {"description": "Too much of the district waits already"},
            },
        },
    },
    "/api/uploads/{upload}/recheck": {
        "post": {
            "summary": "Check a file again (form: crs, source_layer, columns)",
            "parameters": [_UPLOAD],
            "responses": {"202": {"description": "The worker checks it again"}},
        }
    },
    "/api/uploads/{upload}": {"get": {"parameters": [_UPLOAD], "responses": _REPORT}},
    "/api/uploads/{upload}/findings": {"get": {"parameters": [_UPLOAD], "responses": _REPORT}},
    "/api/uploads/{upload}/original": {
        "get": {"parameters": [_UPLOAD], "responses": {"200": {"description": "The bytes as they were sent"}}}
    },
}


@bp.post("/api/uploads")
@needs_role(*EDITORS)
def send() -> tuple[Response, int] | Response:
    """Store the bytes; they are opened by the worker."""
    if _tus.is_spoken():
        return resumable.begin()
    files = chosen_files()
    if not files:
        raise Refused(_("Send the file in the form field “file”."), parameter="file")
    with taken_as_one(files) as file:
        sending = _said.sending(request.form, file.name)
        with service().store.writing(actor()) as connection:
            receipt = inbox.receive(connection, sending, file.stream, service().quota)
    response = jsonify(
        id=str(receipt.upload_id),
        size=receipt.size_bytes,
        sha256=receipt.sha256,
        was_sent_before=receipt.is_repeat,
        href=url_for(".report", upload_id=receipt.upload_id, _external=True),
    )
    return response, HTTPStatus.ACCEPTED


@bp.post("/api/uploads/<uuid:upload_id>/recheck")
@needs_role(*EDITORS)
def recheck(upload_id: uuid.UUID) -> tuple[Response, int]:
    """Check again with what is now said about coordinates, layer and columns."""
    with service().store.writing(actor()) as connection:
        layer = service().registry[inbox.upload(connection, upload_id).layer_id]
        inbox.recheck(
            connection,
            upload_id,
            declared_crs=_said.crs(request.form.get("crs", "")),
            source_layer=request.form.get("source_layer") or None,
            columns=_said.columns(request.form.get("columns", ""), layer),
        )
    return jsonify(href=url_for(".report", upload_id=upload_id, _external=True)), HTTPStatus.ACCEPTED


@bp.get("/api/uploads")
@needs_role(*EDITORS)
def sent() -> Response:
    """The newest files this caller may see."""
    parameters.only(request.args, ("limit",))
    limit = parameters.whole_number(request.args, "limit", 50, 1, 500)
    with service().store.reading(actor()) as connection:
        found = inbox_views.uploads(connection, limit=limit)
    return jsonify(uploads=[_summary(upload) for upload in found])


@bp.get("/api/uploads/<uuid:upload_id>")
@needs_role(*EDITORS)
def report(upload_id: uuid.UUID) -> WerkzeugResponse:
    """State, counts and what was understood; findings are paged apart."""
    with service().store.reading(actor()) as connection:
        found = inbox_views.upload(connection, upload_id)
        if found is None:  # the same bytes came before
            earlier = inbox.arrival(connection, upload_id).upload_id
            return redirect(url_for(".report", upload_id=earlier), HTTPStatus.SEE_OTHER)
        details = inbox_views.report(connection, upload_id)
        progress = progress_of(connection, upload_id)
    told = {"report": details.report, "failure": details.failure, "progress": asdict(progress) if progress else None}
    return jsonify({**_summary(found), **told})


@bp.get("/api/uploads/<uuid:upload_id>/findings")
@needs_role(*EDITORS)
def findings(upload_id: uuid.UUID) -> Response:
    """One severity's findings in the order of the file's lines."""
    parameters.only(request.args, ("severity", "after", "limit"))
    severity = request.args.get("severity", SEVERITIES[0])
    if severity not in SEVERITIES:
        raise Refused(_("“severity” is one of %(known)s.", known=", ".join(SEVERITIES)), parameter="severity")
    with service().store.reading(actor()) as connection:
        inbox.upload(connection, upload_id)
        page = inbox_views.findings(
            connection,
            upload_id,
            severity,
            after=FindingCursor.parse(request.args.get("after", "")),
            limit=parameters.whole_number(request.args, "limit", 100, 1, 1000),
        )
    return jsonify(findings=[_finding(finding) for finding in page.findings], after=str(page.after or "") or None)


@bp.get("/api/uploads/<uuid:upload_id>/original")
@needs_role(*EDITORS)
def original(upload_id: uuid.UUID) -> Response:
    """The bytes as they were sent, for who sent them and the department."""
    with service().store.reading(actor()) as connection:
        upload = inbox.upload(connection, upload_id)
    if upload.state == "arriving":
        raise inbox.NotWhole

    def pieces() -> Iterator[bytes]:
        with service().store.reading(asker) as connection:
            yield from inbox.original(connection, upload_id)

    asker = actor()
    response = Response(stream_with_context(pieces()), content_type="application/octet-stream")
    spelled = quote(upload.filename, safe="")  # a header knows no Turkish letters
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{spelled}"
    response.headers["Content-Length"] = str(upload.size_bytes)
    return response


def _summary(upload: UploadSummary) -> dict[str, object]:
    district = service().profile.district(upload.district_id)
    return {
        **json.loads(json.dumps(asdict(upload), default=str)),
        "district": district.name if district else str(upload.district_id),
        "href": url_for(".report", upload_id=upload.id, _external=True),
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "line": finding.line,
        "ref": finding.ref,
        "sentence": finding.sentence(str(get_locale())),
        "place": asdict(finding.place) if finding.place else None,
        "other_line": finding.other_line,
        "other_ref": finding.other_ref,
        "area_m2": finding.area_m2,
        "width_m": finding.width_m,
        "was_there_before": finding.was_there_before,
    }
