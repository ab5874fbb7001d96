"""Databases of the private cluster, made by its superuser."""

import psycopg2
from psycopg2 import sql as composed

from gisserver.cluster.cluster import Cluster
from sql import query


def create_database(cluster: Cluster, name: str = "gis") -> None:
    """The three roles and a database with its extensions; what is there already stays."""
    _administer(cluster, "postgres", query("server.create_roles"), query("server.roles_may_log_in"))
    if not _has_database(cluster, name):
        create = composed.SQL("CREATE DATABASE {} OWNER gis_owner").format(composed.Identifier(name))
        _administer(cluster, "postgres", create)
    _administer(cluster, name, query("server.create_extensions"), query("server.open_database"))


def copy_database(cluster: Cluster, template: str, name: str) -> None:
    """A second database equal to the first, to which nobody may be connected meanwhile."""
    create = composed.SQL("CREATE DATABASE {} OWNER gis_owner TEMPLATE {} STRATEGY file_copy").format(
        composed.Identifier(name), composed.Identifier(template)
    )
    _administer(cluster, "postgres", create)
    _administer(cluster, name, query("server.open_database"))


def drop_database(cluster: Cluster, name: str) -> None:
    """Remove a database and throw out whoever is still in it."""
    drop = composed.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(composed.Identifier(name))
    _administer(cluster, "postgres", drop)


def _has_database(cluster: Cluster, name: str) -> bool:
    connection = psycopg2.connect(cluster.url("postgres", "postgres"))
    try:
        with connection.cursor() as cursor:
            cursor.execute(query("server.has_database"), {"name": name})
            return bool(cursor.fetchone()[0])
    finally:
        connection.close()


def _administer(cluster: Cluster, database: str, *statements: str | composed.Composable) -> None:
    connection = psycopg2.connect(cluster.url(database, "postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        connection.close()
