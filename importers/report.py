"""What a check has found, in numbers that add up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, text

from importers.findings import Finding
from importers.locate import Located
from importers.mapping import Columns
from importers.operations import Operation
from importers.reader import SourceDescription
from layers.core.layer import Layer
from sql import query


def report(
    connection: Connection,
    layer: Layer,
    district_id: int,
    changeset_id: int,
    source: SourceDescription,
    columns: Columns,
    located: Located,
    findings: Iterable[Finding],
    operations: Iterable[Operation],
) -> dict[str, Any]:
    """The upload's report as the inbox keeps it."""
    return {
        "counts": counts(connection),
        "findings": _by_severity(findings),
        "columns": {
            "mapped": {column.header: column.target.field for column in columns.mapped if not column.is_proposed},
            "proposed": {column.header: column.target.field for column in columns.mapped if column.is_proposed},
            "ignored": list(columns.ignored),
            "removed": list(columns.removed),
        },
        "source_layer": source.name,
        "crs": _crs(source, located),
        "encoding": {"name": source.encoding.name, "is_guessed": source.encoding.is_guessed},
        "operations": [
            {"kind": operation.kind.value, "parents": list(operation.parent_refs), "lines": sorted(operation.lines)}
            for operation in operations
        ],
        "area": _balance(connection, layer, district_id, changeset_id),
    }


def counts(connection: Connection) -> dict[str, int]:
    """Of the file's records: every one is inserted, updated, unchanged or refused."""
    row = connection.execute(text(query("diff.counts"))).one()
    return {name: int(value) for name, value in row._mapping.items()}


def _by_severity(findings: Iterable[Finding]) -> Mapping[str, int]:
    counted = Counter(finding.severity.value for finding in findings)
    return {severity: counted[severity] for severity in ("refusal", "warning", "note")}


def _crs(source: SourceDescription, located: Located) -> Mapping[str, Any]:
    placement = located.placement
    return {
        "declared": source.crs,
        "used": {"srid": placement.reading.srid, "name": placement.reading.name},
        "pipeline": placement.pipeline,
        "accuracy_m": placement.accuracy_m,
    }


def _balance(connection: Connection, layer: Layer, district_id: int, changeset_id: int) -> Mapping[str, Any]:
    row = connection.execute(
        text(query("diff.balance")), {"layer": layer.id, "district": district_id, "changeset": changeset_id}
    ).one()
    return {
        "features_before": int(row.n),
        "features_after": int(row.n + row.n_change),
        "m2_before": round(row.area, 2),
        "m2_after": round(row.area + row.area_change, 2),
    }
