"""/api/uploads: a district's files in, their reports out."""

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, redirect, request, send_file, stream_with_context, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as WerkzeugResponse

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api import _said, _tus, resumable
from gisserver.api._media import NEEDS_SESSION
from gisserver.errors import NotHere, Refused
from gisserver.finding_filter import finding_filter
from gisserver.finding_told import told_finding
from gisserver.loose_files import chosen_files, taken_as_one
from gisserver.reports import Subject, report_formats
from gisserver.service import service
from layers.core import inbox, inbox_views
from layers.core.inbox_views import SEVERITIES, Finding, FindingCursor, UploadSummary
from layers.core.progress import progress_of
from layers.core.refused_file import refused_file, refused_file_bytes
from layers.core.store import Connection

bp = Blueprint("uploads", __name__)
CONFORMS: tuple[str, ...] = ()
MOST_RECORDS = 2_000
"""Shapes that a map draws at once without hesitation."""
_GEOJSON = "application/geo+json"
_REPORT = {"200": {"description": "What the file is and what was found in it"}}
PATHS = {
    "/api/uploads": {
        "get": {
            **NEEDS_SESSION,
            "summary": "The newest files of your area",
            "parameters": [parameters.described_limit(50, 500)],
            "responses": {"200": {"description": "Files"}},
        },
        "post": {
            **NEEDS_SESSION,
            "summary": "Send a file (form: file, layer, district, whole_state, crs, source_layer, columns); "
            "begin to (tus 1.0)",
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
            **NEEDS_SESSION,
            "summary": "Check a file again (form: crs, source_layer, columns)",
            "parameters": [parameters.UPLOAD],
            "responses": {"202": {"description": "The worker checks it again"}},
        }
    },
    "/api/uploads/{upload}": {"get": {**NEEDS_SESSION, "parameters": [parameters.UPLOAD], "responses": _REPORT}},
    "/api/uploads/{upload}/findings": {
        "get": {
            **NEEDS_SESSION,
            "summary": "What was found, worst first; with f=geojson each finding's exact shape",
            "parameters": [
                parameters.UPLOAD,
                {"name": "severity", "in": "query", "schema": {"type": "string", "enum": list(SEVERITIES)}},
                {"name": "rule", "in": "query", "schema": {"type": "string"}},
                {
                    "name": "q",
                    "in": "query",
                    "schema": {"type": "string"},
                    "description": "Words of the sentence or the ref",
                },
                parameters.BBOX,
                {"name": "id", "in": "query", "schema": {"type": "integer"}},
                {"name": "f", "in": "query", "schema": {"type": "string", "enum": ["json", "geojson"]}},
                parameters.described_limit(100, 1000),
                {
                    "name": "after",
                    "in": "query",
                    "schema": {"type": "string"},
                    "description": "As the page before says it",
                },
            ],
            "responses": {
                "200": {"description": "A page of findings", "content": {"application/json": {}, _GEOJSON: {}}}
            },
        }
    },
    "/api/uploads/{upload}/records": {
        "get": {
            **NEEDS_SESSION,
            "summary": "The shapes of the file that are not published as they are, within a bbox",
            "parameters": [parameters.UPLOAD, {**parameters.BBOX, "required": True}],
            "responses": {"200": {"description": "GeoJSON", "content": {_GEOJSON: {}}}},
        }
    },
    "/api/uploads/{upload}/report.{suffix}": {
        "get": {
            **NEEDS_SESSION,
            "summary": "The report to take along: csv, gpkg (with the shapes of the findings) or pdf",
            "parameters": [
                parameters.UPLOAD,
                {"name": "suffix", "in": "path", "required": True, "schema": {"type": "string"}},
            ],
            "responses": {"200": {"description": "The file"}},
        }
    },
    "/api/uploads/{upload}/refused": {
        "get": {
            **NEEDS_SESSION,
            "summary": "The refused records as they were sent, with what is wrong beside each, to be sent again",
            "parameters": [parameters.UPLOAD],
            "responses": {"200": {"description": "A GeoPackage"}, "404": {"description": "None is refused"}},
        }
    },
    "/api/uploads/{upload}/original": {
        "get": {
            **NEEDS_SESSION,
            "parameters": [parameters.UPLOAD],
            "responses": {"200": {"description": "The bytes as they were sent"}},
        }
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
        others = inbox.of_same_file(connection, upload_id)
    told = {"report": details.report, "failure": details.failure, "progress": asdict(progress) if progress else None}
    beside = [
        {"layer": one.layer_id, "state": one.state, "href": url_for(".report", upload_id=one.id, _external=True)}
        for one in others
    ]
    return jsonify({**_summary(found), **told, "of_same_file": beside})


@bp.get("/api/uploads/<uuid:upload_id>/findings")
@needs_role(*EDITORS)
def findings(upload_id: uuid.UUID) -> Response:
    """A page of findings, worst first; as GeoJSON with the exact shape of each."""
    parameters.only(request.args, ("severity", "rule", "q", "bbox", "id", "after", "limit"))
    chosen = finding_filter(request.args)
    is_drawn = request.args.get("f") == "geojson"
    with service().store.reading(actor()) as connection:
        inbox.upload(connection, upload_id)
        page = inbox_views.findings(
            connection,
            upload_id,
            chosen,
            box=parameters.box(request.args),
            is_drawn=is_drawn,
            after=FindingCursor.parse(request.args.get("after", "")),
            limit=parameters.whole_number(request.args, "limit", 100, 1, 1000),
        )
    after = str(page.after or "") or None
    if is_drawn:
        return _collection([_feature(finding) for finding in page.findings], after=after)
    return jsonify(findings=[_finding(finding) for finding in page.findings], after=after)


@bp.get("/api/uploads/<uuid:upload_id>/records")
@needs_role(*EDITORS)
def records(upload_id: uuid.UUID) -> Response:
    """What the map draws beneath the findings."""
    parameters.only(request.args, ("bbox",))
    box = parameters.box(request.args)
    if box is None:
        raise Refused(_("Say in “bbox” where: west,south,east,north in degrees."), parameter="bbox")
    with service().store.reading(actor()) as connection:
        inbox.upload(connection, upload_id)
        found = inbox_views.records_within(connection, upload_id, box, limit=MOST_RECORDS)
    return _collection(
        [_as_feature(record.line, record.drawn, {"ref": record.ref, "outcome": record.outcome}) for record in found]
    )


@bp.get("/api/uploads/<uuid:upload_id>/report.<suffix>")
@needs_role(*EDITORS)
def report_file(upload_id: uuid.UUID, suffix: str) -> Response:
    """The report as a file, in the caller's language; written to disk first, so that memory does not grow with it."""
    parameters.only(request.args, ())
    formats = report_formats()
    if suffix not in formats:
        raise NotHere(_("A report is to be had as %(known)s.", known=", ".join(formats)), parameter="suffix")
    with TemporaryDirectory(prefix="gis-report-") as folder:
        target = Path(folder) / f"report.{suffix}"
        with service().store.reading(actor()) as connection:
            subject = _subject(connection, upload_id)
            formats[suffix].write(connection, subject, target)
        opened = target.open("rb")  # outlives the folder; closed when it is sent
    said = _("report")
    name = f"{subject.stem}-{said}.{suffix}"
    return send_file(opened, mimetype=formats[suffix].media_type, as_attachment=True, download_name=name)


@bp.get("/api/uploads/<uuid:upload_id>/refused")
@needs_role(*EDITORS)
def refused(upload_id: uuid.UUID) -> Response:
    """Only what was wrong: corrected and sent as a part, nothing else is touched."""
    parameters.only(request.args, ())
    with service().store.reading(actor()) as connection:
        upload = inbox.upload(connection, upload_id)
        size = refused_file_bytes(connection, upload_id)
    if not size:
        raise NotHere(_("No record of this file is refused."))
    said = _("refused-records")
    name = f"{Path(upload.filename).stem}-{said}.gpkg"
    return _in_pieces(upload_id, refused_file, "application/geopackage+sqlite3", name, size)


@bp.get("/api/uploads/<uuid:upload_id>/original")
@needs_role(*EDITORS)
def original(upload_id: uuid.UUID) -> Response:
    """The bytes as they were sent, for who sent them and the department."""
    with service().store.reading(actor()) as connection:
        upload = inbox.upload(connection, upload_id)
    if upload.state == "arriving":
        raise inbox.NotWhole
    return _in_pieces(upload_id, inbox.original, "application/octet-stream", upload.filename, upload.size_bytes)


def _in_pieces(
    upload_id: uuid.UUID,
    read: Callable[[Connection, uuid.UUID], Iterator[bytes]],
    media_type: str,
    filename: str,
    size_bytes: int,
) -> Response:
    def pieces() -> Iterator[bytes]:
        with service().store.reading(asker) as connection:
            yield from read(connection, upload_id)

    asker = actor()
    response = Response(stream_with_context(pieces()), content_type=media_type)
    spelled = quote(filename, safe="")  # a header knows no Turkish letters
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{spelled}"
    response.headers["Content-Length"] = str(size_bytes)
    return response


def _summary(upload: UploadSummary) -> dict[str, object]:
    district = service().profile.district(upload.district_id)
    return {
        **json.loads(json.dumps(asdict(upload), default=str)),
        "district": district.name if district else str(upload.district_id),
        "href": url_for(".report", upload_id=upload.id, _external=True),
    }


def _subject(connection: Connection, upload_id: uuid.UUID) -> Subject:
    found = inbox_views.upload(connection, upload_id)
    if found is None:
        raise inbox.UnknownUpload
    told = inbox_views.report(connection, upload_id)
    return Subject(found, told, service().registry[found.layer_id], service().profile, str(get_locale()))


def _collection(features: list[dict[str, object]], **more: object) -> Response:
    response = jsonify(type="FeatureCollection", features=features, **more)
    response.content_type = _GEOJSON
    return response


def _feature(finding: Finding) -> dict[str, object]:
    place = finding.place
    about = {**_finding(finding), "place": [place.lon, place.lat] if place else None, "is_exact": finding.is_exact}
    return _as_feature(finding.id, finding.drawn, about)


def _as_feature(number: int, drawn: str | None, properties: dict[str, object]) -> dict[str, object]:
    geometry = json.loads(drawn) if drawn else None
    return {"type": "Feature", "id": number, "geometry": geometry, "properties": properties}


def _finding(finding: Finding) -> dict[str, object]:
    return {"id": finding.id, **told_finding(finding, str(get_locale()))}
