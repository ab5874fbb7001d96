"""/changeset/N: what a changeset would change, and the decision about it."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from gisserver.access import DEPARTMENT, EDITORS, actor, needs_role
from gisserver.change_filter import PARAMETERS
from gisserver.decision_words import agreed_by_profile
from gisserver.operation_names import name_of_operation
from gisserver.problems import problem_of_a_decision, problem_of_the_inbox
from gisserver.service import service
from gisserver.site._changeset_shown import changes_shown, review_shown
from layers.core import changeset_views, review
from layers.core.comments import Kind, NothingSaid, UnknownChange
from layers.core.epochs import PublishUnderWay
from layers.core.four_eyes import hands_of
from layers.core.inbox_views import upload
from layers.core.publish import StaleVersions
from layers.core.review_refused import ReviewRefused, UnknownChangeset
from layers.core.trust import publish_if_trusted

bp = Blueprint("changeset", __name__)
NAV = None

MOST_OPERATIONS = 200
"""A longer list is read in the changes themselves."""

Decision = Callable[[int], str | None]
"""Decides about the changeset of that number; returns the address of another page where that shows the result."""


@dataclass(frozen=True)
class Trouble:
    """Why the decision could not be taken, beside the field it concerns."""

    field: str
    sentence: str
    why: str = ""
    """The reason as it was typed."""


@bp.get("/changeset/<int:changeset_id>")
@needs_role(*EDITORS)
def page(changeset_id: int) -> str:
    """Everything one has to see to decide."""
    return _page(changeset_id)


@bp.post("/changeset/<int:changeset_id>/comment")
@needs_role(*EDITORS)
def comment(changeset_id: int) -> Response | tuple[str, HTTPStatus]:
    """Of the whole, or of one change; the department also says that a change is to go back."""
    return _decide(changeset_id, "words", _comment)


@bp.post("/changeset/<int:changeset_id>/submit")
@needs_role(*EDITORS)
def submit(changeset_id: int) -> Response | tuple[str, HTTPStatus]:
    """The district hands it to the department."""
    return _decide(changeset_id, "leave_out", _submit)


@bp.post("/changeset/<int:changeset_id>/accept")
@needs_role(*DEPARTMENT)
def accept(changeset_id: int) -> Response | tuple[str, HTTPStatus]:
    """Agreed, to be published later."""
    return _decide(changeset_id, "decision", _accept)


@bp.post("/changeset/<int:changeset_id>/accept-others")
@needs_role(*DEPARTMENT)
def accept_others(changeset_id: int) -> Response | tuple[str, HTTPStatus]:
    """All but the changes that were said to go back, with what belongs to them."""
    return _decide(changeset_id, "decision", _accept_others)


@bp.post("/changeset/<int:changeset_id>/return")
@needs_role(*DEPARTMENT)
def hand_back(changeset_id: int) -> Response | tuple[str, HTTPStatus]:
    """Back to the district, which must be told why."""
    if not _why():
        sentence = _("Say what the district should change.")
        return _page(changeset_id, Trouble("why", sentence)), HTTPStatus.UNPROCESSABLE_ENTITY
    return _decide(changeset_id, "why", _hand_back)


@bp.post("/changeset/<int:changeset_id>/publish")
@needs_role(*DEPARTMENT)
def publish(changeset_id: int) -> Response | tuple[str, HTTPStatus]:
    """One button accepts and publishes, in one transaction."""
    return _decide(changeset_id, "decision", _publish)


@bp.post("/changeset/<int:changeset_id>/revert")
@needs_role(*DEPARTMENT)
def revert(changeset_id: int) -> Response | tuple[str, HTTPStatus]:
    """A new changeset that undoes this one; it is looked at like any other."""
    if not _why():
        sentence = _("Say why it is undone.")
        return _page(changeset_id, Trouble("revert-why", sentence)), HTTPStatus.UNPROCESSABLE_ENTITY
    return _decide(changeset_id, "decision", _revert)


def _decide(changeset_id: int, field: str, decision: Decision) -> Response | tuple[str, HTTPStatus]:
    try:
        following = decision(changeset_id)
    except (ReviewRefused, NothingSaid, UnknownChange) as error:
        problem = problem_of_a_decision(error)
    except (StaleVersions, PublishUnderWay) as error:
        problem = problem_of_the_inbox(error)
    else:
        return redirect(following or url_for(".page", changeset_id=changeset_id), HTTPStatus.SEE_OTHER)
    return _page(changeset_id, Trouble(field, problem.sentence, _why())), HTTPStatus(problem.status)


def _comment(changeset_id: int) -> str:
    change_id = request.form.get("change", type=int)
    kind = Kind(request.form["kind"]) if request.form.get("kind") in tuple(Kind) else Kind.WORD
    words = str(_("Taken back.")) if kind is Kind.WITHDRAWN else request.form.get("words", "")
    with service().store.writing(actor()) as connection:
        review.comment(connection, actor(), changeset_id, words, change_id=change_id, kind=kind)
    return f"{_back_to(changeset_id)}#{f'change-{change_id}' if change_id else 'comments'}"


def _back_to(changeset_id: int) -> str:
    """The same page of the same choice."""
    asked: dict[str, Any] = {name: request.args[name] for name in (*PARAMETERS, "after") if name in request.args}
    return url_for(".page", changeset_id=changeset_id, **asked)


def _submit(changeset_id: int) -> None:
    leave_out = "leave_out" in request.form
    with service().store.writing(actor()) as connection:
        review.submit(connection, actor(), changeset_id, why=_why(), leave_out_refused=leave_out)
        publish_if_trusted(connection, service().registry, service().profile, changeset_id, why=agreed_by_profile())


def _accept(changeset_id: int) -> None:
    with service().store.writing(actor()) as connection:
        review.accept(connection, actor(), changeset_id, why=_why())


def _accept_others(changeset_id: int) -> None:
    with service().store.writing(actor()) as connection:
        parted = review.accept_without(connection, actor(), changeset_id, why=_why())
    if parted.also:
        flash(
            ngettext(
                "%(num)s more change was returned, because it belongs to the named ones.",
                "%(num)s more changes were returned, because they belong to the named ones.",
                len(parted.also),
            )
        )


def _hand_back(changeset_id: int) -> None:
    with service().store.writing(actor()) as connection:
        review.return_(connection, actor(), changeset_id, why=_why())


def _publish(changeset_id: int) -> None:
    with service().store.writing(actor()) as connection:
        found = review.changeset(connection, changeset_id)
        if found.state == "submitted" or not hands_of(connection, found.id).accepter_decides:
            review.accept(connection, actor(), changeset_id, why=_why())
        done = review.publish_changeset(connection, service().registry, actor(), changeset_id)
    if isinstance(done, review.Enqueued):
        is_large = _("This is a large changeset: it is being published now. Load the page again in a minute.")
        flash(_("It is on its way already. Load the page again in a minute.") if done.is_repeat else is_large)


def _revert(changeset_id: int) -> str:
    with service().store.writing(actor()) as connection:
        inverse = review.revert(connection, service().registry, actor(), changeset_id, why=_why())
    return url_for(".page", changeset_id=inverse.id)


def _page(changeset_id: int, trouble: Trouble | None = None) -> str:
    with service().store.reading(actor()) as connection:
        found = changeset_views.changeset(connection, changeset_id)
        if found is None:
            raise UnknownChangeset
        return render_template(
            "changeset.html",
            changeset=found,
            layer=service().registry[found.layer_id],
            district=service().profile.district(found.district_id),
            upload=upload(connection, found.upload_id) if found.upload_id else None,
            balance=changeset_views.balance(connection, changeset_id),
            balances=changeset_views.balances(connection, changeset_id),
            operations=changeset_views.operations(connection, changeset_id),
            most_operations=MOST_OPERATIONS,
            transitions=changeset_views.transitions(connection, changeset_id),
            trouble=trouble,
            name_of_operation=name_of_operation,
            name_of_step=_name_of_step,
            **changes_shown(connection, found),
            **review_shown(connection, found),
        )


def _name_of_step(state: str) -> str:
    names: dict[str, str] = {
        "received": _("Received"),
        "checked": _("Checked"),
        "submitted": _("Submitted to the department"),
        "accepted": _("Accepted"),
        "returned": _("Returned to the district"),
        "published": _("Published"),
    }
    return names.get(state, state)


def _why() -> str:
    return request.form.get("why", "").strip()
