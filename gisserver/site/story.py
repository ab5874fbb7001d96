"""/story/LAYER/FEATURE: the life of a feature from its beginning on, and its family, as one readable page."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.api._layers import no_feature, readable, seen_layer
from gisserver.api._reading import reading
from gisserver.ended import ended_sentence
from gisserver.family_drawing import drawn
from gisserver.field_schema import fields_schema
from gisserver.operation_names import name_of_operation
from gisserver.readable_pages import page_of_feature
from gisserver.service import service
from gisserver.shown_values import shown_value
from layers.core.audit import OfficeAct, offices, originals
from layers.core.changes import Decision, History, HistoryQuery, decisions, read_history
from layers.core.family import Family, Member, family
from layers.core.successors import Ending, ending

bp = Blueprint("story", __name__)
NAV = None

MOST_LISTED = 100
"""Relatives in the list below the drawing; the others are in the JSON."""


@dataclass(frozen=True)
class _Told:
    """Everything the page stands on."""

    history: History
    family: Family
    ending: Ending
    offices: Mapping[int, tuple[OfficeAct, ...]]
    decided: Mapping[int, Decision]
    originals: Mapping[int, uuid.UUID]
    readable_page: str | None


@bp.get("/story/<layer_id>/<path:feature_id>")
def page(layer_id: str, feature_id: str) -> str:
    """Oldest first; names and files only for those who may see the changesets."""
    met = readable(seen_layer(layer_id))
    query = HistoryQuery.parse({name: request.args[name] for name in ("after",) if name in request.args}, met)
    with reading(is_whole=False) as (connection, _newest):
        found = read_history(connection, query, feature_id)
        if found is None:
            raise no_feature(layer_id, feature_id)
        turns = [turn for one in found.versions for turn in (one.begun, one.ended) if turn is not None]
        numbers = {turn.publish.changeset_id for turn in turns if turn.publish.changeset_id is not None}
        told = _Told(
            found,
            family(connection, met.layer, found.uid),
            ending(connection, met.layer, found.uid),
            offices(connection, numbers),
            decisions(connection, numbers),
            originals(connection, numbers),
            page_of_feature(connection, layer_id, found.uid),
        )
    language = str(get_locale())
    schemas = fields_schema(met, language)

    def address_of(member: Member) -> str:
        return url_for(".page", layer_id=layer_id, feature_id=member.uid)

    own = told.family.members.get(found.uid)
    return render_template(
        "story.html",
        layer=met.layer,
        told=told,
        own=own,
        why=None if own is None or own.is_published else ended_sentence(own.name, told.ending),
        titles={name: schema["title"] for name, schema in schemas.items()},
        in_words=lambda name, value: shown_value(value, schemas[name], language),
        family=told.family,
        drawing=drawn(told.family),
        most_listed=MOST_LISTED,
        address_of=address_of,
        name_of_operation=name_of_operation,
        name_of_act=name_of_act,
        office=office,
    )


def name_of_act(action: str) -> str:
    """What somebody did, in the reader's language."""
    names: dict[str, str] = {
        "sent": _("Sent"),
        "sent_again": _("Checked again"),
        "checked": _("Checked"),
        "failed": _("Could not be used"),
        "submitted": _("Submitted to the department"),
        "accepted": _("Accepted"),
        "returned": _("Returned to the district"),
        "published": _("Published"),
        "reverted": _("Undoing prepared"),
        "operation_chosen": _("Operation chosen"),
        "side_chosen": _("Side of a conflict chosen"),
        "repair_accepted": _("Repair accepted"),
        "repair_declined": _("Repair declined"),
        "exception_asked": _("Exception asked for"),
        "exception_granted": _("Exception granted"),
        "exception_declined": _("Exception declined"),
    }
    return names.get(action, action)


def office(role: str, district_id: int | None) -> str:
    """Whose hand it was, as far as anybody may know: an office, not a person."""
    if role in ("department", "administrator", "publisher"):
        return str(_("the department"))
    if role == "worker":
        return str(_("the service itself"))
    known = {district.id: district.name for district in service().profile.districts}
    return known.get(district_id or 0, str(_("the district")))
