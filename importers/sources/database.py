"""A table or view of a PostGIS database, read in one snapshot by an account that can only read."""

import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from psycopg import sql

from importers.source import Fetched, SourceKind, Terms
from importers.unfetched import (
    NoSuchTable,
    SeveralSystems,
    SourceNotAllowed,
    SourceNotReached,
    SourceTooSlow,
    TooMuch,
)
from layers.core.declared_source import DeclaredSource
from layers.core.hosts import NO_ADDRESS, NotAllowed
from layers.core.words import Title
from sql import query

CONNECT_S = 15
AT_ONCE = 500
_SECURITY = ("disable", "require", "verify-ca", "verify-full")
_Row = tuple[Any, ...]


def fetch(source: DeclaredSource, terms: Terms, known: Mapping[str, str], folder: Path) -> Fetched | None:
    """Its rows as GeoJSON in the table's own system. Raises NotFetched."""
    where = f"{urlsplit(source.address).hostname}{urlsplit(source.address).path}"
    with _trouble(source, terms, where), closing(_connected(source, terms)) as connection:
        name = _table(source)
        shape = _shape_of(connection, source, where)
        srid = _system_of(connection, source, name, shape)
        count = _write(connection, name, shape, srid, folder / "file", terms, where)
    return Fetched(f"{source.id}.geojson", folder / "file", {}, count, source.declared_crs)


@contextmanager
def _trouble(source: DeclaredSource, terms: Terms, where: str) -> Iterator[None]:
    try:
        yield
    except NotAllowed as refused:
        raise SourceNotAllowed(where=where, why=refused.words.written) from refused
    except psycopg.errors.QueryCanceled as cause:
        raise SourceTooSlow(where=where, minutes=round(terms.patience_s / 60)) from cause
    except (psycopg.ProgrammingError, psycopg.NotSupportedError) as cause:
        raise NoSuchTable(where=where, table=source.layer_there or source.layer) from cause
    except (psycopg.Error, OSError) as cause:
        raise SourceNotReached(where=where) from cause


def _connected(source: DeclaredSource, terms: Terms) -> "psycopg.Connection[_Row]":
    """To the address that was looked at; of what an address may say to PostgreSQL only the security of the line."""
    parts = urlsplit(source.address)
    security = parse_qs(parts.query).get("sslmode", ["require"])[0]
    if parts.scheme != "postgresql" or not parts.hostname or parts.password or security not in _SECURITY:
        raise NotAllowed(NO_ADDRESS)
    scheme = "http" if security == "disable" else "https"
    terms.hosts.check(f"{scheme}://{parts.hostname}:{parts.port or 5432}/")
    return psycopg.connect(
        host=parts.hostname,
        hostaddr=terms.hosts.resolve(parts.hostname, parts.port or 5432),
        port=parts.port or 5432,
        dbname=unquote(parts.path.lstrip("/")),
        user=unquote(parts.username or ""),
        password=terms.secret,
        sslmode=security,
        connect_timeout=CONNECT_S,
        options=f"-c default_transaction_read_only=on -c statement_timeout={round(terms.patience_s * 1000)}",
        application_name="gisserver-pull",
    )


def _table(source: DeclaredSource) -> sql.Identifier:
    return sql.Identifier(*(source.layer_there or source.layer).split("."))


def _shape_of(connection: "psycopg.Connection[_Row]", source: DeclaredSource, where: str) -> str:
    """Its only column with shapes, or the first."""
    named = _table(source).as_string(connection)
    row = connection.execute(query("pull_database.shape").encode(), {"table": named}).fetchone()
    if row is None:
        raise NoSuchTable(where=where, table=source.layer_there or source.layer)
    return str(row[0])


def _system_of(connection: "psycopg.Connection[_Row]", source: DeclaredSource, name: sql.Identifier, shape: str) -> int:
    """Raises SeveralSystems."""
    asked = sql.SQL(query("pull_database.systems")).format(table=name, shape=sql.Identifier(shape))
    srids = [int(row[0]) for row in connection.execute(asked)]
    if len(srids) > 1 or (srids == [0] and source.declared_crs is None):
        raise SeveralSystems(table=source.layer_there or source.layer, srids=[str(srid) for srid in srids])
    return srids[0] if srids else 0


def _write(
    connection: "psycopg.Connection[_Row]",
    name: sql.Identifier,
    shape: str,
    srid: int,
    path: Path,
    terms: Terms,
    where: str,
) -> int:
    asked = sql.SQL(query("pull_database.rows")).format(
        table=name, shape=sql.Identifier(shape), shape_name=sql.Literal(shape)
    )
    count, end = 0, time.monotonic() + terms.patience_s
    with path.open("wb") as file, connection.cursor(name="rows") as cursor:
        system = f'"crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::{srid}"}}}},' if srid else ""
        file.write(f'{{"type":"FeatureCollection",{system}"features":['.encode())
        cursor.itersize = AT_ONCE
        for row in cursor.execute(asked):
            file.write(f"{',' if count else ''}\n{row[0]}".encode())
            count += 1
            if file.tell() > terms.most_bytes:
                raise TooMuch(where=where, limit_mb=terms.most_bytes // 1_000_000)
            if time.monotonic() > end:
                raise SourceTooSlow(where=where, minutes=round(terms.patience_s / 60))
        file.write(b"\n]}\n")
    return count


SOURCE = SourceKind(id="database", title=Title("PostGIS tablosu", "PostGIS table"), fetch=fetch)
