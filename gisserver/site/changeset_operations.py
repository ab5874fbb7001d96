"""/changeset/N/operations: a person says which operation it is, where the ground does not."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access import EDITORS, actor, needs_role
from gisserver.errors import Refused
from gisserver.operation_names import name_of_operation
from gisserver.service import service
from gisserver.site.figures import area
from layers.core.changeset_views import ChangesetSummary, Operation
from layers.core.chosen_operations import OPEN_TO_DEPARTMENT, OPEN_TO_DISTRICT, choose_operation
from layers.core.operations import DECLARABLE, OperationKind

bp = Blueprint("changeset_operations", __name__)
NAV = None


@bp.app_context_processor
def _for_the_list() -> dict[str, object]:
    return {
        "operation_kinds": DECLARABLE,
        "doubts_in_words": doubts_in_words,
        "name_of_operation": name_of_operation,
        "may_choose": may_choose,
    }


@bp.post("/changeset/<int:changeset_id>/operations/<int:number>")
@needs_role(*EDITORS)
def choose(changeset_id: int, number: int) -> Response:
    """Of one operation of a changeset."""
    written = request.form.get("kind", "")
    if written not in DECLARABLE:
        raise Refused(_("Choose one of: %(known)s.", known=", ".join(DECLARABLE)), parameter="kind")
    with service().store.writing(actor()) as connection:
        choose_operation(connection, actor(), changeset_id, number, OperationKind(written))
    flash(_("Kept: %(kind)s.", kind=name_of_operation(written)))
    return redirect(url_for("changeset.page", changeset_id=changeset_id) + "#operations", HTTPStatus.SEE_OTHER)


def may_choose(changeset: ChangesetSummary) -> bool:
    """Whether it is still open, and to this reader."""
    open_states = OPEN_TO_DEPARTMENT if actor().is_department else OPEN_TO_DISTRICT
    return actor().may_handle(changeset.district_id) and changeset.state in open_states


def doubts_in_words(operation: Operation) -> str:
    """Why it is uncertain, and how its areas balance."""
    names = {
        "ground_is_lost": _("Ground is in none of the new parcels, and does not lie like a strip along a road."),
        "ground_is_won": _("Ground was in no parcel before: created from a road, or drawn wrongly."),
        "strip_and_more": _("Ground looks given to the road, and boundaries change as well."),
        "changed_on_both_sides": _("Ground goes and comes: the outline may be drawn in the wrong place."),
        "parts_do_not_touch": _("The joined parcels do not touch along an edge."),
        "said_otherwise": _("The file says something else than the ground shows."),
        "said_differently": _("The file says different things of one and the same operation."),
    }
    sentences = [names[doubt] for doubt in operation.doubts if doubt in names]
    if operation.declared:
        declared = ", ".join(name_of_operation(kind) for kind in operation.declared)
        sentences.append(_("Declared: %(kinds)s.", kinds=declared))
    if operation.balance:
        told = {name: area(value) for name, value in operation.balance.items()}
        sentences.append(
            _(
                "%(before)s before, %(after)s after; %(lost)s less, %(gained)s more; %(tolerance)s pass.",
                **{name: str(told[name]) for name in ("before", "after", "lost", "gained", "tolerance")},
            )
        )
    return " ".join(sentences)
