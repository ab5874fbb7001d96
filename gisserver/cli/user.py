"""`gis user add`: let somebody sign in."""

from pathlib import Path

import click

from gisserver.cli._options import data_option, settings_for
from gisserver.cli._trouble import WrongUse

ROLES = ("planner", "editor", "approver", "department", "administrator")


@click.group("user")
def user() -> None:
    """Manage local accounts."""


@user.command("add")
@data_option
@click.argument("email")
@click.option("--name", required=True, help="How the person is called in the trace of a changeset.")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--district", help="Name or number; editors and approvers need one.")
@click.password_option(help="Asked for when not given, so that it stays out of the shell's history.")
def add(data: Path | None, email: str, name: str, role: str, district: str | None, password: str) -> None:
    """Create an account, or give an existing one a new password and role."""
    from gisserver.access.accounts import create_account
    from gisserver.cluster import database_urls
    from layers.core.profile import load_profile
    from layers.core.store import Actor, Store

    settings = settings_for(data)
    district_id = None
    if district is not None:
        found = load_profile(settings.profile_path).district_named(district)
        if found is None:
            raise WrongUse(f"The profile has no district {district!r}.")
        district_id = found.id
    elif role in ("editor", "approver"):
        raise WrongUse("Editors and approvers work for a district: add --district.")
    store = Store(database_urls(settings).owner, pool_size=1)
    try:
        with store.writing(Actor("administrator")) as connection:
            create_account(connection, email, name, password, role, district_id)
    finally:
        store.close()
    click.echo(f"{email} may sign in as {role}.")


COMMAND = user
