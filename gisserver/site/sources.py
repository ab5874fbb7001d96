"""Sources on the pages of district and department: how each gets on, pull it now, pause it."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access import EDITORS, actor, needs_role
from gisserver.errors import NotHere, NotYours
from gisserver.service import service
from layers.core import pulls
from layers.core.declared_source import DeclaredSource
from layers.core.pulls import Standing
from layers.core.store import Connection

bp = Blueprint("pulls", __name__)
NAV = None


@bp.post("/sources/<source_id>")
@needs_role(*EDITORS)
def act(source_id: str) -> Response:
    """What the button says: pull, pause or resume."""
    source = service().profile.source(source_id)
    if source is None or not actor().may_handle(source.district):
        raise NotHere(_("There is no such source in your area."))
    _do(source, request.form.get("action", "pull"))
    page = "department.page" if actor().is_department else "district.page"
    return redirect(url_for(page, _anchor="sources-heading"), HTTPStatus.SEE_OTHER)


def shown(connection: Connection) -> tuple[Standing, ...]:
    """Those of the reader's area, what is wrong first."""
    declared = [source for source in service().profile.sources if actor().may_handle(source.district)]
    return tuple(sorted(pulls.standings(connection, declared), key=lambda one: (not one.is_failing, one.source.id)))


def _do(source: DeclaredSource, action: str) -> None:
    with service().store.writing(actor()) as connection:
        if action == "pull":
            pulls.ask(connection, source)
            flash(_("It is pulled now. What is new appears among the files."))
            return
        if not actor().is_department:
            raise NotYours(_("Pausing a source belongs to the department."))
        pulls.pause(connection, source, is_paused=action == "pause")
    flash(_("Paused.") if action == "pause" else _("It is pulled as its schedule says."))
