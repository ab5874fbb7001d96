"""/upload/ID/repairs: what a person decides about the repairs that the check proposes."""

import uuid
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from gisserver.access import EDITORS, actor, needs_role
from gisserver.errors import Refused
from gisserver.service import service
from layers.core import repairs
from layers.core.repairs import Chosen, Repair
from layers.core.store import Connection

bp = Blueprint("repairs_page", __name__)
NAV = None

SHOWN = 50
"""Repairs of each state on one page; those behind them come forward once these are decided."""


@dataclass(frozen=True)
class RepairsOfRule:
    """The repairs of one kind that wait."""

    rule: str
    count: int
    shown: tuple[Repair, ...]


@dataclass(frozen=True)
class RepairsShown:
    """What the page of a file tells of repairs."""

    waiting: tuple[RepairsOfRule, ...]
    decided: tuple[Repair, ...]
    """Those that were accepted first."""

    @property
    def all(self) -> tuple[Repair, ...]:
        """Everything the page draws."""
        return (*(repair for kind in self.waiting for repair in kind.shown), *self.decided)


def repairs_shown(connection: Connection, upload_id: uuid.UUID) -> RepairsShown:
    """Waiting ones by their rule, the most frequent first."""
    counts = [one for one in repairs.tally_of_repairs(connection, upload_id) if one.state == "proposed"]
    left = SHOWN
    waiting = []
    for one in sorted(counts, key=lambda one: (-one.count, one.rule)):
        chosen = Chosen(rule=one.rule)
        found = repairs.repairs(connection, upload_id, state="proposed", chosen=chosen, limit=left) if left else ()
        waiting.append(RepairsOfRule(one.rule, one.count, found))
        left -= len(found)
    decided = (
        repair
        for state in ("accepted", "declined")
        for repair in repairs.repairs(connection, upload_id, state=state, limit=SHOWN)
    )
    return RepairsShown(tuple(waiting), tuple(decided))


@bp.post("/upload/<uuid:upload_id>/repairs")
@needs_role(*EDITORS)
def decide(upload_id: uuid.UUID) -> Response:
    """One, or all of a kind."""
    chosen, is_accepted = _chosen(), request.form.get("decision") == "accept"
    take = repairs.accept if is_accepted else repairs.decline
    with service().store.writing(actor()) as connection:
        count = take(connection, actor(), upload_id, chosen)
    if is_accepted:
        flash(
            ngettext(
                "%(num)s repair is accepted. The file is checked again with it.",
                "%(num)s repairs are accepted. The file is checked again with them.",
                count,
            )
        )
    else:
        flash(
            ngettext(
                "%(num)s repair is declined. The shape stays as it was sent.",
                "%(num)s repairs are declined. The shapes stay as they were sent.",
                count,
            )
        )
    return redirect(url_for("upload.page", upload_id=upload_id) + "#repairs", HTTPStatus.SEE_OTHER)


def _chosen() -> Chosen:
    if request.form.get("decision") not in ("accept", "decline"):
        raise Refused(_("Accept or decline the repair."), parameter="decision")
    number, rule = request.form.get("repair", ""), request.form.get("rule", "")
    if number.isdecimal() and len(number) < 19:
        return Chosen(ids=(int(number),))
    if rule:
        return Chosen(rule=rule)
    raise Refused(_("Choose the repair."), parameter="repair")
