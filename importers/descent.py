"""The operations of a file beside the pool: what its outlines show, and what its records say of themselves."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sqlalchemy import Connection, text

from importers.operations.operation import Balance, Doubt, Operation
from importers.operations.recognise import recognise
from importers.operations.share import Share
from importers.operations.survey import survey
from importers.rule import Context
from layers.core.area_limit import Method
from layers.core.operations import OperationKind
from sql import query

DESCENT_SHARE = 0.005
"""Of the smaller of two areas: less in common is a boundary drawn twice, not a parent and its child."""
FROM_NOTHING = (OperationKind.FIRST_REGISTRATION, OperationKind.ROAD_CREATION)


def find_operations(connection: Connection, context: Context) -> tuple[Operation, ...]:
    """Those that hold, and those that are too unclear for it."""
    limits = context.profile.limits
    rows = connection.execute(
        text(query("operations.shares")),
        {"district": context.district_id, "tolerance_m2": limits.overlap_m2, "share": DESCENT_SHARE},
    )
    found = recognise(
        (Share(**row._mapping) for row in rows),
        partial(survey, connection),
        _tolerance(context),
        is_whole_state=context.is_whole_state,
        cession_share=limits.cession_share,
        declared=context.declared_operations,
    )
    seen = frozenset(line for operation in found for line in operation.lines)
    return (*found, *_born(connection, context.declared_operations, seen))


def _born(connection: Connection, declared: Mapping[int, OperationKind], seen: frozenset[int]) -> Iterator[Operation]:
    """Declared of records that share no ground with a published feature."""
    asked = {"lines": sorted(declared.keys() - seen)}
    if not asked["lines"]:
        return
    for row in connection.execute(text(query("operations.without_parents")), asked):
        kind = declared[row.line]
        is_possible = kind in FROM_NOTHING
        yield Operation(
            kind,
            (),
            Balance(0.0, row.area_m2, gained_m2=row.area_m2),
            doubts=() if is_possible else (Doubt.NO_PARENT,),
            declared=(kind,),
            is_holding=is_possible,
            born=((row.line, row.ref),),
        )


def _tolerance(context: Context) -> Callable[[Share], float]:
    """By the regulation that counts for the parent's map sheet; none where it asks for more than area and scale."""

    def of(share: Share) -> float:
        chosen = context.profile.area_limits.chosen(share.parent_attributes, context.today)
        if chosen is None or chosen[0].method is Method.CORNERS:
            return 0.0
        limit, scale = chosen
        return limit.of(share.parent_area, scale=scale)

    return of
