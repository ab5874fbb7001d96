"""A plan under its number: its legal state, what it lays on the ground, until when to object."""

import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.days import day_in_words
from gisserver.ended import ended_sentence
from gisserver.errors import NotHere
from gisserver.limits import answers, limiter
from gisserver.readable_pages import page_of_plan, rule_of, said_in
from gisserver.service import Service, service
from gisserver.site._feature_told import feature_told
from gisserver.site.answer import legends
from layers.answers.numbered_plans import NumberedPlan, plans_numbered, sketch_of_plan, uses_of_plan
from layers.core.legal_states import LEGAL_STATES
from layers.core.store import Connection
from layers.core.successors import ending

bp = Blueprint("plan", __name__)
NAV = None
Answer = str | tuple[str, HTTPStatus]

_TOLD_APART = frozenset({"ref", "plan_no", "name", "scale_den", "status", "district_id"})


@bp.record
def at_the_address_of_the_profile(state: BlueprintSetupState) -> None:
    """The word before the number is the profile's."""
    told: Service = state.app.extensions["gisserver"]
    state.add_url_rule(rule_of(told.profile.pages.plan), view_func=page)


@limiter.limit(answers)
def page(number: str) -> Answer:
    """The plan; if several districts have that number, a choice; if it has ended, what became of it."""
    asked = said_in({"number": number})["number"]
    with service().store.reading(actor()) as connection:
        plans = plans_numbered(connection, asked)
        published = [plan for plan in plans if plan.is_published]
        wanted = [plan for plan in plans if plan.ref == request.args.get("ref")] or published or list(plans)
        if len(wanted) == 1:
            return _told(connection, wanted[0]) if wanted[0].is_published else _ended(connection, wanted[0])
    if not wanted:
        raise NotHere(
            _(
                "There is no plan with the number “%(number)s” here. Compare it with the plan's sheet, "
                "or look for the plan by its name on the first page.",
                number=asked[:40],
            )
        )
    listed = [(plan, url_for(".page", number=number, ref=plan.ref)) for plan in wanted]
    return render_template("plan_choice.html", number=asked, listed=listed, district_of=_district_of)


def _told(connection: Connection, plan: NumberedPlan) -> Answer:
    told = feature_told(connection, "plans", plan.uid, _TOLD_APART)
    if told is None:  # ended a moment ago
        return _ended(connection, plan)
    return render_template(
        "plan.html",
        plan=plan,
        told=told,
        district=_district_of(plan),
        state=name_of_legal_state(plan.status),
        objections=_objections(plan),
        uses=uses_of_plan(connection, plan),
        sketch=sketch_of_plan(connection, plan),
        own=page_of_plan(plan.plan_no, is_whole=True),
        legend=legends(),
    )


def _ended(connection: Connection, plan: NumberedPlan) -> Answer:
    why = ending(connection, service().registry["plans"], plan.uid)
    heirs = [
        (heir.ref, url_for("items.item", layer_id="plans", feature_id=heir.uid, f="html")) for heir in why.successors
    ]
    return render_template(
        "plan_ended.html", plan=plan, why=ended_sentence(plan.plan_no, why), heirs=heirs
    ), HTTPStatus.GONE


def _objections(plan: NumberedPlan) -> str | None:
    """Of a plan on display, by the deployment's calendar."""
    if plan.status != "on_display" or plan.display_to is None:
        return None
    end = day_in_words(plan.display_to)
    if datetime.datetime.now(ZoneInfo(service().profile.timezone)).date() > plan.display_to:
        return str(_("The time for objections ended on %(end)s.", end=end))
    authority = plan.authority or _("the municipality")
    return str(_("Objections may be made in writing to %(authority)s until %(end)s.", authority=authority, end=end))


def name_of_legal_state(state: str) -> str:
    """What nobody has named stands as it is."""
    title = LEGAL_STATES.get(state)
    return title.in_language(str(get_locale())) if title else state


def _district_of(plan: NumberedPlan) -> str:
    district = service().profile.district(plan.district_id)
    return district.name if district else str(plan.district_id)
