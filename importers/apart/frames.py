"""What goes over the pipe: JSON with its length before it, and behind it the shapes as WKB."""

import datetime
import json
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import IO, Any

import numpy as np
import shapely

from importers.reader import Record

_LENGTHS = struct.Struct(">QQ")
_LARGEST_BYTES = 2 << 30
_NO_SHAPE = -1

Said = Mapping[str, Any]
ReadExactly = Callable[[int], bytes]


class PipeEnded(Exception):
    """The other side went away in the middle of what it was saying."""


def write_frame(pipe: IO[bytes], said: Said, shapes: Sequence[bytes] = ()) -> None:
    """One frame, whole."""
    text = json.dumps(said, ensure_ascii=False, default=_tagged, separators=(",", ":")).encode("utf-8", "surrogatepass")
    pipe.write(_LENGTHS.pack(len(text), sum(map(len, shapes))))
    pipe.write(text)
    pipe.writelines(shapes)
    pipe.flush()


def read_frame(read: ReadExactly) -> tuple[dict[str, Any], bytes]:
    """The next frame. Raises PipeEnded, also where a frame claims to be larger than any can be."""
    text_bytes, shape_bytes = _LENGTHS.unpack(read(_LENGTHS.size))
    if max(text_bytes, shape_bytes) > _LARGEST_BYTES:
        raise PipeEnded
    said = json.loads(read(text_bytes).decode("utf-8", "surrogatepass"), object_hook=_untagged)
    return said, read(shape_bytes)


def pack(records: Sequence[Record]) -> tuple[Said, list[bytes]]:
    """Records as a frame: rows of values, their column names once."""
    written = shapely.to_wkb(np.array([record.geometry for record in records], dtype=object))
    layouts: dict[tuple[str, ...], int] = {}
    rows = []
    for record, shape in zip(records, written, strict=True):
        layout = layouts.setdefault(tuple(record.attributes), len(layouts))
        size = _NO_SHAPE if shape is None else len(shape)
        rows.append((record.line, layout, size, *record.attributes.values()))
    return {"layouts": list(layouts), "rows": rows}, [shape for shape in written if shape is not None]


def unpack(said: Said, shapes: bytes) -> Iterator[Record]:
    """The records of a frame."""
    with np.errstate(invalid="ignore"):  # a coordinate that is no number is seen by a rule
        geometries = shapely.from_wkb(np.array(list(_cut(said["rows"], shapes)), dtype=object))
    layouts = said["layouts"]
    for (line, layout, _, *values), geometry in zip(said["rows"], geometries, strict=True):
        yield Record(line, MappingProxyType(dict(zip(layouts[layout], values, strict=True))), geometry)


def _cut(rows: Sequence[Sequence[Any]], shapes: bytes) -> Iterator[bytes | None]:
    start = 0
    for _, _, size, *_ in rows:
        yield None if size == _NO_SHAPE else shapes[start : start + size]
        start += max(size, 0)


def _tagged(value: Any) -> dict[str, str]:
    """Readers hand on no dictionaries, so that one always means a value that JSON lacks."""
    if isinstance(value, datetime.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return {"text": str(value)}


_UNTAG: Mapping[str, Callable[[str], Any]] = {
    "moment": datetime.datetime.fromisoformat,
    "day": datetime.date.fromisoformat,
    "decimal": Decimal,
    "text": str,
}


def _untagged(said: dict[str, Any]) -> Any:
    if len(said) == 1:
        ((tag, value),) = said.items()
        if tag in _UNTAG:
            return _UNTAG[tag](value)
    return said
