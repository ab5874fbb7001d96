"""The workbench of one check: the file's records and what is published, side by side in temporary tables."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import (
    Column,
    CompoundSelect,
    Connection,
    FromClause,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    cast,
    func,
    insert,
    literal,
    select,
    text,
    true,
    union,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.types import UserDefinedType

from importers.batches import batched
from importers.crs.reading import Reading
from importers.mapping import Columns
from importers.normalise import BATCH, Normalised
from importers.published import NUMBER_FIELDS
from layers.core.columns import targets_of
from layers.core.layer import Layer
from layers.core.network import is_network
from layers.core.network_rules import WIDEST_GAP_M
from sql import query

AROUND_M = 1.0
"""Neighbours that do not quite meet a record are neighbours all the same."""


class _AnyGeometry(UserDefinedType[str]):
    """Passed from table to table, never read."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "geometry"


_TABLES = MetaData()
_SENT = Table("sent", _TABLES, Column("ref", Text), Column("attributes", JSONB), Column("geom", _AnyGeometry))
_PUBLISHED = Table(
    "published",
    _TABLES,
    Column("uid", UUID),
    Column("ref", Text),
    Column("version", Integer),
    Column("district_id", Integer),
    Column("attributes", JSONB),
    Column("geom", _AnyGeometry),
)


def stage(connection: Connection, records: Iterable[Normalised], storage_srid: int, original: Reading) -> None:
    """Copy the records in as they come; none of them stays in memory."""
    connection.execute(text(query("diff.make_tables")))
    original_srid = original.srid or 0
    batches = batched(records, BATCH)
    lines = _Lines(line for batch in batches for line in _as_lines(batch, storage_srid, original_srid))
    with closing(connection.connection.cursor()) as cursor:
        cursor.copy_expert(query("diff.copy_sent"), lines)
    connection.execute(text(query("diff.index_sent")))


def forget_personal(connection: Connection, columns: Columns, personal: Iterable[str]) -> Columns:
    """Take back columns whose content turned out to be personal, before anything is kept."""
    headers = set(personal) - set(columns.removed)
    if not headers:
        return columns
    fields = [column.target.field for column in columns.mapped if column.header in headers]
    connection.execute(text(query("diff.forget_columns")), {"fields": fields})
    if "ref" in fields:
        connection.execute(text(query("diff.forget_refs")))
    return Columns(
        mapped=tuple(column for column in columns.mapped if column.header not in headers),
        ignored=tuple(header for header in columns.ignored if header not in headers),
        removed=tuple(sorted({*columns.removed, *headers})),
        held=tuple(column for column in columns.held if column.header not in headers),
    )


def lay_beside(connection: Connection, layer: Layer, district_id: int, *, is_whole_state: bool) -> None:
    """Copy what is published beside it: the features named, those they touch, or the whole district."""
    rows = layer.model.__table__
    chosen = rows.c.id.in_(_wanted(layer, district_id, is_whole_state))
    columns = [rows.c.uid, rows.c.ref, rows.c.version, rows.c.district_id, _attributes(layer), rows.c.geom]
    connection.execute(
        insert(_PUBLISHED).from_select([c.name for c in _PUBLISHED.columns], select(*columns).where(chosen))
    )
    connection.execute(text(query("diff.index_published")))


def _wanted(layer: Layer, district_id: int, is_whole_state: bool) -> CompoundSelect[Any] | Select[Any]:
    """Each part has an index of its own; one condition with OR would have none."""
    rows = layer.model.__table__
    parts = [select(rows.c.id).join(_SENT, _SENT.c.ref == rows.c.ref)]
    if is_whole_state:
        parts.append(select(rows.c.id).where(rows.c.district_id == district_id))
    if layer.is_exclusive:
        others = rows.c.district_id != district_id if is_whole_state else true()
        around = func.ST_Expand(_SENT.c.geom, AROUND_M, type_=_AnyGeometry)
        parts.append(select(rows.c.id).join(_SENT, and_(rows.c.geom.op("&&")(around), others)))
    if is_network(layer):
        parts.append(select(rows.c.id).where(rows.c.geom.op("&&")(_reach())))
    if all(name in rows.c for name in NUMBER_FIELDS):
        same_number = [rows.c[name] == _SENT.c.attributes[name].astext for name in NUMBER_FIELDS]
        parts.append(
            select(rows.c.id).join(
                _SENT, and_(_SENT.c.ref.is_(None), rows.c.district_id == district_id, *same_number)
            )
        )
    return union(*parts)


def _reach() -> Any:
    """The ground of the file and what may be joined to it; one box, since no index serves under row-level security."""
    extent = func.ST_SetSRID(cast(func.ST_Extent(_SENT.c.geom), _AnyGeometry), func.max(func.ST_SRID(_SENT.c.geom)))
    return select(func.ST_Expand(extent, WIDEST_GAP_M, type_=_AnyGeometry)).scalar_subquery()


def _attributes(layer: Layer) -> Any:
    """As pool.attributes() has it, but with the columns named once instead of looked up for every row."""
    rows: FromClause = layer.model.__table__
    names = [target.field for target in targets_of(layer) if target.field != "ref"]
    pairs = [part for name in names for part in (literal(name, Text), rows.c[name])]
    return cast(func.jsonb_strip_nulls(func.jsonb_build_object(*pairs)), JSONB)


class _Lines:
    """What COPY reads from: a file whose text is made while it is read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        parts, length = [self._rest], len(self._rest)
        while size < 0 or length < size:
            line = next(self._lines, None)
            if line is None:
                break
            encoded = line.encode()
            parts.append(encoded)
            length += len(encoded)
        ready = b"".join(parts)
        cut = len(ready) if size < 0 else size
        self._rest = ready[cut:]
        return ready[:cut]


def _as_lines(batch: Sequence[Normalised], storage_srid: int, original_srid: int) -> Iterator[str]:
    shapes = _hex([record.geometry for record in batch], storage_srid)
    originals = _hex([record.original for record in batch], original_srid)
    for record, shape, original in zip(batch, shapes, originals, strict=True):
        misfits = [vars(misfit) for misfit in record.misfits]
        cells = (
            str(record.line),
            record.ref,
            json.dumps(record.attributes, default=float, ensure_ascii=False),
            json.dumps(misfits, ensure_ascii=False) if misfits else None,
            shape,
            original,
            "t" if record.is_sound else "f",
        )
        yield "\t".join(_escaped(cell) for cell in cells) + "\n"


def _hex(shapes: list[BaseGeometry | None], srid: int) -> list[str | None]:
    """All at once: one call per shape would take longer than reading the file."""
    named = shapely.set_srid(np.array(shapes, dtype=object), srid)
    return list(shapely.to_wkb(named, hex=True, include_srid=True))


def _escaped(cell: str | None) -> str:
    if cell is None:
        return r"\N"
    return cell.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
