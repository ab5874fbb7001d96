"""Loading whole tables at once, with the same epoch, triggers, policies and tiles as any publish."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from psycopg2.sql import SQL, Identifier
from sqlalchemy import Connection

from layers.core.after_publish import ask_for_files
from layers.core.epochs import begin_epoch, end_epoch, touched_extents
from layers.core.registry import Registry
from layers.core.rows import execute_rows
from layers.core.store import Actor, acting_as
from layers.core.tiles import refresh
from layers.core.watching import call_webhooks
from sql import query

_READ_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class BulkTable:
    """A layer's rows in a file in COPY text format; the geometry is hexadecimal EWKB in the storage CRS."""

    columns: tuple[str, ...]
    path: Path
    count: int


@dataclass(frozen=True)
class Coverage:
    """Ground where a theme of a layer has been surveyed or is under review; as the columns of pool.coverage."""

    layer_id: str
    theme: str
    state: str
    as_of: str
    source: str
    ewkb: str


@dataclass(frozen=True)
class BulkLoad:
    """What one district brings, layer by layer in the order it should be loaded."""

    district_id: int
    tables: Mapping[str, BulkTable]
    coverages: Sequence[Coverage] = ()


@dataclass(frozen=True)
class BulkPublish:
    """What districts bring as one epoch, inside one transaction of the caller's."""

    connection: Connection
    layers: Registry
    epoch: int
    districts: tuple[int, ...]
    inserted: Mapping[str, int]

    @classmethod
    def begin(cls, connection: Connection, layers: Registry, loads: Sequence[BulkLoad]) -> Self:
        """Bring the rows; others may do so at the same time.

        They go through a temporary table because PostgreSQL refuses COPY into a table with row-level security:
        so a bulk load obeys the same policies as an edit.
        """
        districts = {load.district_id for load in loads}
        inserted: Counter[str] = Counter()
        epoch = begin_epoch(connection, districts, is_large=True)
        for load in loads:
            with acting_as(connection, Actor("publisher", load.district_id)):
                for layer_id, table in load.tables.items():
                    _copy(connection, layers[layer_id].id, table)
                    inserted[layer_id] += table.count
                _cover(connection, load.district_id, epoch, load.coverages)
        return cls(connection, layers, epoch, tuple(sorted(districts)), inserted)

    def end(self, summary: Mapping[str, object]) -> None:
        """Draw the tiles when it is this publish's turn; the caller's commit makes all of it visible."""
        changed = [self.layers[layer_id] for layer_id in self.inserted]
        tiles = refresh(self.connection, self.layers, changed, self.epoch, is_large=True)
        extent = touched_extents(self.connection, self.inserted, self.epoch)
        owner = self.districts[0] if len(self.districts) == 1 else None
        about = {**summary, "districts": self.districts, "inserted": self.inserted, "tiles": tiles, "extent": extent}
        end_epoch(self.connection, self.epoch, owner, about)
        ask_for_files(self.connection)
        call_webhooks(self.connection)


def _copy(connection: Connection, layer_id: str, table: BulkTable) -> None:
    names = {
        "table": Identifier("pool", layer_id),
        "columns": SQL(", ").join(map(Identifier, table.columns)),
    }
    with closing(connection.connection.cursor()) as cursor, table.path.open("rb") as rows:
        cursor.execute(SQL(query("bulk.stage")).format(**names))
        cursor.copy_expert(SQL(query("bulk.copy")).format(**names), rows, _READ_AT_ONCE)
        cursor.execute(SQL(query("bulk.insert")).format(**names))
        cursor.execute(query("bulk.unstage"))


def _cover(connection: Connection, district_id: int, epoch: int, coverages: Sequence[Coverage]) -> None:
    rows = [(c.layer_id, c.theme, district_id, c.state, c.as_of, c.source, epoch, c.ewkb) for c in coverages]
    execute_rows(connection, query("bulk.cover"), rows)
