"""Running the rules: first on each record, then on all of them side by side, last on what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, Row, text

from importers.batches import batched
from importers.deadline import Deadline, TookTooLong, time_limit
from importers.descent import find_operations
from importers.diff import end_absent, end_parents, ending, refuse, settle_endings
from importers.findings import known_rules
from importers.ledger import Ledger
from importers.merging.joined import Joined
from importers.merging.joining import settle_contested
from importers.not_run import NotRun, Reason
from importers.operations import Operation
from importers.repairs import Proposal, mended
from importers.rule import Context, Examined, Kind, Misfit, Rule, Trouble, Waiting
from importers.shapes import read_back
from layers.core.exceptions import granted
from layers.core.operations import OperationKind
from layers.core.progress import Heard, Step, counted
from sql import query

BATCH = 2_000


@dataclass(frozen=True)
class Judged:
    """What the rules said, and the operations that hold."""

    ledger: Ledger
    operations: tuple[Operation, ...]
    declared: Mapping[int, OperationKind]
    joined: Joined


def judge(connection: Connection, upload_id: UUID, context: Context, heard: Heard) -> Judged:
    """Apply every rule and mark what is refused and what ends."""
    ledger = Ledger(context.profile, granted(connection, context.district_id, context.layer.id))
    _on_records(connection, context, ledger, heard)
    refuse(connection, ledger.refused)
    is_trusted = not context.is_whole_state or end_absent(connection, context.district_id, context.joined.base.epoch)
    found = _operations(connection, context)
    whole = tuple(operation for operation in found if operation.is_holding)
    end_parents(connection, whole)
    joined, operations = settle_contested(connection, upload_id, context.joined, whole, context.profile.limits)
    context = replace(context, joined=joined, operations=found)
    _on_the_whole(connection, context, Kind.SET, ledger)
    refused = ledger.refused
    broken = [operation for operation in operations if operation.lines & refused.keys()]
    waiting = tuple(_waiting(broken, set(refused)))
    refuse(connection, {**refused, **{record.line: () for record in waiting}})
    holding = tuple(operation for operation in operations if operation not in broken)
    settle_endings(connection, broken, holding)
    outcome = replace(
        context,
        waiting=waiting,
        is_absence_trusted=is_trusted,
        absent=ending(connection) if context.is_whole_state else 0,
    )
    _on_the_whole(connection, outcome, Kind.OUTCOME, ledger)
    refuse(connection, ledger.refused)
    return Judged(ledger, holding, context.declared_operations, joined)


def _operations(connection: Connection, context: Context) -> tuple[Operation, ...]:
    """Only where features cannot share ground does new ground over old mean that the old one ends."""
    if not context.layer.is_exclusive:
        return ()
    return find_operations(connection, context)


def _on_records(connection: Connection, context: Context, ledger: Ledger, heard: Heard) -> None:
    """Batch by batch; each rule has one allowance of time for all of them."""
    rules = _running(Kind.RECORD, context, ledger) + _running(Kind.BATCH, context, ledger)
    seconds_left = dict.fromkeys(rules, context.profile.limits.seconds_per_rule)
    total = connection.execute(text(query("diff.count_examined"))).scalar_one()
    rows = connection.execute(text(query("diff.examined")), execution_options={"yield_per": BATCH})
    for batch in batched(counted(rows, Step.CHECKING, total, heard), BATCH):
        records = _examined(batch)
        for rule, seconds in list(seconds_left.items()):
            deadline = Deadline.after(seconds)
            try:
                _on_batch(rule, records, replace(context, deadline=deadline), ledger)
            except TookTooLong:
                ledger.pass_over(rule, _too_long(context))
                del seconds_left[rule]
            else:
                seconds_left[rule] = deadline.seconds_left


def said_of(rule: Rule, records: Sequence[Examined], context: Context) -> Iterator[tuple[Examined, Trouble]]:
    """What a record or batch rule says, and of which record."""
    if rule.kind is Kind.BATCH:
        yield from rule.check(records, context)
        return
    for record in records:
        context.deadline.watch()
        for trouble in rule.check(record, context):
            yield record, trouble


def _on_batch(rule: Rule, records: list[Examined], context: Context, ledger: Ledger) -> None:
    for record, trouble in said_of(rule, records, context):
        told = replace(trouble, was_there_before=_was_there(rule, record, trouble, context))
        if ledger.add(rule, told, record.line, record.ref):
            _propose(rule, record, told, context, ledger)


def _propose(rule: Rule, record: Examined, trouble: Trouble, context: Context, ledger: Ledger) -> None:
    """For a finding that is kept: a repair that leaves the rule with nothing to say, of a fault of this file."""
    if trouble.repaired is None or trouble.was_there_before:
        return
    whole = mended(record, trouble.repaired, context)
    if whole is None or whole.geometry is None or any(True for _ in said_of(rule, [whole], context)):
        return
    ledger.propose(Proposal(rule.id, record.line, record.ref, whole.geometry))


def _was_there(rule: Rule, record: Examined, trouble: Trouble, context: Context) -> bool:
    """Where the rule forgives what the published shape has as well."""
    if not rule.forgives_old or record.geometry_before is None:
        return trouble.was_there_before
    published = replace(record, geometry=record.geometry_before)
    old = [before.place for _, before in said_of(rule, [published], context)]
    return _is_among(trouble.place, old, context.profile.limits.same_shape_m)


def _is_among(place: BaseGeometry | None, old: list[BaseGeometry | None], near_m: float) -> bool:
    if place is None:
        return False
    return any(before is not None and before.buffer(near_m).covers(place) for before in old)


def _on_the_whole(connection: Connection, context: Context, kind: Kind, ledger: Ledger) -> None:
    seconds = context.profile.limits.seconds_per_rule
    for rule in _running(kind, context, ledger):
        try:
            with time_limit(connection, seconds) as deadline:
                for trouble in rule.check(replace(context, deadline=deadline)):
                    deadline.watch()
                    is_kept = ledger.add(rule, trouble, trouble.line, trouble.ref)
                    if is_kept and trouble.repaired is not None and trouble.line is not None:
                        ledger.propose(Proposal(rule.id, trouble.line, trouble.ref, trouble.repaired))
        except TookTooLong:
            ledger.pass_over(rule, _too_long(context))


def _running(kind: Kind, context: Context, ledger: Ledger) -> list[Rule]:
    """The rules of a kind that have a say about this file; the others leave their reason."""
    rules = [rule for rule in known_rules() if rule.kind is kind]
    ledger.begin(rules)
    reasons = {rule: rule.why_not(context) for rule in rules}
    for rule, reason in reasons.items():
        if reason is not None:
            ledger.pass_over(rule, reason)
    return [rule for rule in rules if reasons[rule] is None]


def _too_long(context: Context) -> NotRun:
    return NotRun(Reason.TOOK_TOO_LONG, {"seconds": context.profile.limits.seconds_per_rule})


def _examined(rows: list[Row[Any]]) -> list[Examined]:
    """All shapes of a batch are read by one call."""
    shapes = read_back(row.geom for row in rows)
    before = read_back(row.geom_before for row in rows)
    return [
        Examined(
            line=row.line,
            ref=row.ref,
            attributes=row.attributes,
            geometry=shape,
            geometry_before=shape_before,
            is_new=row.state == "new",
            is_reshaped=row.state in ("new", "moved"),
            misfits=tuple(Misfit(**misfit) for misfit in row.misfits or ()),
            is_sound=row.is_sound,
        )
        for row, shape, shape_before in zip(rows, shapes, before, strict=True)
    ]


def _waiting(broken: list[Operation], refused: set[int]) -> Iterator[Waiting]:
    for operation in broken:
        first = min(operation.lines & refused)
        refs = {share.child_line: share.child_ref for share in operation.shares}
        for line in sorted(operation.lines - refused):
            yield Waiting(line, refs[line], operation.parent_refs, first)
