"""`gis key`: let a program act for an account."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gisserver.cli._options import data_option, number_argument, settings_for
from gisserver.cli._trouble import WrongUse

if TYPE_CHECKING:
    from sqlalchemy import Connection


@click.group("key")
def key() -> None:
    """Manage the keys of programs that edit for an account."""


@key.command("add")
@data_option
@click.argument("email")
@click.option("--name", required=True, help="What the key is for, for instance the program and its machine.")
@click.option("--publishes", is_flag=True, help="What is edited with it is published at once, without review.")
@click.option("--days", type=click.IntRange(1, 3650), help="It opens nothing after so many days; else until revoked.")
def add(data: Path | None, email: str, name: str, publishes: bool, days: int | None) -> None:
    """Make a key for an account; it is shown once."""
    from gisserver.access.keys import NoSuchAccount, add_key

    with _writing(data) as connection:
        try:
            made = add_key(connection, email, name, may_publish=publishes, days=days)
        except NoSuchAccount:
            raise WrongUse(f"Nobody may sign in as {email}. Make the account first: gis user add.") from None
    click.echo(made)


@key.command("list")
@data_option
def list_(data: Path | None) -> None:
    """Show whose keys there are; the keys themselves are kept nowhere."""
    from gisserver.access.keys import known_keys

    with _writing(data) as connection:
        for one in known_keys(connection):
            state = "revoked" if one.revoked_at else f"until {one.expires_at:%Y-%m-%d}" if one.expires_at else "open"
            right = "publishes" if one.may_publish else "edits"
            click.echo(f"{one.id:>4}  {one.email}  {right}  {state}  {one.name}")


@key.command("revoke")
@data_option
@number_argument
def revoke(data: Path | None, number: int) -> None:
    """Let a key open nothing any more."""
    from gisserver.access.keys import revoke_key

    with _writing(data) as connection:
        if not revoke_key(connection, number):
            raise WrongUse(f"There is no open key {number}. `gis key list` shows them.")
    click.echo(f"Key {number} opens nothing any more.")


@contextmanager
def _writing(data: Path | None) -> Iterator["Connection"]:
    """As the owner: neither web nor worker may make keys."""
    from gisserver.cluster import database_urls
    from layers.core.store import Actor, Store

    with (
        closing(Store(database_urls(settings_for(data)).owner, pool_size=1)) as store,
        store.writing(Actor("administrator")) as connection,
    ):
        yield connection


COMMAND = key
