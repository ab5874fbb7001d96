"""What can stand in the database server's way; every sentence ends with the remedy."""

import pwd
from pathlib import Path


class ClusterError(Exception):
    """The database server cannot do what was asked."""


class ServerMissing(ClusterError):
    """PostgreSQL is not installed."""

    def __init__(self, version: int, binaries: Path) -> None:
        super().__init__(
            f"PostgreSQL {version} is not installed ({binaries} is missing). "
            f"Install it: apt-get install postgresql-{version} postgresql-{version}-postgis-3"
        )


class PostgisMissing(ClusterError):
    """PostgreSQL is there without PostGIS."""

    def __init__(self, version: int) -> None:
        super().__init__(
            f"PostGIS for PostgreSQL {version} is not installed. "
            f"Install it: apt-get install postgresql-{version}-postgis-3"
        )


class AnotherVersion(ClusterError):
    """The data folder was made by another PostgreSQL."""

    def __init__(self, folder: Path, found: str, wanted: int) -> None:
        super().__init__(
            f"The data in {folder} belong to PostgreSQL {found}; this service runs PostgreSQL {wanted}. "
            f"Move them with pg_upgrade, or start with an empty folder: gis up --data FOLDER"
        )


class DiskFull(ClusterError):
    """There is no room left for the database."""

    def __init__(self, folder: Path, free_mb: int) -> None:
        super().__init__(
            f"The disk that holds {folder} is full: {free_mb} MB are free, the database needs 500. "
            f"Make room, or move the folder and name its new place with --data."
        )


class NoRights(ClusterError):
    """A folder belongs to somebody else."""

    def __init__(self, folder: Path, account: str, owner: int) -> None:
        whose = _name_of(owner)
        runner = "root" if whose == "postgres" else whose
        super().__init__(
            f"The account {account} may not use {folder}, which belongs to {whose}. "
            f"Run the command as {runner}, or choose another folder with --data."
        )


class FolderClosed(ClusterError):
    """The server's account cannot reach the folder, as happens under /root."""

    def __init__(self, folder: Path, account: str) -> None:
        super().__init__(
            f"PostgreSQL runs as {account}, and {account} cannot enter {folder}. "
            f"Choose a folder that everybody may pass through: gis up --data /var/lib/gisserver"
        )


class SocketTaken(ClusterError):
    """Another server answers in the place where ours should."""

    def __init__(self, socket: Path) -> None:
        super().__init__(
            f"Another database server already uses {socket}. Stop it, or choose another folder with --data."
        )


class DoesNotInitialise(ClusterError):
    """initdb gave up."""

    def __init__(self, folder: Path, said: str) -> None:
        reason = next((line for line in reversed(said.splitlines()) if "error" in line), said.strip())
        super().__init__(f"The database cannot be made in {folder}: {reason}")


class DoesNotStart(ClusterError):
    """The server gave up for a reason that only its log knows."""

    def __init__(self, log: Path, last_line: str) -> None:
        super().__init__(f"The database server does not start: {last_line} Its log is {log}.")


class DoesNotStop(ClusterError):
    """The server still runs after all patience."""

    def __init__(self, pid: int, log: Path) -> None:
        super().__init__(f"The database server (process {pid}) does not stop. Its log is {log}.")


class RolesMissing(ClusterError):
    """An existing server does not let us make our roles."""

    def __init__(self, user: str, cause: str) -> None:
        super().__init__(
            f"The database user {user} may not prepare the database: {cause.strip()} "
            f"Let an administrator run sql/queries/server.sql there once, and grant "
            f"gis_owner, gis_web and gis_worker to {user}."
        )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"account {uid}"
