"""DXF: drawings of NetCAD and AutoCAD."""

from collections.abc import Iterator
from pathlib import Path

from importers.reader import Batch, Reader, SourceDescription
from layers.core.words import Title


def sniff(path: Path, head: bytes) -> bool:
    """Group code 0 and SECTION, comments before it allowed."""
    lines = [line.strip() for line in head.replace(b"\r", b"").split(b"\n")]
    while lines[:1] == [b"999"]:
        lines = lines[2:]
    return lines[:2] == [b"0", b"SECTION"]


def describe(path: Path, _letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """Its layers. ezdxf wakes up here, in the process apart: it takes longer than all else that tells formats apart."""
    from importers.readers import _drawing

    return _drawing.layers_of(path)


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The shapes of a layer."""
    from importers.readers import _drawing

    return _drawing.batches_of(path, source)


READER = Reader(
    id="dxf",
    title=Title("DXF", "DXF"),
    suffixes=(".dxf",),
    sniff=sniff,
    describe=describe,
    read=read,
)
