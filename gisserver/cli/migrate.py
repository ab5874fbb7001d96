"""`gis migrate`: bring the database to this version."""

from pathlib import Path

import click

from gisserver.cli._options import data_option, settings_for


@click.command("migrate")
@data_option
def update(data: Path | None) -> None:
    """Apply new migrations, functions, grants and the profile. `gis up` does this as well."""
    from gisserver.processes import bring_up_to_date, running_database

    settings = settings_for(data)
    with running_database(settings, click.echo):
        bring_up_to_date(settings, click.echo)
    click.echo("The database is up to date.")


COMMAND = update
