"""/department/acts: who did what, when and why."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from gisserver.access import DEPARTMENT, actor, needs_role
from gisserver.api._acts import NAMES, asked_acts
from gisserver.errors import Refused
from gisserver.service import service
from gisserver.site.story import name_of_act, office
from layers.core.audit import ACTIONS, ActsQuery, acts

bp = Blueprint("acts", __name__)
NAV = None
PAGE = 100


@bp.get("/department/acts")
@needs_role(*DEPARTMENT)
def page() -> str:
    """A question that cannot be read is told beside the form, and what was typed stays."""
    trouble = None
    try:
        asked = asked_acts(request.args)
    except Refused as refused:
        trouble, asked = refused, ActsQuery(before=0)
    with service().store.reading(actor()) as connection:
        found = acts(connection, asked, PAGE)
    said: dict[str, Any] = {name: request.args[name] for name in NAMES if request.args.get(name) and name != "before"}
    return render_template(
        "acts.html",
        acts=found,
        said=said,
        trouble=trouble,
        actions=ACTIONS,
        next_page=url_for(".page", **said, before=found[-1].id) if len(found) == PAGE else None,
        table=url_for("audit.audit", **said, f="csv"),
        districts={district.id: district for district in service().profile.districts},
        name_of_act=name_of_act,
        office=office,
    )
