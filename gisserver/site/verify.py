"""/verify: is this answer, this printout or this document ours, and does it still hold?"""

from http import HTTPStatus

import structlog
from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirection

from gisserver.access import actor
from gisserver.answering import kept_answer
from gisserver.checking import checked
from gisserver.documents.recognised import MOST_BYTES, Finding, recognised
from gisserver.documents.signing import NoTimeStamp
from gisserver.documents.typeset import Paper, typeset
from gisserver.errors import NotYet
from gisserver.limits import CODE, documents, limiter, was_unknown
from gisserver.service import service
from gisserver.site.answer import rendered
from layers.answers.issued import answer_with_digest

bp = Blueprint("verify", __name__)
NAV = None
log = structlog.get_logger()


@bp.get("/verify")
def ask() -> str | Redirection:
    """For people with a printout: the short code, or the document itself."""
    code = request.args.get("code", "").strip()
    if code:
        return redirect(url_for(".page", written=code), HTTPStatus.SEE_OTHER)
    return render_template("verify_ask.html")


@bp.get("/verify/<written>")
@limiter.limit(CODE, deduct_when=was_unknown)
def page(written: str) -> str:
    """As issued, as of its publish, as of now."""
    found = checked(written)
    return rendered("verify.html", found.issued, checked=found, key=service().signing_key)


@bp.get("/verify/<written>.pdf")
@limiter.limit(documents)
def document(written: str) -> Response:
    """The kept answer on paper, signed."""
    language = str(get_locale())
    with service().store.reading(actor()) as connection:
        issued = kept_answer(connection, written)
    key = service().signing_key
    check_url = url_for(".page", written=issued.number, _external=True)
    paper = Paper(service().profile, language, check_url, key.signer, key.is_self_signed)
    try:
        signed = key.sign(typeset(issued, paper))
    except NoTimeStamp as cause:
        log.error("no time stamp", cause=str(cause.__cause__))
        raise NotYet(
            _("The authority that dates our signatures does not answer. Ask for the document again in a moment.")
        ) from cause
    response = Response(signed, content_type="application/pdf")
    name = "-".join(filter(str.isalnum, (issued.answer.parcel.block_no, issued.answer.parcel.parcel_no))) or "answer"
    response.headers["Content-Disposition"] = f'inline; filename="{name}-{issued.code}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/verify")
@limiter.limit(documents)
def upload() -> tuple[str, HTTPStatus] | str:
    """Nothing of the file is kept."""
    request.max_content_length = MOST_BYTES
    sent = request.files.get("document")
    if sent is None or not sent.filename:
        errors = {"document": _("Choose the PDF that you want to check.")}
        return render_template("verify_ask.html", errors=errors), HTTPStatus.UNPROCESSABLE_ENTITY
    found = recognised(sent.read(), service().signing_key)
    issued = None
    if found.finding is Finding.UNTOUCHED and found.digest:
        with service().store.reading(actor()) as connection:
            issued = answer_with_digest(connection, found.digest)
    return render_template("verify_ask.html", finding=found.finding, issued=issued, filename=sent.filename[:100])
