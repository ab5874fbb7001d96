"""The three ways into a database: as owner, as web, as worker."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import psycopg2
import psycopg2.extensions

from gisserver.cluster.cluster import Cluster
from gisserver.cluster.trouble import RolesMissing
from gisserver.settings import Settings
from sql import query


@dataclass(frozen=True)
class DatabaseUrls:
    """One libpq address per role; libpq, SQLAlchemy and yoyo all read them."""

    owner: str
    web: str
    worker: str

    @classmethod
    def of_cluster(cls, cluster: Cluster, database: str = "gis") -> Self:
        """Every role of the private cluster signs in by itself."""
        return cls(*(cluster.url(database, role) for role in ("gis_owner", "gis_web", "gis_worker")))

    @classmethod
    def from_url(cls, url: str) -> Self:
        """One user signs in to an existing server and then takes the role."""
        return cls(*(_in_role(url, role) for role in ("gis_owner", "gis_web", "gis_worker")))


def database_urls(settings: Settings) -> DatabaseUrls:
    """Where these settings keep the pool."""
    if settings.database_url:
        return DatabaseUrls.from_url(settings.database_url)
    return DatabaseUrls.of_cluster(Cluster(settings.data))


def prepare_server(url: str) -> None:
    """Make an existing server's database ready for migrations; RolesMissing says what an administrator must do."""
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(query("server.create_extensions"))
            ensure_roles(connection)
            cursor.execute(query("server.open_database"))
    except psycopg2.errors.InsufficientPrivilege as cause:
        raise RolesMissing(connection.info.user, str(cause)) from cause
    finally:
        connection.close()


def ensure_roles(connection: psycopg2.extensions.connection) -> None:
    """Create the roles that are missing and let the connected user take each of them."""
    with connection.cursor() as cursor:
        cursor.execute(query("server.create_roles"))


def _in_role(url: str, role: str) -> str:
    # "--role=x" and not "-c role=x": SQLAlchemy writes a space as "+", which libpq does not read.
    parts = urlsplit(url)
    options = {**dict(parse_qsl(parts.query)), "options": f"--role={role}"}
    return urlunsplit(parts._replace(query=urlencode(options, quote_via=quote)))
