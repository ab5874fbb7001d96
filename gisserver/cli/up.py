"""`gis up`: start the service."""

import sys
from pathlib import Path

import click

from gisserver.cli._options import data_option, settings_for


@click.command("up")
@click.option("--profile", help="The city: path of a profile file or a name in profiles/ (GIS_PROFILE).")
@data_option
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the web service (GIS_PORT).")
@click.option("--detach", is_flag=True, help="Return when the service is ready and let it run on.")
def start(profile: str | None, data: Path | None, port: int | None, detach: bool) -> None:
    """Start the database, the web server and the worker.

    They stay until Ctrl-C or `gis down`. What an earlier run left behind is ended first.
    """
    from gisserver.processes import AlreadyRuns, up, up_detached

    settings = settings_for(data, profile=profile, port=port)
    try:
        if detach:
            sys.exit(up_detached(settings, click.echo))
        up(settings, click.echo)
    except AlreadyRuns as found:
        click.echo(str(found))


COMMAND = start
