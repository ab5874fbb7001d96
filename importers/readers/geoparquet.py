"""GeoParquet 1.0 and 1.1: columns with shapes as WKB; UTF-8."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
import shapely
from pyarrow.parquet import ParquetFile

from importers.broken import UnreadableFile
from importers.reader import RECORDS_A_BATCH, Batch, Encoding, Reader, SourceDescription
from layers.core.words import Title

_TITLE = "GeoParquet"
_DEGREES = "OGC:CRS84"
"""What the specification says of a file that names no system."""


def sniff(path: Path, head: bytes) -> bool:
    """The mark at both ends of a Parquet file."""
    return head.startswith(b"PAR1")


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """Its main column of shapes; nothing in a Parquet file that has none."""
    with _damage(), ParquetFile(path) as file:
        geo = _about_shapes(file)
        if geo is None:
            return ()
        main = geo["primary_column"]
        about = geo["columns"][main]
        return (
            SourceDescription(
                name=path.stem,
                fields=tuple(name for name in file.schema_arrow.names if name not in geo["columns"]),
                geometry_type=next(iter(about.get("geometry_types") or ()), "Unknown"),
                crs=_crs(about),
                encoding=Encoding("UTF-8"),
                count=file.metadata.num_rows,
            ),
        )


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The rows, one batch in memory at a time."""
    with _damage(), ParquetFile(path) as file:
        geo = _about_shapes(file) or {}
        before, main = 0, geo["primary_column"]
        for batch in file.iter_batches(RECORDS_A_BATCH, columns=[main, *source.fields]):
            shapes = shapely.from_wkb(np.array(batch.column(main).to_pylist(), dtype=object), on_invalid="ignore")
            yield Batch(
                lines=range(before + 1, before + batch.num_rows + 1),
                columns={name: [_plain(value) for value in batch.column(name).to_pylist()] for name in source.fields},
                shapes=list(shapely.to_wkb(shapely.force_2d(shapes))),
            )
            before += batch.num_rows


def _about_shapes(file: ParquetFile) -> Mapping[str, Any] | None:
    written = (file.schema_arrow.metadata or {}).get(b"geo")
    geo = json.loads(written) if written else None
    # Since 1.1 shapes may be nested lists of numbers instead; no program we know writes them so by itself.
    return geo if geo and geo["columns"][geo["primary_column"]]["encoding"] == "WKB" else None


def _crs(about: Mapping[str, Any]) -> str | None:
    if "crs" not in about:
        return _DEGREES
    return json.dumps(about["crs"]) if about["crs"] else None


def _plain(value: Any) -> Any:
    """Lists and structures become text, so that a report can show them."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json.dumps(value, default=str, ensure_ascii=False) if isinstance(value, list | dict) else value


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except (pyarrow.ArrowException, KeyError, TypeError, ValueError, OSError) as cause:
        raise UnreadableFile(format=_TITLE) from cause


READER = Reader(
    id="geoparquet",
    title=Title(_TITLE, _TITLE),
    suffixes=(".parquet", ".geoparquet"),
    sniff=sniff,
    describe=describe,
    read=read,
)
