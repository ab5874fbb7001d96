"""/addresses: somebody signed in has a table of addresses looked up, sees how far it is, and takes the result."""

import uuid
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access import SIGNED_IN, actor, needs_role
from gisserver.api.address_batches import SUFFIXES, received, removed
from gisserver.errors import Refused
from gisserver.service import service
from gisserver.site import Navigation
from layers.core.words import Title
from layers.search.batches import Batch, batches_of

bp = Blueprint("address_lists", __name__)
NAV = Navigation(Title("Adres listeleri", "Lists of addresses"), "address_lists.page", 28, frozenset(SIGNED_IN))


@bp.get("/addresses")
@needs_role(*SIGNED_IN)
def page() -> str:
    """The form and one's own lists; with ?fragment=1 the lists alone, for the page that refreshes itself."""
    if request.args.get("fragment"):
        return render_template("address_lists_sent.html", lists=_own_lists())
    return _page({})


@bp.post("/addresses")
@needs_role(*SIGNED_IN)
def send() -> Response | tuple[str, HTTPStatus]:
    """What is wrong is told beside the field, and nothing is kept."""
    try:
        batch = received()
    except Refused as refused:
        return _page({"file": refused.sentence}), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("“%(name)s” is being looked up.", name=batch.file_name))
    return redirect(url_for(".page", _anchor="lists-heading"), HTTPStatus.SEE_OTHER)


@bp.post("/addresses/<uuid:batch>/remove")
@needs_role(*SIGNED_IN)
def remove(batch: uuid.UUID) -> Response:
    """The list and its result."""
    removed(batch)
    flash(_("The list and its result are removed."))
    return redirect(url_for(".page", _anchor="lists-heading"), HTTPStatus.SEE_OTHER)


def _page(errors: dict[str, str]) -> str:
    asked = request.form.get("column", "")
    return render_template("address_lists.html", errors=errors, lists=_own_lists(), suffixes=SUFFIXES, column=asked)


def _own_lists() -> tuple[Batch, ...]:
    account = actor().account_id
    if account is None:
        return ()
    with service().store.reading(actor()) as connection:
        return batches_of(connection, account)
