"""Writing operations beside their changeset: each with its balance and doubts, and who came from whom."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from importers.operations.operation import Operation
from layers.core.operations import OperationKind, Role
from layers.core.rows import execute_rows
from sql import query

Kinship = tuple[UUID, UUID, Role, float]
"""Parent, child, how they are joined, and the ground they share."""


def keep_operations(
    connection: Connection,
    changeset_id: int,
    district_id: int,
    operations: Sequence[Operation],
    declared: Mapping[int, OperationKind],
) -> None:
    """Those that happen whole, and those of single features that keep their outline."""
    born = _born(connection, operations)
    kept = [(operation, _kinship(operation, born)) for operation in operations]
    kept += _alone(connection, declared)
    numbered = list(enumerate(kept, start=1))
    execute_rows(
        connection,
        query("operations.keep"),
        [(changeset_id, number, district_id, *_told(operation)) for number, (operation, _) in numbered],
    )
    execute_rows(
        connection,
        query("operations.keep_kinship"),
        [
            (changeset_id, district_id, number, parent, child, operation.kind, role, round(area_m2, 2))
            for number, (operation, kinship) in numbered
            for parent, child, role, area_m2 in kinship
        ],
    )


def _told(operation: Operation) -> tuple[Any, ...]:
    return (
        operation.kind,
        list(operation.declared),
        operation.is_sure,
        list(operation.doubts),
        json.dumps(operation.balance.as_facts),
    )


def _kinship(operation: Operation, born: Mapping[int, tuple[UUID, float]]) -> list[Kinship]:
    """A feature that goes on is joined with itself; where nothing else happens, only with itself."""
    goes_on = {share.parent_uid for share in operation.shares} == {share.child_uid for share in operation.shares}
    joined: list[Kinship] = [
        (share.parent_uid, share.child_uid, Role.REMAINDER if share.is_of_itself else Role.RESULT, share.area)
        for share in operation.shares
        if share.is_of_itself or not goes_on
    ]
    return joined + [(born[line][0], born[line][0], Role.BEGINNING, born[line][1]) for line, _ in operation.born]


def _born(connection: Connection, operations: Iterable[Operation]) -> dict[int, tuple[UUID, float]]:
    lines = [line for operation in operations for line, _ in operation.born]
    if not lines:
        return {}
    rows = connection.execute(text(query("operations.without_parents")), {"lines": lines})
    return {row.line: (row.uid, row.area_m2) for row in rows}


def _alone(connection: Connection, declared: Mapping[int, OperationKind]) -> Iterator[tuple[Operation, list[Kinship]]]:
    for row in connection.execute(text(query("operations.alone")), {"declared": sorted(declared)}):
        said = declared.get(row.line)
        kind = said if said is OperationKind.CORRECTION else OperationKind(row.kind)
        operation = Operation(kind, (), declared=() if said is None else (said,))
        yield operation, [(row.uid, row.uid, Role.REMAINDER, row.area_m2)]
