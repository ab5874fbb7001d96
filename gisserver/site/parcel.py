"""A parcel under the address that people say: what it is, what is planned there, where it came from."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access import actor
from gisserver.errors import NotHere
from gisserver.limits import answers, limiter
from gisserver.readable_pages import called, page_of_parcel, parts_of_parcel, rule_of, said_in
from gisserver.service import Service, service
from gisserver.site._ended_parcel import ended_parcel_page
from gisserver.site._feature_told import feature_told
from gisserver.site.answer import legends
from layers.answers.answer import ZoningAnswer
from layers.answers.ask import zoning_answer
from layers.answers.sentences import sentences
from layers.core.parcel_names import AskedName, CalledSo, ParcelName, called_so
from layers.core.store import Connection

bp = Blueprint("parcel", __name__)
NAV = None
Answer = str | Response | tuple[str, HTTPStatus]

_TOLD_APART = frozenset({"ref", "block_no", "parcel_no", "cadastral_neighbourhood", "district_id"})


@bp.record
def at_the_address_of_the_profile(state: BlueprintSetupState) -> None:
    """A city says "parsel", a commune says "parcelle"."""
    told: Service = state.app.extensions["gisserver"]
    state.add_url_rule(rule_of(told.profile.pages.parcel), view_func=page)


@limiter.limit(answers)
def page(**named: str) -> Answer:
    """The parcel; if several are called so, a choice; if it has ended, what became of it."""
    said = said_in(named)
    profile = service().profile
    district = profile.district_named(said["district"]) if "district" in said else None
    if district is None and "district" in said:
        raise NotHere(
            _("There is no district “%(name)s” here. Look the parcel up on the first page.", name=said["district"])
        )
    district_id = district.id if district else None
    asked = AskedName(said["block"], said["parcel"], district_id, said.get("neighbourhood"))
    with service().store.reading(actor()) as connection:
        found = called_so(connection, asked, profile)
        if len(found.published) == 1:
            return _told(connection, found.published[0], named)
        if not found.published and len(found.ended) == 1:
            return ended_parcel_page(connection, found.ended[0].uid, asked.block, asked.parcel)
    return _choice(asked, found)


def _told(connection: Connection, name: ParcelName, named: Mapping[str, str]) -> Answer:
    """Under one address only: other ways to write it lead there."""
    if named != parts_of_parcel(name):
        asked = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
        return redirect(page_of_parcel(name) + asked, HTTPStatus.MOVED_PERMANENTLY)
    answer = zoning_answer(connection, name.uid, service().profile)
    told = feature_told(connection, "parcels", name.uid, _TOLD_APART)
    if told is None or not isinstance(answer, ZoningAnswer):  # ended a moment ago
        return ended_parcel_page(connection, name.uid, name.block_no, name.parcel_no)
    return render_template(
        "parcel.html",
        own=page_of_parcel(name, is_whole=True),
        answer=answer,
        said=sentences(answer, str(get_locale()), service().profile.timezone),
        told=told,
        legend=legends(),
    )


def _choice(asked: AskedName, found: CalledSo) -> Answer:
    """Also where the numbers are right and the neighbourhood is not."""
    if not (found.published or found.ended or found.elsewhere):
        raise NotHere(
            _(
                "There is no parcel %(parcel)s in block %(block)s here, and none is recorded to have been. "
                "Compare the numbers with the title deed, or look it up by its address on the first page.",
                block=asked.block[:40],
                parcel=asked.parcel[:40],
            )
        )
    listed = [(called(name), url_for("answer.page", uid=name.uid)) for name in found.published] or [
        (called(name), url_for("story.page", layer_id="parcels", feature_id=name.uid)) for name in found.ended
    ]
    is_elsewhere = not listed
    if is_elsewhere:
        listed = [(called(name), page_of_parcel(name)) for name in found.elsewhere]
    status = HTTPStatus.NOT_FOUND if is_elsewhere else HTTPStatus.OK
    return render_template("parcel_choice.html", asked=asked, is_elsewhere=is_elsewhere, listed=listed), status
