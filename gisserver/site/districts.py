"""/districts: how each district stands, open to everybody; each number leads to the list behind it."""

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.errors import NotHere
from gisserver.service import service
from gisserver.site import Navigation
from layers.core.changeset_views import changesets
from layers.core.inbox_views import uploads
from layers.core.scores.board import faults, scoreboard, state_of_board
from layers.core.words import Title

bp = Blueprint("districts", __name__)
NAV = Navigation(Title("İlçeler", "Districts"), "districts.page", 25)

SHOWN = 50


@bp.get("/districts")
def page() -> str:
    """All districts by name."""
    profile = service().profile
    by_name = sorted(profile.districts, key=lambda district: profile.fold(district.name))
    with service().store.reading(actor()) as connection:
        scores = scoreboard(connection, [district.id for district in by_name])
        state = state_of_board(connection)
    names = {district.id: district.name for district in by_name}
    return render_template("districts.html", scores=scores, names=names, state=state)


@bp.get("/districts/<int:district_id>")
def one(district_id: int) -> str:
    """The lists of one; what was sent and decided is shown to those whose work it is."""
    profile = service().profile
    district = profile.district(district_id)
    if district is None:
        raise NotHere(_("There is no such district."))
    skipped = min(max(request.args.get("skipped", 0, type=int), 0), 100_000)
    is_own = actor().may_handle(district_id)
    with service().store.reading(actor()) as connection:
        (score,) = scoreboard(connection, [district_id])
        return render_template(
            "district_score.html",
            district=district,
            score=score,
            names={other.id: other.name for other in profile.districts},
            state=state_of_board(connection),
            tasks=faults(connection, district_id, is_shared=True, limit=SHOWN, skipped=skipped),
            faults=faults(connection, district_id, is_shared=False, limit=SHOWN),
            skipped=skipped,
            shown=SHOWN,
            is_own=is_own,
            files=uploads(connection, district_id=district_id, state="checked", limit=SHOWN) if is_own else (),
            decided=changesets(connection, district_id=district_id, limit=SHOWN) if is_own else (),
        )
