"""Repairs as proposals: kept as data beside the check, laid over the file once a person has accepted them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

from importers.findings import as_stored
from importers.rule import Context, Examined, Kind, Rule, Trouble
from importers.shapes import as_held
from layers.core.rows import execute_rows
from sql import query

if TYPE_CHECKING:
    from importers.ledger import Proposal

MOST_IN_A_ROW = 20
"""Repairs of one record, each made from what the one before it left."""


def said_of(rule: Rule, records: Sequence[Examined], context: Context) -> Iterator[tuple[Examined, Trouble]]:
    """What a record or batch rule says, and of which record."""
    if rule.kind is Kind.BATCH:
        yield from rule.check(records, context)
        return
    for record in records:
        context.deadline.watch()
        for trouble in rule.check(record, context):
            yield record, trouble


def is_sound_repair(rule: Rule, record: Examined, repaired: BaseGeometry, context: Context) -> bool:
    """Of the layer's kind, valid, of nearly the same area, and with nothing left for the rule to say."""
    held = as_layer_holds(repaired, context)
    if held is None or record.geometry is None:
        return False
    if record.is_sound and abs(held.area - record.geometry.area) > context.profile.limits.repair_m2:
        return False
    mended = replace(record, geometry=held, is_sound=True)
    return not any(True for _ in said_of(rule, [mended], context))


def as_layer_holds(shape: BaseGeometry, context: Context) -> BaseGeometry | None:
    """On the millimetre and of the layer's type; None where that cannot be."""
    (held,), (is_sound,) = as_held(np.array([shape, None], dtype=object)[:1], context.layer.shape)
    return held if is_sound and not held.is_empty else None


def keep_proposals(
    connection: Connection, upload_id: UUID, district_id: int, proposals: Iterable["Proposal"], srid: int
) -> None:
    """Beside the shape that was read; what a person has declined already is not proposed again."""
    rows = [
        (proposal.line, proposal.ref, proposal.rule_id, as_stored(proposal.geometry, srid)) for proposal in proposals
    ]
    connection.execute(text(query("repairs.begin")))
    execute_rows(connection, query("repairs.gather"), rows)
    connection.execute(text(query("repairs.propose")), {"upload": upload_id, "district": district_id})


def lay_over(connection: Connection, upload_id: UUID) -> None:
    """Put accepted repairs in place of the shapes that they were made from; the sent one stays beside them."""
    for _ in range(MOST_IN_A_ROW):
        if not connection.execute(text(query("repairs.lay_over")), {"upload": upload_id}).rowcount:
            return
