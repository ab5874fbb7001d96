"""`gis down`: stop the service."""

from pathlib import Path

import click

from gisserver.cli._options import data_option, settings_for


@click.command("down")
@data_option
def stop(data: Path | None) -> None:
    """Stop the web server, the worker and the database, also after a crash."""
    from gisserver.processes import down

    did_run = down(settings_for(data), click.echo)
    click.echo("Stopped." if did_run else "Nothing runs.")


COMMAND = stop
