"""/signin and /signout."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access.accounts import Account, verified
from gisserver.limits import SIGN_IN, limiter, was_wrong
from gisserver.service import service

bp = Blueprint("signin", __name__)
NAV = None

FIRST_PAGES = {
    "planner": "/map",
    "editor": "/district",
    "approver": "/district",
    "department": "/department",
    "administrator": "/department",
}


@bp.get("/signin")
def page() -> str:
    """The form; `next` is where the reader wanted to go."""
    return render_template("signin.html", email="", following=_inside(request.args.get("next")), error=None)


@bp.post("/signin")
@limiter.limit(SIGN_IN, deduct_when=was_wrong)
def sign_in() -> Response | tuple[str, HTTPStatus]:
    """A wrong pair is answered without telling which half was wrong."""
    email = request.form.get("email", "")
    following = _inside(request.form.get("next"))
    with service().store.reading() as connection:
        account = verified(connection, email, request.form.get("password", ""))
    if account is None:
        error = _("No account has this e-mail address and password. Check both and try again.")
        page = render_template("signin.html", email=email, following=following, error=error)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    _begin_session(account)
    return redirect(following or FIRST_PAGES[account.role])


@bp.post("/signout")
def sign_out() -> Response:
    """Forget who was here."""
    session.clear()
    return redirect(url_for("home.page"))


def _begin_session(account: Account) -> None:
    session.clear()
    session.permanent = True
    session["account"] = account.id
    session["no"] = account.session_no


def _inside(address: str | None) -> str:
    """Only an address of this service, so that a link cannot send a signed-in person elsewhere."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return ""
    return address.rstrip("?")
