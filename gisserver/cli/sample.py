"""`gis sample`: fill an empty pool with generated data on real boundaries."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gisserver.cli._options import data_option, settings_for
from gisserver.cli._trouble import Refused, WrongUse

if TYPE_CHECKING:
    from demo.sample.load import Joined
    from gisserver.settings import Settings

Show = Callable[["Joined"], None]


@click.command("sample")
@click.option(
    "--parcels", type=click.IntRange(5_000, 2_500_000), default=60_000, show_default=True, help="About so many parcels."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Same seed, same data.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one line per district, one at the end.")
@data_option
def fill_pool(parcels: int, seed: int, as_json: bool, data: Path | None) -> None:
    """Fill an empty pool with generated parcels, plans, addresses and networks inside real boundaries."""
    from gisserver.processes import running_database

    settings = settings_for(data)
    screen = _said_as_json(parcels) if as_json else _shown_on_screen(parcels)
    with running_database(settings, lambda line: click.echo(line, err=True)), screen as show:
        _fill(settings, parcels, seed, show)


def _fill(settings: "Settings", parcels: int, seed: int, show: Show) -> None:
    from demo.sample.load import PoolNotEmpty, fill
    from demo.sample.sources import NoSample
    from gisserver.cluster import database_urls
    from gisserver.processes import bring_up_to_date
    from layers.core.profile import load_profile
    from layers.core.store import Store

    profile = load_profile(settings.profile_path)
    bring_up_to_date(settings, lambda line: click.echo(line, err=True))
    with closing(Store(database_urls(settings).worker, pool_size=1)) as store:
        try:
            for joined in fill(store, profile, parcels, seed):
                show(joined)
        except NoSample as trouble:
            raise WrongUse(str(trouble)) from trouble
        except PoolNotEmpty as trouble:
            raise Refused(str(trouble)) from trouble
    _finish(settings)
    _live_through(settings)


def _live_through(settings: "Settings") -> None:
    """What became of one block, so that there is a story to read, and a choice to take."""
    from gisserver.cli._block_life import live_through
    from gisserver.cluster import database_urls
    from layers.core.profile import load_profile
    from layers.core.registry import Registry
    from layers.core.store import Store

    with closing(Store(database_urls(settings).worker, pool_size=1)) as store:
        ref = live_through(store, Registry.of_folder(), load_profile(settings.profile_path))
    if ref is not None:
        click.echo(f"Parcel {ref} has a story: it was divided off, joined, ceded a strip and built on.", err=True)


def _finish(settings: "Settings") -> None:
    """As the database's owner: say that this is a sample, let visitors sign in, tell the planner what is there."""
    from sqlalchemy import text

    from demo.sample.accounts import sample_accounts
    from gisserver.access.accounts import create_account
    from gisserver.cluster import database_urls
    from layers.core.profile import load_profile
    from layers.core.store import Actor, Store
    from sql import query

    profile = load_profile(settings.profile_path)
    with closing(Store(database_urls(settings).owner, pool_size=1)) as store:
        with store.writing(Actor("administrator")) as connection:
            connection.execute(text(query("system.mark_sample")))
            for account in sample_accounts(profile):
                create_account(
                    connection, account.email, account.name, account.password, account.role, account.district_id
                )
        with store.writing(Actor("administrator")) as connection:
            connection.execute(text(query("bulk.analyze")))


@contextmanager
def _said_as_json(parcels: int) -> Iterator[Show]:
    total = {"districts": 0, "parcels": 0, "rows": 0, "assembly_areas_left_out": 0}

    def show(joined: "Joined") -> None:
        total["districts"] += 1
        for name in ("parcels", "rows", "assembly_areas_left_out"):
            total[name] += getattr(joined, name)
        click.echo(json.dumps({"joined": joined.name, **vars(joined), "asked_for": parcels}, ensure_ascii=False))

    yield show
    click.echo(json.dumps({"done": True, **total}))


@contextmanager
def _shown_on_screen(parcels: int) -> Iterator[Show]:
    """How far it is, how fast, how long it will still take."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    left_out = done = 0
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
        task = progress.add_task("planning the city", total=parcels, rate="")

        def show(joined: "Joined") -> None:
            nonlocal left_out, done
            left_out += joined.assembly_areas_left_out
            done += joined.parcels
            speed = progress.tasks[0].finished_speed or progress.tasks[0].speed
            rate = f"{speed:,.0f} parcels/s" if speed else ""
            progress.update(task, advance=joined.parcels, description=f"{joined.name} has joined", rate=rate)

        yield show
        progress.update(task, total=done, completed=done, description="done")
    console.print(f"{done:,} parcels. {left_out} assembly areas were left out: their coordinates cannot be repaired.")


COMMAND = fill_pool
