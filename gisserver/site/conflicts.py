"""/upload/ID/conflicts: what the pool and the file both changed, side by side, each side to be chosen."""

import uuid
from http import HTTPStatus
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api._layers import readable
from gisserver.errors import Refused
from gisserver.service import service
from gisserver.site._field_changes import in_words
from layers.core import conflicts, inbox
from layers.core.conflicts import FEATURE, SHAPE, SIDES, Conflict
from layers.core.inbox_views import upload
from layers.core.layer import Field, Layer

bp = Blueprint("conflicts_page", __name__)
NAV = None

SHOWN = 50
_CHOICE = "choice-"


@bp.get("/upload/<uuid:upload_id>/conflicts")
@needs_role(*EDITORS)
def page(upload_id: uuid.UUID) -> str:
    """Feature by feature; a field as its values, a shape as drawn and on the map."""
    with service().store.reading(actor()) as connection:
        found = upload(connection, upload_id)
        if found is None:
            raise inbox.UnknownUpload
        after = request.args.get("after", 0, type=int)
        listed = conflicts.conflicts(connection, upload_id, after=after, limit=SHOWN)
        tally = conflicts.tally_of_conflicts(connection, upload_id)
    layer = service().registry[found.layer_id]
    return render_template(
        "conflicts.html",
        upload=found,
        layer=layer,
        features=[(ref, list(parts)) for ref, parts in groupby(listed, key=lambda one: one.ref)],
        tally=tally,
        after=listed[-1].id if len(listed) == SHOWN else None,
        may_decide=found.state == "checked" and found.changeset_state in (None, "checked", "returned"),
        title_of=lambda conflict: _title(conflict, layer),
        value_of=lambda conflict, side: _value(conflict, side, layer),
    )


@bp.post("/upload/<uuid:upload_id>/conflicts")
@needs_role(*EDITORS)
def decide(upload_id: uuid.UUID) -> Response:
    """One by one, or all that wait for one side."""
    side = request.form.get("all", "")
    with service().store.writing(actor()) as connection:
        if side in SIDES:
            count = conflicts.choose_all(connection, actor(), upload_id, side)
        else:
            count = conflicts.choose(connection, actor(), upload_id, _choices())
    flash(
        ngettext(
            "%(num)s choice is kept. The file is checked again with it.",
            "%(num)s choices are kept. The file is checked again with them.",
            count,
        )
    )
    return redirect(url_for("upload.page", upload_id=upload_id), HTTPStatus.SEE_OTHER)


def _choices() -> dict[int, str]:
    said = {name.removeprefix(_CHOICE): side for name, side in request.form.items() if name.startswith(_CHOICE)}
    chosen = {int(number): side for number, side in said.items() if number.isdecimal() and len(number) < 19}
    if not chosen or not set(chosen.values()) <= set(SIDES):
        raise Refused(_("Choose pool or file for at least one of them."), parameter="choice")
    return chosen


def _title(conflict: Conflict, layer: Layer) -> str:
    names: dict[str, str] = {SHAPE: _("Shape"), FEATURE: _("Whether it goes on")}
    field = _field(conflict, layer)
    return field.title.in_language(str(get_locale())) if field else names.get(conflict.part, conflict.part)


def _value(conflict: Conflict, side: str, layer: Layer) -> str:
    """Of a feature whether it is there; of a field its value with its unit."""
    value = getattr(conflict, side).value
    if conflict.part == FEATURE:
        return str(_("has ended") if value is None else _("goes on, changed"))
    field = _field(conflict, layer)
    if value is None or value == "":
        return str(_("empty"))
    return in_words(field, value, readable(layer), str(get_locale())) if field else str(value)


def _field(conflict: Conflict, layer: Layer) -> Field | None:
    return next((field for field in layer.fields if field.name == conflict.part), None)
