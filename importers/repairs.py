"""Repairs as proposals: kept as data beside the check, laid over the file once a person has accepted them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

from importers.findings import known_rule
from importers.rule import AcceptedRepair, Context, Examined
from importers.shapes import as_held, as_stored
from layers.core.rows import execute_rows
from sql import query

MOST_IN_A_ROW = 20
"""Repairs of one record, each made from what the one before it left."""


@dataclass(frozen=True)
class Proposal:
    """A record's shape as a rule would have it."""

    rule_id: str
    line: int
    ref: str | None
    geometry: BaseGeometry


def mended(record: Examined, repaired: BaseGeometry, context: Context) -> Examined | None:
    """The record with the repaired shape as the layer holds it; None where it is not sound or not nearly the same."""
    (held,), (is_sound,) = as_held(np.array([repaired, None], dtype=object)[:1], context.layer.shape)
    if not is_sound or record.geometry is None or held.is_empty:
        return None
    if record.is_sound and abs(held.area - record.geometry.area) > context.profile.limits.repair_m2:
        return None
    return replace(record, geometry=held, is_sound=True)


def keep_proposals(
    connection: Connection, upload_id: UUID, district_id: int, proposals: Sequence[Proposal], srid: int
) -> None:
    """Beside the shape that was read; what a person has declined already is not proposed again."""
    lines = [proposal.line for proposal in proposals]
    read = {
        row.line: shapely.from_wkb(bytes(row.geom))
        for row in connection.execute(text(query("repairs.shapes_as_read")), {"lines": lines})
    }
    rows = [_row(upload_id, district_id, one, read[one.line], srid) for one in proposals if one.line in read]
    execute_rows(connection, query("repairs.propose"), rows)
    for name in ("repairs.forget_declined", "repairs.tie_to_findings"):
        connection.execute(text(query(name)), {"upload": upload_id})


def lay_over(connection: Connection, upload_id: UUID) -> tuple[int, ...]:
    """Put accepted repairs in place of the shapes that they were made from; the sent ones stay beside them."""
    laid: list[int] = []
    for _ in range(MOST_IN_A_ROW):
        rows = connection.execute(text(query("repairs.lay_over")), {"upload": upload_id}).scalars().all()
        laid.extend(rows)
        if not rows:
            break
    return tuple(laid)


def accepted_repairs(connection: Connection, laid: Iterable[int]) -> tuple[AcceptedRepair, ...]:
    """Who accepted which, and the ground that it moved."""
    rows = connection.execute(text(query("repairs.laid")), {"ids": list(laid)})
    return tuple(
        AcceptedRepair(
            line=row.line,
            ref=row.ref,
            rule=known_rule(row.rule).title,
            by=row.decided_by,
            on=row.decided_on,
            area_change_m2=row.area_change_m2,
            place=_difference(shapely.from_wkb(bytes(row.before)), shapely.from_wkb(bytes(row.after))),
        )
        for row in rows
    )


def _row(upload_id: UUID, district_id: int, proposal: Proposal, before: BaseGeometry, srid: int) -> tuple[object, ...]:
    after = proposal.geometry
    return (
        upload_id,
        district_id,
        proposal.line,
        proposal.ref,
        proposal.rule_id,
        as_stored(before, srid),
        as_stored(after, srid),
        after.area - before.area,
        _furthest_move(before, after),
    )


def _furthest_move(before: BaseGeometry, after: BaseGeometry) -> float:
    """How far the corners that only one of the two has lie from the outline of the other."""
    corners = [{tuple(point) for point in shapely.get_coordinates(shape).tolist()} for shape in (before, after)]
    moves = [
        shapely.distance(shapely.points(sorted(mine - theirs)), _outline(other)).max()
        for mine, theirs, other in ((*corners, after), (*corners[::-1], before))
        if mine - theirs
    ]
    return float(max(moves, default=0.0))


def _outline(shape: BaseGeometry) -> BaseGeometry:
    outline = shape.boundary if shapely.get_dimensions(shape) == 2 else shape
    shapely.prepare(outline)
    return outline


def _difference(before: BaseGeometry, after: BaseGeometry) -> BaseGeometry | None:
    """The ground that one of the two has and the other has not; of outlines alone the part that was new or went."""
    ground = shapely.symmetric_difference(shapely.make_valid(before), after)
    place = ground if ground.area else shapely.symmetric_difference(_outline(before), _outline(after))
    return None if place.is_empty else place
