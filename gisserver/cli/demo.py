"""`gis demo`: the service on sample data, and what to try in it."""

import subprocess
import sys
from pathlib import Path

import click

from gisserver.cli._options import data_option, settings_for

GUIDE = """
Open                     {address}/
  the map                {address}/map
  a district's desk      {address}/district
  the department's desk  {address}/department
  for programs           {address}/api

Sign in ({address}/signin) as
{accounts}

Try
  1. On the first page, type an address, or block and parcel, or a neighbourhood. Read what the plan says.
  2. Sign in as the district and send a file of demo/uploads (README.md there tells what each one is).
  3. Read what is wrong with it and what it would change; submit it.
  4. Sign in as the department, look at it, accept and publish: the map, the search and the answer show it at once.
  5. As the district, choose a side where file and pool went apart: from-the-field.gpkg on its desk.
  6. As the department, read what became of a block: {address}/department/acts, use-change.gpkg, its whole story.

Stop with  .venv/bin/gis down      Start again with  .venv/bin/gis up --detach
"""


@click.command("demo")
@data_option
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the web service (GIS_PORT).")
@click.option("--parcels", type=click.IntRange(1000), default=60_000, show_default=True)
def demo(data: Path | None, port: int | None, parcels: int) -> None:
    """Start the service, fill an empty pool with the sample city, and say what to try."""
    from demo.sample.accounts import sample_accounts
    from layers.core.profile import load_profile

    settings = settings_for(data, port=port)
    _run("up", "--detach", "--data", settings.data, "--port", settings.port)
    if _is_empty(data):
        _run("sample", "--data", settings.data, "--parcels", parcels)
    accounts = "\n".join(
        f"  {account.email:<26} password {account.password:<14} {account.role}"
        for account in sample_accounts(load_profile(settings.profile_path))
    )
    click.echo(GUIDE.format(address=settings.address, accounts=accounts))


def _run(*words: object) -> None:
    """Another verb, in a process of its own: `up` leaves children behind that must not be ours."""
    done = subprocess.run([sys.executable, "-m", "gisserver", *(str(word) for word in words)], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def _is_empty(data: Path | None) -> bool:
    from gisserver.cli._deployment import opened
    from layers.core.epochs import current_epoch

    with opened(data) as deployment, deployment.store.reading() as connection:
        return current_epoch(connection) == 0


COMMAND = demo
