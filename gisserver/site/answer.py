"""/answer/UID: what may be built on a parcel, how sure that is, and who decides."""

import uuid
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask_babel import get_locale

from gisserver.access import actor
from gisserver.answering import answered
from gisserver.ended import ended_sentence
from gisserver.limits import answers, limiter
from gisserver.service import service
from layers.answers.answer import EndedParcel
from layers.answers.issued import IssuedAnswer
from layers.answers.sentences import sentences
from layers.core.successors import ending

bp = Blueprint("answer", __name__)
NAV = None


@bp.get("/answer/<uuid:uid>")
@limiter.limit(answers)
def page(uid: uuid.UUID) -> str | tuple[str, HTTPStatus]:
    """The answer is kept first; the page is made of what was kept."""
    with service().store.reading(actor()) as connection:
        found = answered(connection, uid, repeats=request.args.get("repeats"))
        if isinstance(found, EndedParcel):
            why = ending(connection, service().registry["parcels"], found.uid)
            return render_template("ended.html", ended=found, why=ended_sentence(found.ref, why)), HTTPStatus.GONE
    return rendered("answer.html", found, asked=request.args.get("asked", "")[:200])


def rendered(template: str, issued: IssuedAnswer, **more: object) -> str:
    """A page about an issued answer, in the reader's language."""
    profile = service().profile
    return render_template(
        template,
        issued=issued,
        answer=issued.answer,
        said=sentences(issued.answer, str(get_locale()), profile.timezone),
        sketch=issued.answer.sketch,
        legend={
            layer: {entry.key: entry for entry in profile.legends.get(layer, ())}
            for layer in ("zones", "plan_constraints")
        },
        **more,
    )
