"""`gis status`: what runs."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from gisserver.cli._options import data_option, settings_for
from gisserver.cli._trouble import NotReachable


@click.command("status")
@data_option
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def show(data: Path | None, as_json: bool) -> None:
    """Say what runs; the exit code is 0 where the service answers and 3 where it does not."""
    from gisserver.processes import Status, status

    found: Status = status(settings_for(data))
    if as_json:
        click.echo(json.dumps(asdict(found)))
    else:
        click.echo(f"Ready at {found.address}" if found.is_ready else "The service does not answer.")
        for part in ("supervisor", "web", "worker", "database"):
            click.echo(f"  {part:<10} {'runs' if getattr(found, part) else 'does not run'}")
    sys.exit(0 if found.is_ready else NotReachable.exit_code)


COMMAND = show
