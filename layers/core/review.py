"""What may become of a changeset, who may decide it, and the trace each decision leaves."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from layers.core.comments import Kind, say, to_be_returned
from layers.core.epochs import current_epoch
from layers.core.four_eyes import hands_of
from layers.core.layer import Layer
from layers.core.partial import kinships_of, pieces_of, whole_with
from layers.core.publish import Conflict, Published, StaleVersions, conflicts_of, layers_of, publish
from layers.core.publish_job import Enqueued as Enqueued
from layers.core.publish_job import enqueued, on_its_way
from layers.core.registry import Registry
from layers.core.review_refused import (
    BorderMoved,
    LostRole,
    NotAllowed,
    NothingLeft,
    NothingNamed,
    NothingToSubmit,
    RefusalsRemain,
    SameHands,
    UnknownChangeset,
    WrongState,
)
from layers.core.store import Actor
from sql import query

LARGEST_AT_ONCE = 2_000
"""Changes that a request may publish itself; more is a job, so that nobody waits before a blank page."""
BORDER_TOLERANCE_M = 1.0
"""As for a file that is checked: borders of districts are drawn more coarsely than parcels."""
REFS_TOLD = 6


@dataclass(frozen=True)
class Changeset:
    """Changes of one district's layer with where they stand."""

    id: int
    upload_id: uuid.UUID | None
    district_id: int
    layer_id: str
    title: str
    state: str
    base_epoch: int
    epoch: int | None
    reverts_id: int | None


@dataclass(frozen=True)
class Parted:
    """What became of a changeset that was accepted in part."""

    accepted: Changeset
    returned: Changeset
    also: frozenset[int]
    """Changes that were handed back because they belong to what somebody had named."""


def changeset(connection: Connection, changeset_id: int) -> Changeset:
    """One changeset the actor may see. Raises UnknownChangeset."""
    return _one(connection, "changesets.one", changeset_id)


def changesets(
    connection: Connection, *, state: str | None = None, district_id: int | None = None, limit: int = 50
) -> tuple[Changeset, ...]:
    """The newest changesets the actor may see."""
    rows = connection.execute(
        text(query("changesets.latest")), {"state": state, "district": district_id, "limit": limit}
    )
    return tuple(Changeset(**row._mapping) for row in rows)


def kinds_of_change(connection: Connection, changeset_id: int) -> dict[str, int]:
    """How many features it inserts, updates and retires."""
    rows = connection.execute(text(query("changesets.kinds")), {"changeset": changeset_id})
    return {row.kind: int(row.n) for row in rows}


def finding_sentences(connection: Connection, changeset_id: int, language: str, limit: int) -> tuple[str, ...]:
    """What was found in its file, refusals first, in words."""
    rows = connection.execute(text(query("changesets.findings")), {"changeset": changeset_id, "limit": limit})
    return tuple(f"{row.severity}: {row.facts['text'][language]}" for row in rows)


def trace(connection: Connection, changeset_id: int) -> tuple[str, ...]:
    """Who moved it from where to where, and why."""
    rows = connection.execute(text(query("changesets.transitions")), {"changeset": changeset_id})
    return tuple(
        f"{row.at:%Y-%m-%d %H:%M} {row.who or '–'}: {row.state_before} → {row.state_after} {row.why}".strip()
        for row in rows
    )


def submit(
    connection: Connection, actor: Actor, changeset_id: int, *, why: str = "", leave_out_refused: bool = False
) -> Changeset:
    """Hand a checked changeset to the department. Raises WrongState, NotAllowed, RefusalsRemain, NothingToSubmit."""
    found = _open(connection, changeset_id, "checked", "returned")
    if not (actor.is_department or actor.role in ("editor", "approver")):
        raise NotAllowed
    if not actor.may_handle(found.district_id):
        raise NotAllowed
    if not leave_out_refused and (refused := _count(connection, "changesets.count_refusals", found)):
        raise RefusalsRemain(refused)
    if not _count(connection, "changesets.count_changes", found):
        raise NothingToSubmit
    return _move(connection, actor, found, "submitted", why)


def accept(connection: Connection, actor: Actor, changeset_id: int, *, why: str = "") -> Changeset:
    """The department agrees; anew, where who agreed has lost the role. Raises WrongState, NotAllowed, SameHands."""
    return _move(connection, actor, _acceptable(connection, actor, changeset_id), "accepted", why)


def accept_without(
    connection: Connection,
    actor: Actor,
    changeset_id: int,
    *,
    why: str,
    reasons: Mapping[int, str] | None = None,
) -> Parted:
    """Accept all but the changes with a reason against them and what belongs to these; they go back on their own.

    An operation goes one way or the other, never in half. Raises WrongState, NotAllowed, SameHands,
    NothingNamed, NothingLeft, UnknownChange, NothingSaid.
    """
    found = _acceptable(connection, actor, changeset_id)
    _give_reasons(connection, actor, found, reasons or {})
    named = {one.change_id for one in to_be_returned(connection, found.id)}
    pieces = pieces_of(connection, found.id)
    left = whole_with(named, pieces, kinships_of(connection, found.id))
    if not left:
        raise NothingNamed
    if len(left) == len(pieces):
        raise NothingLeft
    rest_id = connection.execute(text(query("review.part")), {"changeset": found.id}).scalar_one()
    moved = {"changeset": found.id, "to": rest_id, "changes": sorted(left)}
    for name in ("review.move_kinships", "review.move_operations", "review.move_changes"):
        connection.execute(text(query(name)), moved)
    rest = changeset(connection, rest_id)
    return Parted(
        accepted=_move(connection, actor, found, "accepted", why),
        returned=_move(connection, actor, rest, "returned", why),
        also=left - named,
    )


def return_(
    connection: Connection, actor: Actor, changeset_id: int, *, why: str, reasons: Mapping[int, str] | None = None
) -> Changeset:
    """The department hands it back and says why, also of single changes.

    Raises WrongState, NotAllowed, UnknownChange, NothingSaid.
    """
    found = _open(connection, changeset_id, "submitted", "accepted")
    _only_department(actor)
    _give_reasons(connection, actor, found, reasons or {})
    return _move(connection, actor, found, "returned", why)


def wait_again(connection: Connection, changeset_id: int, *, why: str) -> Changeset:
    """An accepted changeset waits for somebody else's decision. Raises WrongState."""
    return _move(connection, Actor("worker"), _open(connection, changeset_id, "accepted"), "submitted", why)


def comment(
    connection: Connection,
    actor: Actor,
    changeset_id: int,
    words: str,
    *,
    change_id: int | None = None,
    kind: Kind = Kind.WORD,
) -> int:
    """Say something about what was submitted once: before that it may be checked anew and be another.

    Only the department says of a change that it is to go back, while it decides.
    Raises UnknownChangeset, WrongState, NotAllowed, UnknownChange, NothingSaid.
    """
    found = changeset(connection, changeset_id)
    spoken_about = ("submitted", "accepted", "returned", "published") if kind is Kind.WORD else ("submitted",)
    if found.state not in spoken_about:
        raise WrongState(found.state, spoken_about)
    if kind is not Kind.WORD:
        _only_department(actor)
    return say(connection, actor, found.id, words, change_id=change_id, kind=kind)


def publish_changeset(
    connection: Connection, registry: Registry, actor: Actor, changeset_id: int
) -> Published | Enqueued:
    """Publish an accepted changeset now, or hand a large one to the worker, once. Raises as publish_now."""
    changeset(connection, changeset_id)
    _only_department(actor)
    # Looked at before as well: while the worker publishes, it holds the changeset.
    if waiting := on_its_way(connection, changeset_id):
        return waiting
    found = _publishable(connection, actor, changeset_id)
    if _count(connection, "changesets.count_changes", found) <= LARGEST_AT_ONCE:
        return publish_now(connection, registry, actor, changeset_id)
    return on_its_way(connection, found.id) or enqueued(connection, found.id, actor)


def publish_now(connection: Connection, registry: Registry, actor: Actor, changeset_id: int) -> Published:
    """Publish inside the caller's transaction, whatever the size.

    Raises WrongState, NotAllowed, SameHands, LostRole, BorderMoved, RefusalsRemain, StaleVersions,
    PublishUnderWay; then the transaction is as it was before.
    """
    return _published(connection, registry, actor, _publishable(connection, actor, changeset_id))


def publish_at_once(connection: Connection, registry: Registry, actor: Actor, changeset_id: int) -> Published:
    """Publish a submitted changeset of an actor who has that right, without anybody looking at it.

    Raises as publish_now.
    """
    found = _open(connection, changeset_id, "submitted")
    if not (actor.may_publish and actor.may_handle(found.district_id)):
        raise NotAllowed
    return _published(connection, registry, actor, _move(connection, actor, found, "accepted", ""))


def publish_as_agreed(
    connection: Connection, registry: Registry, changeset_id: int, *, why: str
) -> Published | Enqueued:
    """Accepted and published by nobody, because the profile says so of such a changeset. Raises as publish_now."""
    nobody = Actor("worker")
    found = _move(connection, nobody, _open(connection, changeset_id, "submitted"), "accepted", why)
    if _count(connection, "changesets.count_changes", found) <= LARGEST_AT_ONCE:
        return _published(connection, registry, nobody, found)
    return enqueued(connection, found.id, nobody)


def refuse_unpublishable(connection: Connection, changeset_id: int) -> None:
    """Raises RefusalsRemain where something was let through to the department that may not be published."""
    if refused := _count(connection, "changesets.count_publish_refusals", changeset(connection, changeset_id)):
        raise RefusalsRemain(refused)


def _acceptable(connection: Connection, actor: Actor, changeset_id: int) -> Changeset:
    """Also one that is accepted by somebody whose word holds no longer."""
    found = _open(connection, changeset_id, "submitted", "accepted")
    _only_department(actor)
    hands = hands_of(connection, found.id)
    if found.state == "accepted" and hands.accepter_decides:
        raise WrongState(found.state, ("submitted",))
    if not hands.may_accept(actor):
        raise SameHands
    return found


def _publishable(connection: Connection, actor: Actor, changeset_id: int) -> Changeset:
    found = _open(connection, changeset_id, "accepted")
    _only_department(actor)
    hands = hands_of(connection, found.id)
    if not hands.accepter_decides:
        raise LostRole(hands.accepter_name or "")
    if not hands.may_publish(actor):
        raise SameHands
    return found


def _give_reasons(connection: Connection, actor: Actor, found: Changeset, reasons: Mapping[int, str]) -> None:
    for number, words in sorted(reasons.items()):
        say(connection, actor, found.id, words, change_id=number, kind=Kind.REASON)


def refuse_moved_border(connection: Connection, changeset_id: int) -> None:
    """Raises BorderMoved."""
    asked = {"changeset": changeset_id, "tolerance": BORDER_TOLERANCE_M, "limit": REFS_TOLD}
    if rows := connection.execute(text(query("review.outside_moved_border")), asked).all():
        raise BorderMoved(rows[0].epoch, tuple(row.ref for row in rows))


def _published(connection: Connection, registry: Registry, actor: Actor, found: Changeset) -> Published:
    refuse_unpublishable(connection, found.id)
    refuse_moved_border(connection, found.id)
    with connection.begin_nested():
        published = publish(
            connection,
            registry,
            registry[found.layer_id],
            found.id,
            found.district_id,
            is_large=_count(connection, "changesets.count_changes", found) > LARGEST_AT_ONCE,
        )
    _move(connection, actor, found, "published", "", published.epoch)
    return published


def revert(connection: Connection, registry: Registry, actor: Actor, changeset_id: int, *, why: str = "") -> Changeset:
    """A new checked changeset that undoes a published one.

    Raises StaleVersions with the features that somebody has changed since, WrongState, NotAllowed.
    """
    found = _open(connection, changeset_id, "published")
    _only_department(actor)
    with connection.begin_nested():
        inverse = _add_inverse(connection, actor, found)
        _refuse_changed_since(connection, registry, found, inverse)
    return _move(connection, actor, inverse, "checked", why)


def _add_inverse(connection: Connection, actor: Actor, found: Changeset) -> Changeset:
    inverse_id = connection.execute(
        text(query("changesets.add")),
        {
            "upload": None,
            "district": found.district_id,
            "layer": found.layer_id,
            "title": f"↶ {found.id}: {found.title}",
            "state": "received",
            "base_epoch": current_epoch(connection),
            "reverts": found.id,
            "created_by": actor.account_id,
        },
    ).scalar_one()
    both = {"changeset": found.id, "inverse": inverse_id}
    for name in ("changesets.inverse", "changesets.inverse_kinship", "changesets.inverse_operations"):
        connection.execute(text(query(name)), both)
    return changeset(connection, inverse_id)


def _refuse_changed_since(connection: Connection, registry: Registry, found: Changeset, inverse: Changeset) -> None:
    layers = layers_of(connection, registry, found.id, registry[found.layer_id])
    back = (conflict for layer in layers for conflict in _back_again(connection, layer, found))
    if conflicts := (*conflicts_of(connection, layers, inverse.id), *back):
        raise StaleVersions(conflicts)


def _back_again(connection: Connection, layer: Layer, found: Changeset) -> Iterator[Conflict]:
    """Features that it ended and somebody has brought back."""
    of_layer = {"layer": layer.id, "changeset": found.id}
    ended = connection.execute(text(query("changesets.retired")), of_layer).scalars().all()
    rows = layer.model.__table__
    back = connection.execute(select(rows.c.ref, rows.c.version).where(rows.c.uid.in_(ended)).order_by(rows.c.ref))
    for row in back:
        yield Conflict(row.ref, None, row.version)


def _one(connection: Connection, name: str, changeset_id: int) -> Changeset:
    row = connection.execute(text(query(name)), {"changeset": changeset_id}).one_or_none()
    if row is None:
        raise UnknownChangeset
    return Changeset(**row._mapping)


def _open(connection: Connection, changeset_id: int, *states: str) -> Changeset:
    """The changeset, held until commit so that two decisions cannot cross."""
    found = _one(connection, "changesets.lock", changeset_id)
    if found.state not in states:
        raise WrongState(found.state, states)
    return found


def _only_department(actor: Actor) -> None:
    if not actor.is_department:
        raise NotAllowed


def _count(connection: Connection, name: str, found: Changeset) -> int:
    return int(connection.execute(text(query(name)), {"changeset": found.id}).scalar_one())


def _move(
    connection: Connection, actor: Actor, found: Changeset, state: str, why: str, epoch: int | None = None
) -> Changeset:
    connection.execute(text(query("changesets.move")), {"changeset": found.id, "state": state, "epoch": epoch})
    connection.execute(
        text(query("changesets.transition")),
        {
            "changeset": found.id,
            "district": found.district_id,
            "account": actor.account_id,
            "before": found.state,
            "after": state,
            "why": why,
        },
    )
    return changeset(connection, found.id)
