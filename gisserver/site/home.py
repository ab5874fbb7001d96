"""/: a citizen's one box."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access import actor
from gisserver.not_one_parcel import next_step
from gisserver.readable_pages import READABLE
from gisserver.service import service
from layers.search.find import find
from layers.search.hits import Hit, HitKind, SearchResult

bp = Blueprint("home", __name__)
NAV = None

MOST = 40
"""A longer list helps nobody to choose."""
SHORT = 5
"""So many are seen at one glance."""


@bp.get("/")
def page() -> str | Response:
    """The question; one sure parcel leads straight to its answer, anything else is a list to choose from."""
    asked = request.args.get("q", "").strip()
    if not asked:
        return render_template("home.html", asked="", found=None)
    found = _found(asked)
    if found.sure and found.sure.parcel_uid:
        return redirect(url_for("answer.page", uid=found.sure.parcel_uid, asked=asked), HTTPStatus.SEE_OTHER)
    return render_template(
        "home.html",
        asked=asked,
        found=found,
        note=next_step(found),
        groups=_by_district(found.hits),
        most=MOST,
        name_of_kind=_name_of_kind,
        readable=READABLE,
    )


def _by_district(hits: Sequence[Hit]) -> Mapping[str, Sequence[Hit]]:
    """A long list of several districts gets their names as headings, that of the best hit first."""
    if len(hits) <= SHORT or len({hit.district_id for hit in hits}) == 1:
        return {"": hits}
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        district = service().profile.district(hit.district_id) if hit.district_id is not None else None
        groups.setdefault(district.name if district else _("Elsewhere"), []).append(hit)
    return groups


def _found(asked: str) -> SearchResult:
    with service().store.reading(actor()) as connection:
        return find(connection, asked, service().profile, MOST, language=str(get_locale()))


def _name_of_kind(kind: HitKind) -> str:
    names: dict[HitKind, str] = {
        HitKind.ADDRESS: _("Address"),
        HitKind.PARCEL: _("Parcel"),
        HitKind.STREET: _("Street"),
        HitKind.NEIGHBOURHOOD: _("Neighbourhood"),
        HitKind.DISTRICT: _("District"),
        HitKind.PLACE: _("Place"),
        HitKind.PLAN: _("Plan"),
        HitKind.COORDINATE: _("Coordinates"),
    }
    return names[kind]
