"""Writing down what a check has found: findings, records, the changeset and the report."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from importers.checking import Judged
from importers.crs.locate import Located
from importers.diff import keep_changes
from importers.findings import keep_findings
from importers.habits import remember
from importers.merging.joined import Joined
from importers.merging.joining import keep_conflicts
from importers.operations import Operation
from importers.operations.keep import keep_operations
from importers.personal import without_national_numbers
from importers.reader import SourceDescription
from importers.refused import keep_refused
from importers.repairs import keep_proposals
from importers.samples import without_removed
from importers.understand import Understood
from layers.core.epochs import current_epoch
from layers.core.inbox import Upload
from layers.core.operations import OperationKind
from sql import query

MOST_OPERATIONS = 500


def keep(connection: Connection, file: Understood, judged: Judged) -> tuple[int, dict[str, Any]]:
    """Write everything; returns the changeset's number and the report."""
    upload, district_id = file.upload, file.district_id
    keep_findings(connection, upload.id, district_id, judged.ledger.findings, file.profile.storage_srid)
    keep_proposals(connection, upload.id, district_id, judged.ledger.proposals, file.profile.storage_srid)
    connection.execute(text(query("inbox.keep_records")), {"upload": upload.id, "district": district_id})
    keep_refused(connection, file)
    changeset_id = add_changeset(connection, upload)
    keep_changes(connection, changeset_id, district_id, file.located.placement.pipeline)
    keep_operations(connection, changeset_id, district_id, judged.operations, judged.declared)
    keep_conflicts(connection, upload.id, district_id, judged.joined, file.profile.storage_srid)
    told = _report(connection, file, judged, changeset_id)
    connection.execute(
        text(query("inbox.checked")), {"upload": upload.id, "report": json.dumps(told, ensure_ascii=False)}
    )
    remember(connection, upload, file.said)
    return changeset_id, told


def forget_earlier_check(connection: Connection, upload_id: UUID) -> None:
    """A second check begins with nothing of the first."""
    of_the_inbox = ("inbox.forget_changesets", "inbox.forget_records", "inbox.forget_findings")
    for name in (*of_the_inbox, "refused_file.forget", "repairs.forget_proposed"):
        connection.execute(text(query(name)), {"upload": upload_id})


def add_changeset(connection: Connection, upload: Upload) -> int:
    """A checked one, without changes yet."""
    made = connection.execute(
        text(query("changesets.add")),
        {
            "upload": upload.id,
            "district": upload.district_id,
            "layer": upload.layer_id,
            "title": upload.filename,
            "state": "checked",
            "base_epoch": current_epoch(connection),
            "reverts": None,
            "created_by": upload.sent_by,
        },
    )
    return int(made.scalar_one())


def _report(connection: Connection, file: Understood, judged: Judged, changeset_id: int) -> dict[str, Any]:
    described = file.source.described
    return {
        "counts": counts(connection, judged.joined.left),
        "findings": judged.ledger.by_severity,
        "rules": list(judged.ledger.outcomes()),
        "columns": without_national_numbers(_columns(file), file.profile),
        "signature": file.said.signature,
        "remembered": file.said.remembered,
        "format": file.source.reader.id,
        "source_layer": without_national_numbers(described.name, file.profile),
        "crs": _crs(described, file.located),
        "encoding": {"name": described.encoding.name, "is_guessed": described.encoding.is_guessed},
        "operations": told_operations(judged.operations),
        "operation_kinds": Counter(operation.kind.value for operation in judged.operations),
        "merge": _merge(judged.joined),
        "area": _balance(connection, file, changeset_id),
    }


def counts(connection: Connection, left: int = 0) -> dict[str, int]:
    """Every record of the file is inserted, updated, unchanged or refused; what it ends is counted beside them."""
    row = connection.execute(text(query("diff.counts"))).one()
    found = {name: int(value) for name, value in row._mapping.items()}
    return {**found, "records": found["records"] + left, "unchanged": found["unchanged"] + left}


def _columns(file: Understood) -> Mapping[str, Any]:
    columns = file.columns
    return {
        "mapped": {column.header: column.target.field for column in columns.mapped if not column.is_proposed},
        "proposed": {column.header: column.target.field for column in columns.mapped if column.is_proposed},
        "ignored": list(columns.ignored),
        "removed": list(columns.removed),
        "held": {held.header: f"{held.target.field} [{held.unit}]" for held in columns.held},
        "converted": {
            column.header: column.conversion.unit for column in columns.mapped if column.conversion is not None
        },
        "samples": without_removed(file.samples, columns),
    }


def _crs(described: SourceDescription, located: Located) -> Mapping[str, Any]:
    placement = located.placement
    return {
        "declared": described.crs,
        "used": {
            "crs": str(placement.reading.said) if placement.reading.said else None,
            "srid": placement.reading.signed_srid,
            "adjust": placement.reading.adjustment,
            "name": placement.reading.name,
        },
        "why": list(located.why),
        "places": list(located.places),
        "pipeline": placement.pipeline,
        "accuracy_m": placement.accuracy_m,
    }


def told_operations(operations: Sequence[Operation]) -> list[Mapping[str, Any]]:
    """As a report has them, the doubtful ones first; of plain corrections and of very many only the number is told."""
    telling = [one for one in operations if one.kind is not OperationKind.CORRECTION or not one.is_sure]
    return [_told_operation(one) for one in sorted(telling, key=lambda one: one.is_sure)[:MOST_OPERATIONS]]


def _told_operation(operation: Operation) -> Mapping[str, Any]:
    return {
        "kind": operation.kind.value,
        "is_sure": operation.is_sure,
        "doubts": [doubt.value for doubt in operation.doubts],
        "parents": list(operation.parent_refs),
        "children": list(operation.child_refs),
        "lines": sorted(operation.lines),
        "area": operation.balance.as_facts,
    }


def _merge(joined: Joined) -> Mapping[str, Any]:
    return {
        "base_epoch": joined.base.epoch,
        "is_base_said": joined.base.is_said,
        "kept": joined.kept,
        "both": joined.both,
        "conflicts": len(joined.conflicts),
        "undecided": len(joined.undecided),
    }


def _balance(connection: Connection, file: Understood, changeset_id: int) -> Mapping[str, Any]:
    """Of the district's layer as a whole, so that ground lost or won shows at a glance."""
    row = connection.execute(
        text(query("diff.balance")),
        {"layer": file.layer.id, "district": file.district_id, "changeset": changeset_id},
    ).one()
    return {
        "features_before": int(row.n),
        "features_after": int(row.n + row.n_change),
        "m2_before": round(row.area, 2),
        "m2_after": round(row.area + row.area_change, 2),
    }
