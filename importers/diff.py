"""What a file would change: its records matched with the published features and compared with them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, text

from importers.operations import Operation
from layers.core.layer import Layer
from layers.core.limits import Limits
from sql import query

SAME_GROUND = 0.98
"""Of both areas: so much in common, a new number means the parcel that had none."""


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
    connection.execute(text(query("operations.register")), {"district": district_id, "same": SAME_GROUND})


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


def end_parents(connection: Connection, operations: Iterable[Operation]) -> None:
    """Their ground is their children's from now on, also where the file is silent on them."""
    _mark(connection, operations, is_ending=True)


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
