"""`gis tiles seed`: draw tiles that are missing, or all of them again."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gisserver.cli._deployment import opened
from gisserver.cli._options import data_option
from gisserver.cli._trouble import WrongUse

if TYPE_CHECKING:
    from layers.core.layer import Layer
    from layers.core.tiles.seed import Seeded

HIGHEST = 24


@click.command("seed")
@data_option
@click.option("--layer", "layers", multiple=True, help="May be given several times; default: every layer.")
@click.option("--zoom", "zooms", default="0-24", metavar="Z|A-B", help="One zoom or several, for instance 5-12.")
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count(), show_default="one per core")
@click.option("--again", is_flag=True, help="All tiles, also those that are there; goes on after an interruption.")
@click.option("--from-start", is_flag=True, help="With --again: begin anew instead.")
@click.option("--json", "as_json", is_flag=True, help="For programs: one line when it is done.")
def seed(
    data: Path | None, layers: tuple[str, ...], zooms: str, jobs: int, again: bool, from_start: bool, as_json: bool
) -> None:
    """Draw the tiles that are missing, as after an upgrade.

    Publishes go on meanwhile: what they draw is never overwritten by something older.
    """
    from gisserver.cluster import database_urls
    from layers.core.tiles.seed import forget_progress
    from layers.core.tiles.seeding import SeedWish, make_shapes, run

    wanted = zooms_of(zooms)
    with opened(data) as deployment, _shown(as_json) as progress:
        registry = deployment.registry
        chosen = tuple(registry[name] for name in dict.fromkeys(layers)) or tuple(registry)
        if from_start:
            forget_progress(deployment.store)
        make_shapes(deployment.store, registry, is_again=again, heard=progress.shapes)
        url = database_urls(deployment.settings).worker
        run(deployment.store, url, SeedWish(chosen, wanted, jobs, again), progress.tiles)
    click.echo(json.dumps(progress.total) if as_json else progress.sentence)


def zooms_of(text: str) -> range:
    """ "7" or "5-12"."""
    first, dash, last = text.partition("-")
    last = last if dash else first
    if not (first.isdecimal() and last.isdecimal() and int(last) <= HIGHEST):
        raise WrongUse(f"--zoom {text!r} is neither a zoom nor a span of zooms. Give for instance 7 or 5-12.")
    return range(int(first), int(last) + 1)


@dataclass
class Progress:
    """What was done so far."""

    is_shown: bool
    drawn: int = 0
    changed: int = 0
    bytes: int = 0

    def __post_init__(self) -> None:
        self._started = time.monotonic()
        self._part = ("", 0, 0)

    @property
    def total(self) -> dict[str, float]:
        """For programs."""
        seconds = time.monotonic() - self._started
        return {"drawn": self.drawn, "changed": self.changed, "bytes": self.bytes, "seconds": round(seconds, 1)}

    @property
    def sentence(self) -> str:
        """For people."""
        seconds = time.monotonic() - self._started
        rate = self.drawn / seconds if seconds else 0
        return (
            f"{self.drawn:,} tiles drawn, {self.changed:,} of them new or different, "
            f"in {seconds:,.0f} s ({rate:,.0f} tiles/s)."
        )

    def shapes(self, done: int, all_districts: int) -> None:
        """One district's low zooms are made."""
        self._say(f"shapes of low zooms: district {done} of {all_districts}")

    def tiles(self, layer: "Layer", zoom: int, batch: "Seeded", wanted: int) -> None:
        """One batch of tiles is drawn."""
        self.drawn += batch.drawn
        self.changed += batch.changed
        self.bytes += batch.bytes
        name, at, done = self._part
        done = (done if (name, at) == (layer.id, zoom) else 0) + batch.drawn
        self._part = (layer.id, zoom, done)
        rate = self.drawn / (time.monotonic() - self._started)
        left = (wanted - done) / rate if rate else 0
        self._say(f"{layer.id} z{zoom}: {done:,} of {wanted:,}, {rate:,.0f} tiles/s, {left:,.0f} s left for this zoom")

    def _say(self, line: str) -> None:
        if self.is_shown:
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)


@contextmanager
def _shown(as_json: bool) -> Iterator[Progress]:
    progress = Progress(is_shown=not as_json and os.isatty(2))
    yield progress
    if progress.is_shown:
        click.echo("\r\x1b[K", err=True, nl=False)


COMMAND = seed
