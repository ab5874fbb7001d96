"""/answer/UID: what may be built on a parcel, how sure that is, and who decides."""

import uuid
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.errors import NotHere
from gisserver.service import service
from layers.answers.answer import EndedParcel
from layers.answers.ask import zoning_answer
from layers.answers.sentences import sentences
from layers.answers.sketch import sketch_of

bp = Blueprint("answer", __name__)
NAV = None


@bp.get("/answer/<uuid:uid>")
def page(uid: uuid.UUID) -> str | tuple[str, HTTPStatus]:
    """Answer and sketch are read in one snapshot, so they speak of the same publish."""
    profile = service().profile
    with service().store.reading(actor()) as connection:
        answer = zoning_answer(connection, uid, profile)
        sketch = sketch_of(connection, uid)
    if answer is None:
        raise NotHere(_("There is no such parcel. Ask again by address or by block and parcel."))
    if isinstance(answer, EndedParcel):
        return render_template("ended.html", ended=answer), HTTPStatus.GONE
    return render_template(
        "answer.html",
        answer=answer,
        said=sentences(answer, str(get_locale()), profile.timezone),
        sketch=sketch,
        asked=request.args.get("asked", "")[:200],
        legend={entry.key: entry for entry in profile.legends.get("zones", ())},
    )
