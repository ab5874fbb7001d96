"""What a file would change: its records matched with the published features and compared with them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, text

from importers.operations import Operation, Share, recognise
from layers.core.layer import Layer
from layers.core.limits import Limits
from layers.core.rows import execute_rows
from sql import query

DESCENT_SHARE = 0.005
"""Of the smaller of two areas: less in common is a boundary drawn twice, not a parent and its child."""


def give_refs_by_code(connection: Connection, layer: Layer, district_id: int) -> None:
    """Name doors that came without a ref by their address code, before the published ones are looked up."""
    if "address_code" in layer.model.__table__.c:
        connection.execute(text(query("diff.ref_by_code")), {"district": district_id})


def give_refs(connection: Connection, layer: Layer, district_id: int) -> None:
    """Name parcels that came without a ref by their number."""
    if "block_no" not in layer.model.__table__.c:
        return
    for name in ("diff.ref_by_number", "diff.ref_of_new"):
        connection.execute(text(query(name)), {"district": district_id})


def match(connection: Connection, district_id: int, carried: Iterable[str], limits: Limits) -> None:
    """Tell new, reshaped, edited and unchanged records apart."""
    connection.execute(
        text(query("diff.match")),
        {"district": district_id, "carried": list(carried), "tolerance": limits.same_shape_m},
    )


def end_absent(connection: Connection, district_id: int, base_epoch: int) -> bool:
    """Mark what ends because the file is the whole state and does not hold it.

    Nothing is marked, and False returned, where a record has no ref: it may be one of those that seem absent.
    """
    if connection.execute(text(query("diff.unnamed"))).scalar_one():
        return False
    connection.execute(text(query("diff.mark_absent")), {"district": district_id, "base": base_epoch})
    return True


def refuse(connection: Connection, refused: Mapping[int, Iterable[str]]) -> None:
    """Leave these records out, and say which rules refuse them."""
    lines = sorted(refused)
    rules = [" ".join(sorted(refused[line])) for line in lines]
    connection.execute(text(query("diff.refuse")), {"lines": lines, "rules": rules})


def find_operations(
    connection: Connection, district_id: int, limits: Limits, *, is_whole_state: bool
) -> tuple[Operation, ...]:
    """Subdivisions, amalgamations and readjustments; their parents end even where the file is silent on them."""
    rows = connection.execute(
        text(query("diff.descent")),
        {"district": district_id, "tolerance_m2": limits.overlap_m2, "share": DESCENT_SHARE},
    )
    found = recognise((Share(**row._mapping) for row in rows), is_whole_state=is_whole_state)
    _mark(connection, found, is_ending=True)
    return found


def settle_endings(connection: Connection, broken: Iterable[Operation], holding: Iterable[Operation]) -> None:
    """Nothing ends for the sake of a record that is refused."""
    _mark(connection, broken, is_ending=False)
    connection.execute(text(query("diff.keep_under_refused")))
    _mark(connection, holding, is_ending=True)


def ending(connection: Connection) -> int:
    """How many published features end."""
    return int(connection.execute(text(query("diff.count_ending"))).scalar_one())


def _mark(connection: Connection, operations: Iterable[Operation], *, is_ending: bool) -> None:
    parents = {share.parent_uid for operation in operations for share in operation.shares if not share.is_kept}
    connection.execute(text(query("diff.mark_ending")), {"uids": sorted(parents), "is_ending": is_ending})


def keep_changes(
    connection: Connection, changeset_id: int, district_id: int, pipeline: str | None, layer: Layer | None = None
) -> None:
    """Write the changes of what was checked; the layer is said where the changeset reaches over several."""
    connection.execute(
        text(query("diff.keep_changes")),
        {
            "changeset": changeset_id,
            "district": district_id,
            "layer": layer.id if layer else None,
            "pipeline": pipeline,
        },
    )


def keep_kinship(connection: Connection, changeset_id: int, district_id: int, operations: Iterable[Operation]) -> None:
    """Write which features come from which."""
    rows = [
        (changeset_id, district_id, share.parent_uid, share.child_uid, operation.kind, round(share.area, 2))
        for operation in operations
        for share in operation.shares
        if share.parent_uid != share.child_uid
    ]
    execute_rows(connection, query("diff.keep_kinship"), rows)
