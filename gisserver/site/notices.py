"""/notices: what happened that concerns the reader, and whether it is told by e-mail as well."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access import EDITORS, actor, needs_role
from gisserver.errors import Refused
from gisserver.mail.server import Trouble
from gisserver.notice_words import headline, next_step
from gisserver.service import service
from layers.core import notices
from layers.core.letters import Failing
from layers.core.notices import Notice

bp = Blueprint("notices", __name__)
NAV = None
MOST_LISTED = 100


@bp.get("/notices")
@needs_role(*EDITORS)
def page() -> str:
    """The latest first; looking marks nothing, the button does."""
    with service().store.reading(actor()) as connection:
        return render_template(
            "notices.html",
            registry=service().registry,
            notices=notices.notices(connection, actor(), MOST_LISTED),
            wish=notices.mail_wish(connection, actor()),
            is_mail_on=service().settings.smtp_host is not None,
            headline_of=_headline_of,
            next_step_of=_next_step_of,
        )


@bp.post("/notices/seen")
@needs_role(*EDITORS)
def see() -> Response:
    """Up to the newest that the page showed."""
    with service().store.writing(actor()) as connection:
        notices.see(connection, actor(), _number(request.form.get("up_to", "")))
    return redirect(url_for(".page"), HTTPStatus.SEE_OTHER)


@bp.post("/notices/mail")
@needs_role(*EDITORS)
def choose_mail() -> Response:
    """Letters or none, and in which language."""
    language = request.form.get("language", "")
    if language not in service().profile.languages:
        raise Refused(_("Choose one of the languages of the list."), parameter="language")
    with service().store.writing(actor()) as connection:
        notices.set_mail_wish(connection, actor(), is_mailed="is_mailed" in request.form, language=language)
    flash(_("Kept."))
    return redirect(url_for(".page"), HTTPStatus.SEE_OTHER)


@bp.app_context_processor
def words_of_notices() -> dict[str, object]:
    """Functions, so that a page pays only for what it shows."""
    return {"has_notices": _has_notices, "count_notices": _count_notices, "mail_trouble": _mail_trouble}


def _has_notices() -> bool:
    return actor().role in EDITORS and actor().account_id is not None


def _count_notices() -> int:
    with service().store.reading(actor()) as connection:
        return notices.count_unseen(connection, actor())


def _headline_of(notice: Notice) -> str:
    return headline(notice, service().profile, _)


def _next_step_of(notice: Notice) -> str:
    return next_step(notice, _)


def _mail_trouble(failing: Failing) -> str:
    """What is wrong, and whose it is to do something."""
    sentences: dict[str, str] = {
        Trouble.UNREACHABLE: _("The mail server does not answer. It has to be started, or its address corrected."),
        Trouble.NOT_SECURE: _("The mail server offers no encryption, or its certificate is not trusted here."),
        Trouble.NOT_LET_IN: _("The mail server does not accept user and password. They have to be set anew."),
        Trouble.REFUSED: _("The mail server did not take the e-mail. Its log says why."),
        Trouble.UNKNOWN_ADDRESS: _("The mail server does not know the address of an account. It has to be corrected."),
    }
    return sentences[failing.trouble]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise Refused(_("Load the page again and press the button there."), parameter="up_to")
    return int(text)
