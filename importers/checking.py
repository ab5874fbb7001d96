"""Running the rules: first on each record, then on all of them side by side, last on what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import shapely
from sqlalchemy import Connection, Row, text

from importers.diff import end_absent, ending, find_operations, refuse, settle_endings
from importers.findings import Finding, as_finding, known_rules
from importers.operations import Operation
from importers.rule import Context, Examined, Kind, Misfit, Severity, Waiting
from layers.core.progress import Heard, Step, counted
from sql import query

BATCH = 2_000


@dataclass(frozen=True)
class Judged:
    """What the rules said, and the operations that hold."""

    findings: tuple[Finding, ...]
    operations: tuple[Operation, ...]


def judge(connection: Connection, context: Context, heard: Heard, *, is_whole_state: bool) -> Judged:
    """Apply every rule and mark what is refused and what ends."""
    findings = list(_on_records(connection, context, heard))
    refuse(connection, _refused(findings))
    is_trusted = not is_whole_state or end_absent(connection, context.district_id)
    operations = _operations(connection, context, is_whole_state)
    findings += _on_the_whole(context, Kind.SET)
    broken = [operation for operation in operations if operation.lines & _refused(findings)]
    waiting = tuple(_waiting(broken, _refused(findings)))
    refuse(connection, _refused(findings) | {record.line for record in waiting})
    holding = tuple(operation for operation in operations if operation not in broken)
    settle_endings(connection, broken, holding)
    outcome = replace(
        context,
        waiting=waiting,
        is_absence_trusted=is_trusted,
        absent=ending(connection) if is_whole_state else 0,
    )
    findings += _on_the_whole(outcome, Kind.OUTCOME)
    return Judged(tuple(findings), holding)


def _operations(connection: Connection, context: Context, is_whole_state: bool) -> tuple[Operation, ...]:
    """Only where features cannot share ground does new ground over old mean that the old one ends."""
    if not context.layer.is_exclusive:
        return ()
    return find_operations(connection, context.district_id, is_whole_state=is_whole_state)


def _on_records(connection: Connection, context: Context, heard: Heard) -> Iterator[Finding]:
    rules = [rule for rule in known_rules() if rule.kind is Kind.RECORD]
    total = connection.execute(text(query("diff.count_examined"))).scalar_one()
    rows = connection.execute(text(query("diff.examined")), execution_options={"yield_per": BATCH})
    for row in counted(rows, Step.CHECKING, total, heard):
        record = _examined(row)
        for rule in rules:
            for trouble in rule.check(record, context):
                yield as_finding(rule, trouble, record.line, record.ref, context.profile)


def _on_the_whole(context: Context, kind: Kind) -> list[Finding]:
    return [
        as_finding(rule, trouble, trouble.line, trouble.ref, context.profile)
        for rule in known_rules()
        if rule.kind is kind
        for trouble in rule.check(context)
    ]


def _examined(row: Row[Any]) -> Examined:
    return Examined(
        line=row.line,
        ref=row.ref,
        attributes=row.attributes,
        geometry=None if row.geom is None else shapely.from_wkb(bytes(row.geom)),
        geometry_before=None if row.geom_before is None else shapely.from_wkb(bytes(row.geom_before)),
        is_new=row.state == "new",
        is_reshaped=row.state in ("new", "moved"),
        misfits=tuple(Misfit(**misfit) for misfit in row.misfits or ()),
    )


def _refused(findings: list[Finding]) -> set[int]:
    return {f.line for f in findings if f.severity is Severity.REFUSAL and f.line is not None}


def _waiting(broken: list[Operation], refused: set[int]) -> Iterator[Waiting]:
    for operation in broken:
        first = min(operation.lines & refused)
        refs = {share.child_line: share.child_ref for share in operation.shares}
        for line in sorted(operation.lines - refused):
            yield Waiting(line, refs[line], operation.parent_refs, first)
