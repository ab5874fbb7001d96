"""`gis tiles export`: tiles in one file for other programs."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gisserver.cli._deployment import Deployment, opened
from gisserver.cli._options import data_option
from gisserver.cli._trouble import WrongUse

if TYPE_CHECKING:
    from layers.core.store import Connection
    from layers.core.tiles.export import ExportedFile, ExportWish


@click.command("export")
@data_option
@click.argument("target", type=click.Path(path_type=Path), metavar="OUT.pmtiles|OUT.mbtiles")
@click.option("--layer", "layers", multiple=True, help="May be given several times; default: every public layer.")
@click.option("--district", help="Name or number; only tiles that its area reaches.")
@click.option("--datetime", "moment", help="A day, a time or an epoch: tiles as they were then.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one line when the file is finished.")
def export(
    data: Path | None, target: Path, layers: tuple[str, ...], district: str | None, moment: str | None, as_json: bool
) -> None:
    """Write tiles into one PMTiles or MBTiles file.

    The file holds one epoch and appears under its name when it is whole. Publishes go on meanwhile.
    """
    from layers.core.store import WORKER
    from layers.core.tiles.export.make import ignore, make

    with opened(data) as deployment, deployment.store.reading(WORKER) as connection:
        wish = _wish(deployment, connection, layers, district, moment)
        with nullcontext(ignore) if as_json else _shown_on_screen() as heard:
            made = make(connection, deployment.profile, wish, target, heard)
    click.echo(json.dumps(_described(made), ensure_ascii=False) if as_json else _sentence(made))


def _wish(
    deployment: Deployment, connection: "Connection", layers: tuple[str, ...], district: str | None, moment: str | None
) -> "ExportWish":
    from layers.core.tiles.export import ExportWish

    registry = deployment.registry
    chosen = [registry[name] for name in dict.fromkeys(layers)]
    return ExportWish(
        layers=tuple(chosen) or registry.public,
        district_id=None if district is None else _district_id(deployment, district),
        as_of=None if moment is None else _epoch(connection, moment),
    )


def _district_id(deployment: Deployment, named: str) -> int:
    found = deployment.profile.district_named(named)
    if found is None:
        known = ", ".join(sorted(district.name for district in deployment.profile.districts))
        raise WrongUse(f"The profile has no district {named!r}. There are: {known}.")
    return found.id


def _epoch(connection: "Connection", moment: str) -> int | None:
    """None for the newest: its tiles are kept and need not be drawn again."""
    from layers.core.epochs import UnknownTime, current_epoch, epoch_at
    from layers.core.moments import moment_of

    newest = current_epoch(connection)
    try:
        number = int(moment) if moment.isdecimal() else epoch_at(connection, moment_of(moment))
    except ValueError:
        raise WrongUse(
            f"--datetime {moment!r} is no moment. Give a day (2026-05-01), a time (2026-05-01T09:30:00Z) "
            f"or an epoch (up to {newest})."
        ) from None
    except UnknownTime:
        raise WrongUse(f"Nothing was published yet at {moment}. Give a later moment.") from None
    return number if number < newest else None


@contextmanager
def _shown_on_screen() -> Iterator[Callable[[int, int], None]]:
    """How far it is, how fast, how long it will still take."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("tiles"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task("tiles", total=None, rate="")

        def show(done: int, of: int) -> None:
            speed = progress.tasks[0].finished_speed or progress.tasks[0].speed
            progress.update(task, completed=done, total=of, rate=f"{speed:,.0f}/s" if speed else "")

        yield show


def _described(made: "ExportedFile") -> dict[str, object]:
    about = made.about
    return {
        "file": str(made.path),
        "epoch": about.epoch,
        "published_at": about.published_at.isoformat() if about.published_at else None,
        "layers": about.layers,
        "zooms": [about.zooms.start, about.zooms.stop - 1],
        "tiles": made.tiles,
        "size_bytes": made.size_bytes,
        "sha256": made.sha256,
    }


def _sentence(made: "ExportedFile") -> str:
    about, size = made.about, made.size_bytes / 1_000_000
    return f"{made.path}: {made.tiles:,} tiles of {len(about.layers)} layers, epoch {about.epoch}, {size:,.1f} MB."


COMMAND = export
