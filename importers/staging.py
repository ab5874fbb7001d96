"""The workbench of one check: the file's records and what is published, side by side in temporary tables."""

import json
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    FromClause,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    any_,
    cast,
    func,
    literal,
    select,
    text,
    union,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID, insert
from sqlalchemy.types import UserDefinedType

from importers.ahead import made_ahead
from importers.batches import batched
from importers.crs.reading import Reading
from importers.mapping import Columns
from importers.normalise import BATCH, Normalised
from importers.published import NUMBER_FIELDS
from layers.core.columns import targets_of
from layers.core.layer import Layer
from layers.core.network import is_network
from layers.core.network_rules import WIDEST_GAP_M
from layers.core.versions import history_table
from sql import query

AROUND_M = 1.0
"""Neighbours that do not quite meet a record are neighbours all the same."""
PIECE_LETTERS = 1 << 20
AHEAD = 64
"""Pieces: what a district of 80,000 parcels sends."""

_NULL = r"\N"
_as_json = json.JSONEncoder(default=float, ensure_ascii=False).encode


class _AnyGeometry(UserDefinedType[str]):
    """Passed from table to table, never read."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "geometry"


_BASE_COLUMNS = ("uid", "ref", "version", "attributes", "geom")
_TABLES = MetaData()
_SENT = Table("sent", _TABLES, Column("ref", Text), Column("attributes", JSONB))
_STAGED = Table("staged", _TABLES, Column("line", Integer), Column("geom", _AnyGeometry))
_PUBLISHED = Table(
    "published",
    _TABLES,
    Column("uid", UUID),
    Column("ref", Text),
    Column("version", Integer),
    Column("district_id", Integer),
    Column("epoch_from", BigInteger),
    Column("attributes", JSONB),
    Column("geom", _AnyGeometry),
)
_BASE = Table("base", _TABLES, *(Column(name, _PUBLISHED.c[name].type) for name in _BASE_COLUMNS))


@contextmanager
def staging(
    connection: Connection, records: Iterable[Normalised], storage_srid: int, original: Reading
) -> Iterator[Callable[[], None]]:
    """Begin to read the records; what is given copies them in. None of them stays in memory.

    Until then the database is free for what does not depend on them.
    """
    connection.execute(text(query("diff.make_tables")))
    with made_ahead(_as_text(records, storage_srid, original.srid or 0), AHEAD) as pieces:

        def stage() -> None:
            with closing(connection.connection.cursor()) as cursor:
                cursor.copy_expert(query("diff.copy_sent"), _Pieces(pieces), PIECE_LETTERS)
            connection.execute(text(query("diff.know_sent")))

        yield stage


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


def lay_district(connection: Connection, layer: Layer, district_id: int) -> None:
    """Copy what is published of a district."""
    _copy_where(connection, layer, layer.model.__table__.c.district_id == district_id)


def lay_beside(connection: Connection, layer: Layer, district_id: int) -> None:
    """Copy what is published of the features that the records name, of this district or another."""
    _copy_published(connection, layer, _named(layer, district_id))
    connection.execute(text(query("diff.index_published")))


def lay_around(connection: Connection, layer: Layer, district_id: int, *, is_whole_state: bool) -> None:
    """Copy what is published where the records lie, once they have been compared."""
    if layer.is_exclusive:
        _copy_published(connection, layer, _around_all(layer, district_id) if is_whole_state else _around_each(layer))
    if is_network(layer):
        rows = layer.model.__table__
        _copy_published(connection, layer, select(rows.c.id).where(rows.c.geom.op("&&")(_reach(WIDEST_GAP_M))))
    connection.execute(text(query("diff.index_places")))


def lay_ending(connection: Connection, layer: Layer, uids: Collection[uuid.UUID]) -> None:
    """Copy published features that are to end, and mark them."""
    if uids:
        rows = layer.model.__table__
        _copy_published(connection, layer, select(rows.c.id).where(rows.c.uid.in_(uids)))
        connection.execute(text(query("diff.mark_ending")), {"uids": sorted(uids), "is_ending": True})


def lay_base(connection: Connection, layer: Layer, district_id: int, epoch: int) -> None:
    """Copy what of a district was published at an epoch and is not any more."""
    rows = history_table(layer)
    known = [rows.c.uid, rows.c.ref, rows.c.version, attributes_of(layer, rows), rows.c.geom]
    then = select(*known).where(rows.c.epoch_from <= epoch, rows.c.epoch_to > epoch, rows.c.district_id == district_id)
    connection.execute(insert(_BASE).from_select(list(_BASE_COLUMNS), then))
    connection.execute(text(query("merging.index_base")))


def _copy_published(connection: Connection, layer: Layer, ids: Select[Any] | CompoundSelect[Any]) -> None:
    """As a list: no plan knows beforehand how few of all features touch a file."""
    _copy_where(connection, layer, layer.model.__table__.c.id == any_(func.array(ids.scalar_subquery())))


def _copy_where(connection: Connection, layer: Layer, chosen: ColumnElement[bool]) -> None:
    """Those that are not there yet."""
    rows = layer.model.__table__
    known = [rows.c.uid, rows.c.ref, rows.c.version, rows.c.district_id, rows.c.epoch_from]
    columns = [*known, attributes_of(layer, rows), rows.c.geom]
    copied = insert(_PUBLISHED).from_select([c.name for c in _PUBLISHED.columns], select(*columns).where(chosen))
    connection.execute(copied.on_conflict_do_nothing())


def _named(layer: Layer, district_id: int) -> CompoundSelect[Any] | Select[Any]:
    """Each part has an index of its own; one condition with OR would have none."""
    rows = layer.model.__table__
    is_there = select(_PUBLISHED.c.uid).where(_PUBLISHED.c.ref == _SENT.c.ref).exists()
    parts = [select(rows.c.id).join(_SENT, _SENT.c.ref == rows.c.ref).where(~is_there)]
    if all(name in rows.c for name in NUMBER_FIELDS):
        same_number = [rows.c[name] == _SENT.c.attributes[name].astext for name in NUMBER_FIELDS]
        parts.append(
            select(rows.c.id).join(_SENT, and_(_SENT.c.ref.is_(None), rows.c.district_id == district_id, *same_number))
        )
    return union(*parts)


def _around_each(layer: Layer) -> Select[Any]:
    rows = layer.model.__table__
    around = func.ST_Expand(_STAGED.c.geom, AROUND_M, type_=_AnyGeometry)
    return select(rows.c.id).join(_STAGED, rows.c.geom.op("&&")(around))


def _around_all(layer: Layer, district_id: int) -> Select[Any]:
    """Of other districts: few of them lie in the file's box, and each is looked up once among what was sent."""
    rows = layer.model.__table__
    around = func.ST_Expand(rows.c.geom, AROUND_M, type_=_AnyGeometry)
    is_met = select(_STAGED.c.line).where(_STAGED.c.geom.op("&&")(around)).exists()
    in_the_box = rows.c.geom.op("&&")(_reach(AROUND_M))
    return select(rows.c.id).where(in_the_box, rows.c.district_id != district_id, is_met)


def _reach(further_m: float) -> Any:
    """The ground of the file and a little more; one box, since no index serves under row-level security."""
    extent = func.ST_SetSRID(cast(func.ST_Extent(_STAGED.c.geom), _AnyGeometry), func.max(func.ST_SRID(_STAGED.c.geom)))
    return select(func.ST_Expand(extent, further_m, type_=_AnyGeometry)).scalar_subquery()


def attributes_of(layer: Layer, rows: FromClause) -> Any:
    """As pool.attributes() has it, but with the columns named once instead of looked up for every row."""
    names = [target.field for target in targets_of(layer) if target.field != "ref"]
    pairs = [part for name in names for part in (literal(name, Text), rows.c[name])]
    return cast(func.jsonb_strip_nulls(func.jsonb_build_object(*pairs)), JSONB)


class _Pieces:
    """What COPY reads from: a file whose bytes are made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        parts, length = [self._rest], len(self._rest)
        while size < 0 or length < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            parts.append(piece)
            length += len(piece)
        ready = b"".join(parts)
        cut = len(ready) if size < 0 else size
        self._rest = ready[cut:]
        return ready[:cut]


def _as_text(records: Iterable[Normalised], storage_srid: int, original_srid: int) -> Iterator[bytes]:
    """In pieces of about PIECE_LETTERS, whatever the size of the shapes."""
    lines: list[str] = []
    letters = 0
    for batch in batched(records, BATCH):
        for line in _as_lines(batch, storage_srid, original_srid):
            lines.append(line)
            letters += len(line)
            if letters >= PIECE_LETTERS:
                yield "".join(lines).encode()
                lines, letters = [], 0
    if lines:
        yield "".join(lines).encode()


def _as_lines(batch: Sequence[Normalised], storage_srid: int, original_srid: int) -> Iterator[str]:
    shapes = _hex([record.geometry for record in batch], storage_srid)
    originals = _hex([record.original for record in batch], original_srid)
    for record, shape, original in zip(batch, shapes, originals, strict=True):
        misfits = [vars(misfit) for misfit in record.misfits]
        ref, attributes = _escaped(record.ref), _escaped(_as_json(record.attributes))
        told = _escaped(_as_json(misfits) if misfits else None)
        sound = "t" if record.is_sound else "f"
        yield f"{record.line}\t{ref}\t{attributes}\t{told}\t{shape or _NULL}\t{original or _NULL}\t{sound}\n"


def _hex(shapes: list[BaseGeometry | None], srid: int) -> list[str | None]:
    """All at once: one call per shape would take longer than reading the file."""
    named = shapely.set_srid(np.array(shapes, dtype=object), srid)
    return list(shapely.to_wkb(named, hex=True, include_srid=True))


def _escaped(cell: str | None) -> str:
    if cell is None:
        return _NULL
    return cell.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
