"""/answer/UID: what may be built on a parcel, how sure that is, and who decides."""

import uuid
from http import HTTPStatus

from flask import Blueprint, render_template, request
from flask_babel import get_locale

from gisserver.access import actor
from gisserver.answering import answered
from gisserver.limits import answers, limiter
from gisserver.readable_pages import page_of_feature
from gisserver.service import service
from gisserver.site._ended_parcel import ended_parcel_page
from layers.answers.answer import EndedParcel
from layers.answers.issued import IssuedAnswer
from layers.answers.sentences import sentences
from layers.core.profile import LegendEntry

bp = Blueprint("answer", __name__)
NAV = None


@bp.get("/answer/<uuid:uid>")
@limiter.limit(answers)
def page(uid: uuid.UUID) -> str | tuple[str, HTTPStatus]:
    """The answer is kept first; the page is made of what was kept."""
    with service().store.reading(actor()) as connection:
        found = answered(connection, uid, repeats=request.args.get("repeats"))
        if isinstance(found, EndedParcel):
            return ended_parcel_page(connection, found.uid, found.block_no, found.parcel_no)
        own = page_of_feature(connection, "parcels", uid)
    return rendered("answer.html", found, parcel_page=own, asked=request.args.get("asked", "")[:200])


def rendered(template: str, issued: IssuedAnswer, **more: object) -> str:
    """A page about an issued answer, in the reader's language."""
    return render_template(
        template,
        issued=issued,
        answer=issued.answer,
        said=sentences(issued.answer, str(get_locale()), service().profile.timezone),
        sketch=issued.answer.sketch,
        legend=legends(),
        **more,
    )


def legends() -> dict[str, dict[str, LegendEntry]]:
    """Layer -> key -> entry, of what a sketch shows."""
    return {
        layer: {entry.key: entry for entry in service().profile.legends.get(layer, ())}
        for layer in ("zones", "plan_constraints")
    }
