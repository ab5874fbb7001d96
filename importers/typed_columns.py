"""Values of any kind as columns of one kind each, for formats that want it so; batch by batch, then made alike."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa


def column(values: Sequence[Any], *, comma: bool) -> pa.Array:
    """Of the kind that the values have; as text where they have several."""
    try:
        typed = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeEncodeError):
        return as_text(values, comma=comma)
    return typed if _is_plain(typed.type) else as_text(values, comma=comma)


def as_text(values: Iterable[Any], *, comma: bool) -> pa.Array:
    """Numbers as the place writes them, so that they are read as the same numbers again."""
    return pa.array([None if value is None else _written(value, comma=comma) for value in values], pa.string())


def common_schema(schemas: Sequence[pa.Schema]) -> pa.Schema:
    """Of batches with the same names: one kind for each column."""
    return pa.schema([(name, _common([schema.field(name).type for schema in schemas])) for name in schemas[0].names])


def alike(batch: pa.RecordBatch, schema: pa.Schema, with_comma: Collection[str]) -> pa.RecordBatch:
    """The batch with the columns' common kinds."""
    columns = [_cast(batch.column(one.name), one.type, comma=one.name in with_comma) for one in schema]
    return pa.record_batch(columns, schema)


def _cast(typed: pa.Array, kind: pa.DataType, *, comma: bool) -> pa.Array:
    if pa.types.is_string(kind) and not pa.types.is_string(typed.type):
        return as_text(typed.to_pylist(), comma=comma)
    return typed.cast(kind)


def _common(kinds: Sequence[pa.DataType]) -> pa.DataType:
    found = {kind for kind in kinds if not pa.types.is_null(kind)}
    return found.pop() if len(found) == 1 else pa.string()


def _is_plain(kind: pa.DataType) -> bool:
    known = (pa.types.is_null, pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_string)
    return any(is_so(kind) for is_so in (*known, pa.types.is_date))


def _written(value: Any, *, comma: bool) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    written = str(value).encode("utf-8", "replace").decode()
    return written.replace(".", ",") if comma and isinstance(value, float | Decimal) else written
