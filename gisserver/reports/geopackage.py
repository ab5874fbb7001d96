"""The findings as layers for a desktop GIS: points, lines, areas, and those without a place."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gisserver.reports import ReportFormat, Subject
from layers.core.finding_rows import FindingRow, finding_rows
from layers.core.store import Connection
from layers.core.words import Title

_AT_ONCE = 2_000
_LAYERS: dict[int | None, tuple[Title, str | None]] = {
    0: (Title("bulgu_nokta", "finding_points"), "MultiPoint"),
    1: (Title("bulgu_cizgi", "finding_lines"), "MultiLineString"),
    2: (Title("bulgu_alan", "finding_areas"), "MultiPolygon"),
    None: (Title("bulgu_yersiz", "finding_without_place"), None),
}


def write(connection: Connection, subject: Subject, target: Path) -> None:
    """Batch by batch, each kind of shape into a layer of its own."""
    _append(target, 2, (), subject, is_new=True)
    begun: set[int | None] = {2}
    found = finding_rows(connection, subject.upload.id, subject.language)
    while batch := list(islice(found, _AT_ONCE)):
        for dimension in _LAYERS:
            rows = [row for row in batch if row.dimension == dimension]
            if rows:
                _append(target, dimension, rows, subject, is_new=dimension not in begun)
                begun.add(dimension)


def _append(target: Path, dimension: int | None, rows: Sequence[FindingRow], subject: Subject, *, is_new: bool) -> None:
    # Imported here: a web process that nobody asks for such a file goes without GDAL.
    import pyogrio.raw

    title, geometry_type = _LAYERS[dimension]
    columns = _columns(rows, subject)
    shapes = None if geometry_type is None else np.array([row.wkb for row in rows], dtype=object)
    pyogrio.raw.write(
        target,
        geometry=shapes,
        field_data=[values for values, _ in columns.values()],
        fields=list(columns),
        field_mask=[mask for _, mask in columns.values()],
        layer=title.in_language(subject.language),
        driver="GPKG",
        geometry_type=geometry_type,
        crs=None if geometry_type is None else f"EPSG:{subject.profile.storage_srid}",
        append=not is_new,
    )


def _columns(rows: Sequence[FindingRow], subject: Subject) -> dict[str, tuple[NDArray[Any], NDArray[np.bool_]]]:
    words: dict[str, list[str | None]] = {
        "severity": [subject.severity(row.severity) for row in rows],
        "rule": [subject.rule(row.rule) for row in rows],
        "rule_id": [row.rule for row in rows],
        "ref": [row.ref for row in rows],
        "sentence": [row.sentence for row in rows],
    }
    columns = {name: (np.array(values, dtype=object), _empty(values)) for name, values in words.items()}
    lines = [row.line for row in rows]
    columns["line"] = (np.array([line or 0 for line in lines], dtype=np.int32), _empty(lines))
    columns["is_exact"] = (np.array([row.is_exact for row in rows], dtype=bool), np.zeros(len(rows), dtype=bool))
    return columns


def _empty(values: Sequence[object]) -> NDArray[np.bool_]:
    return np.array([value is None for value in values], dtype=bool)


REPORT = ReportFormat(
    "gpkg", Title("Şekilleriyle (GeoPackage)", "With the shapes (GeoPackage)"), "application/geopackage+sqlite3", write
)
