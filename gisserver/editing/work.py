"""One order by one transaction: checked, handed in, perhaps published; or nothing is left of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, text

from gisserver.editing.order import Became, Item, Order, Outcome
from gisserver.finding_told import told_finding
from importers.edits import CheckedEdits, check_edits
from layers.core import inbox_views, review
from layers.core.edits import CannotEdit
from layers.core.epochs import PublishUnderWay
from layers.core.four_eyes import one_person_is_enough
from layers.core.inbox_views import FindingFilter
from layers.core.profile import Profile
from layers.core.publish import StaleVersions
from layers.core.query import end_with_connection
from layers.core.registry import Registry
from layers.core.review_refused import NothingToSubmit, RefusalsRemain
from layers.core.store import Store
from sql import query

MOST_FINDINGS = 500


class _LeaveNothing(Exception):
    """Ends a transaction whose outcome is known, and undoes it."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(outcome.became)


def work(store: Store, registry: Registry, profile: Profile, order: Order) -> Outcome:
    """What is expected to go wrong is an outcome."""
    try:
        with store.writing(order.actor) as connection:
            end_with_connection(connection)
            return _done(connection, registry, profile, order)
    except _LeaveNothing as told:
        return told.outcome
    except CannotEdit as error:
        return Outcome(Became.HINDERED, hindrance=error.why, number=error.edit.number, ref=error.ref)
    except StaleVersions as error:
        return Outcome(Became.OVERTAKEN, ref=error.conflicts[0].ref)
    except PublishUnderWay:
        return Outcome(Became.WAITING)


def _done(connection: Connection, registry: Registry, profile: Profile, order: Order) -> Outcome:
    checked = check_edits(connection, registry, profile, order.actor, order.wish, order.body)
    found = Outcome(
        Became.SUBMITTED,
        items=tuple(_items(connection, checked)),
        findings=_findings(connection, checked, order.language),
        changeset_id=checked.changeset_id,
    )
    publishes = order.actor.may_publish and one_person_is_enough(connection)
    try:
        review.submit(connection, order.actor, checked.changeset_id)
        if publishes:
            review.refuse_unpublishable(connection, checked.changeset_id)
    except RefusalsRemain:
        raise _LeaveNothing(replace(found, became=Became.REFUSED, changeset_id=None)) from None
    except NothingToSubmit:
        raise _LeaveNothing(replace(found, became=Became.UNCHANGED, changeset_id=None)) from None
    if order.wish.is_trial:
        raise _LeaveNothing(replace(found, became=Became.TRIED, changeset_id=None))
    if not publishes:
        return found
    published = review.publish_at_once(connection, registry, order.actor, checked.changeset_id)
    return replace(found, became=Became.PUBLISHED, epoch=published.epoch)


def _items(connection: Connection, checked: CheckedEdits) -> Iterator[Item]:
    """What changes, and what was asked for and is so already."""
    numbers = {known.uid: number for number, (_, known) in checked.known.items()}
    changed = set()
    for row in connection.execute(text(query("changesets.items")), {"changeset": checked.changeset_id}):
        changed.add(row.uid)
        number = row.line or numbers.get(row.uid)
        yield Item(row.kind, number, row.layer_id, row.uid, row.ref, row.version)
    for number, (layer_id, known) in checked.known.items():
        if known.uid not in changed and number not in checked.refused:
            yield Item("same", number, layer_id, known.uid, known.ref, known.version)


def _findings(connection: Connection, checked: CheckedEdits, language: str) -> tuple[Mapping[str, Any], ...]:
    page = inbox_views.findings(connection, checked.upload_id, FindingFilter(language=language), limit=MOST_FINDINGS)
    return tuple(told_finding(finding, language) for finding in page.findings)
