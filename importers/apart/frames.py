"""What goes over the pipe: JSON with its length before it, and behind it the shapes as WKB."""

import datetime
import json
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import IO, Any

from importers.reader import Batch

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


def pack(batch: Batch) -> tuple[Said, list[bytes]]:
    """A batch as a frame."""
    sizes = [_NO_SHAPE if shape is None else len(shape) for shape in batch.shapes]
    columns = list(batch.columns.items())  # pairs: a dictionary means a value that JSON lacks
    return {"lines": list(batch.lines), "sizes": sizes, "columns": columns}, list(filter(None, batch.shapes))


def unpack(said: Said, shapes: bytes) -> Batch:
    """The batch of a frame."""
    return Batch(said["lines"], dict(said["columns"]), list(_cut(said["sizes"], shapes)))


def _cut(sizes: Sequence[int], shapes: bytes) -> Iterator[bytes | None]:
    start = 0
    for size in sizes:
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
