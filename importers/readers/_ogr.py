"""What the formats that GDAL reads have in common."""

import json
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from importers import gdal
from importers.broken import IncompleteSet, UnreadableFile
from importers.reader import Batch, Encoding, SourceDescription
from importers.readers._names import distinct

AT_ONCE = 20_000
"""Records read by one call."""


def describe_layers(
    path: Path, title: str, encoding: Encoding | None = None, *, left_out: frozenset[str] = frozenset()
) -> tuple[SourceDescription, ...]:
    """Every layer that has shapes, without the columns left out. Raises UnreadableFile."""
    with _damage_as(title):
        return tuple(
            _description(path, str(name), encoding, left_out)
            for name, geometry_type in gdal.pyogrio.list_layers(path)
            if geometry_type is not None
        )


def _description(path: Path, name: str, encoding: Encoding | None, left_out: frozenset[str]) -> SourceDescription:
    info = gdal.pyogrio.read_info(path, layer=name, encoding=_for_gdal(encoding), force_feature_count=True)
    return SourceDescription(
        name=name,
        fields=distinct(str(field) for field in info["fields"] if field not in left_out),
        geometry_type=info["geometry_type"],
        crs=info["crs"],
        encoding=encoding or Encoding(info["encoding"] or "UTF-8"),
        count=int(info["features"]),
    )


def require_beside(path: Path, title: str, *suffixes: str) -> tuple[Path, ...]:
    """A format of several files needs them all; the files, in the order asked. Raises IncompleteSet."""
    found = {suffix: beside(path, suffix) for suffix in suffixes}
    missing = [suffix for suffix, file in found.items() if file is None]
    if missing:
        raise IncompleteSet(format=title, missing=missing)
    return tuple(file for file in found.values() if file is not None)


def beside(path: Path, suffix: str) -> Path | None:
    """The file of the same name with another suffix, in any case of letters."""
    wanted = path.with_suffix(suffix).name.lower()
    return next((other for other in sorted(path.parent.iterdir()) if other.name.lower() == wanted), None)


def read_batches(
    path: Path,
    source: SourceDescription,
    title: str,
    encoding: Encoding | None = None,
    *,
    columns: Sequence[str] | None = None,
    at_once: int | None = None,
) -> Iterator[Batch]:
    """The layer's records. Raises UnreadableFile, also where there are fewer or more than the file says.

    The file is opened anew for each call: a format that cannot skip is read whole by one.
    """
    read, step = 0, at_once or AT_ONCE
    for start in range(0, source.count + 1, step):
        with _damage_as(title):
            info, _, shapes, values = gdal.pyogrio.raw.read(
                path,
                layer=source.name,
                encoding=_for_gdal(encoding),
                columns=columns,
                skip_features=start,
                max_features=step,
                force_2d=True,
            )
        batch = _batch(start, distinct(map(str, info["fields"])), shapes, values)
        yield from batch.pieces()
        read += len(batch.lines)
    if read != source.count:
        raise UnreadableFile(format=title)


@contextmanager
def _damage_as(title: str) -> Iterator[None]:
    """What GDAL says of a damaged file helps nobody who sends files."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (gdal.pyogrio.errors.DataSourceError, gdal.pyogrio.errors.DataLayerError, UnicodeDecodeError) as cause:
        raise UnreadableFile(format=title) from cause


def _for_gdal(encoding: Encoding | None) -> str | None:
    """GDAL knows encodings by their upper-case names."""
    return encoding.name.upper() if encoding else None


def _batch(
    start: int, names: Sequence[str], shapes: NDArray[np.object_] | None, columns: Sequence[NDArray[Any]]
) -> Batch:
    length = len(columns[0]) if columns else len(shapes) if shapes is not None else 0
    return Batch(
        lines=range(start + 1, start + length + 1),
        columns={name: _plain(column) for name, column in zip(names, columns, strict=True)},
        shapes=[None] * length if shapes is None else shapes.tolist(),
    )


def _plain(column: NDArray[Any]) -> list[Any]:
    """Python values; what numpy has no missing value for becomes None."""
    if column.dtype.kind == "f":
        return [None if value != value else value for value in column.tolist()]
    if column.dtype.kind == "M":
        return list(column.astype("datetime64[D]").tolist())
    if column.dtype.kind == "O":
        return [_scalar(value) for value in column.tolist()]
    return list(column.tolist())


def _scalar(value: Any) -> Any:
    """Lists and bytes of a file become text, so that a report can show them."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json.dumps(value, default=str, ensure_ascii=False)
