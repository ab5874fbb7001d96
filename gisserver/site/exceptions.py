"""/exceptions: a district asks that a finding be let pass, the department decides."""

import datetime
import uuid
from collections.abc import Callable, Mapping
from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access import DEPARTMENT, EDITORS, actor, needs_role
from gisserver.errors import Refused
from gisserver.service import service
from layers.core import exceptions, inbox
from layers.core.exceptions import Asked, RuleException
from layers.core.inbox_views import UploadSummary

bp = Blueprint("exceptions_page", __name__)
NAV = None

MOST = 500
"""Exceptions of one district's layer that a list of findings looks through."""


@bp.app_context_processor
def _for_lists() -> dict[str, object]:
    """What the part of a list of findings needs to offer the form."""
    return {"exceptable": service().profile.exceptable, "exceptions_of": _exceptions_of}


@bp.post("/exceptions/<uuid:upload_id>")
@needs_role(*EDITORS)
def ask(upload_id: uuid.UUID) -> Response:
    """About one finding of a file."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        raise Refused(_("Give the reason why this should be let pass."), parameter="reason")
    with service().store.writing(actor()) as connection:
        upload = inbox.upload(connection, upload_id)
        asked = Asked(
            upload.district_id, upload.layer_id, request.form.get("rule", ""), request.form.get("ref", ""), reason
        )
        exceptions.ask(connection, service().profile, actor(), asked)
    flash(_("The department has the request before it. You see its decision beside the finding."))
    return redirect(url_for("upload.page", upload_id=upload_id), HTTPStatus.SEE_OTHER)


@bp.post("/exceptions/<int:number>/grant")
@needs_role(*DEPARTMENT)
def grant(number: int) -> Response:
    """Counts from the next check of a file on."""
    until = _until()
    return _decide(lambda connection, why: exceptions.grant(connection, actor(), number, why=why, until=until))


@bp.post("/exceptions/<int:number>/decline")
@needs_role(*DEPARTMENT)
def decline(number: int) -> Response:
    """The district must be told why."""
    if not request.form.get("why", "").strip():
        raise Refused(_("Tell the district why it is declined."), parameter="why")
    return _decide(lambda connection, why: exceptions.decline(connection, actor(), number, why=why))


def _decide(decision: Callable[..., RuleException]) -> Response:
    with service().store.writing(actor()) as connection:
        made = decision(connection, request.form.get("why", ""))
    if made.state == "granted":
        flash(_("Granted. The finding becomes a note when the file is checked again."))
    else:
        flash(_("Declined. The district sees the reason."))
    return redirect(url_for("department.page") + "#exceptions", HTTPStatus.SEE_OTHER)


def _until() -> datetime.date | None:
    written = request.form.get("until", "").strip()
    try:
        return datetime.date.fromisoformat(written) if written else None
    except ValueError as cause:
        raise Refused(_("“until” must be a day such as 2026-05-01."), parameter="until") from cause


def _exceptions_of(upload: UploadSummary) -> Mapping[tuple[str, str], RuleException]:
    """Rule and ref -> the latest exception."""
    with service().store.reading(actor()) as connection:
        found = exceptions.exceptions(connection, district_id=upload.district_id, layer_id=upload.layer_id, limit=MOST)
    return {(one.rule, one.ref): one for one in reversed(found)}
