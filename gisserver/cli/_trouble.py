"""One table from the class of an error to the exit code of the command."""

import click


class Refused(click.ClickException):
    """Findings refuse what was asked."""

    exit_code = 1


class WrongUse(click.ClickException):
    """The command cannot be done as it was written."""

    exit_code = 2


class NotReachable(click.ClickException):
    """The service or its database does not answer."""

    exit_code = 3


def in_plain_words(trouble: Exception) -> click.ClickException | None:
    """The error as the operator should read it; None where it surprises us as well."""
    # Imported here: `gis --help` should not wait for the database libraries.
    import psycopg2
    from sqlalchemy.exc import OperationalError

    from gisserver.cluster import ClusterError
    from gisserver.processes.trouble import ProcessError
    from gisserver.settings import SettingsError
    from layers.core.profile import ProfileError
    from layers.core.registry import UnknownLayer
    from layers.core.tiles.export import ExportTrouble, NotWritable

    if isinstance(trouble, ClusterError | ProcessError | NotWritable):
        return NotReachable(str(trouble))
    if isinstance(trouble, SettingsError | ProfileError | UnknownLayer | ExportTrouble):
        return WrongUse(str(trouble))
    if isinstance(trouble, OperationalError | psycopg2.OperationalError):
        cause = str(trouble.orig if isinstance(trouble, OperationalError) else trouble).strip().splitlines()
        return NotReachable(f"The database does not answer ({cause[0]}). Start it with: gis up")
    return None
