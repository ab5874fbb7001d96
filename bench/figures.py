"""What was measured beside what it should be, and the page that tells it."""

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from layers.core.store import WORKER, Store

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"

_HOW = """\
Figures of one run belong together: in each round everybody is asked in
turn over 16 connections for tiles chosen at random, with the headers of a browser; `×` are medians of the rounds'
ratios. Do not compare them with figures of another machine."""
_WHAT = """\
nginx has one worker process, the service one web process. Martin serves `pool.parcels` with the same columns, extent
and buffer, with all its workers. The raw render is the SQL that draws a tile, uncompressed, over one connection.
Seeding is timed with everything it does: finding the occupied tiles, drawing, compressing, storing. Which tiles the
hammer calls stale or mixed is told in `bench/hammer.py`."""


@dataclass(frozen=True)
class Figure:
    """One line of the table; without a goal it is there to explain the others."""

    what: str
    value: float
    form: str
    """How the value is written, with its unit, for instance "{:.2f} ms"."""
    at_least: float | None = None
    at_most: float | None = None
    remark: str = ""

    @property
    def has_goal(self) -> bool:
        """Whether there is something to reach."""
        return self.at_least is not None or self.at_most is not None

    @property
    def is_reached(self) -> bool:
        """Whether the value keeps to its goal."""
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """What, measured, goal, reached."""
        what = f"{self.what} ({self.remark})" if self.remark else self.what
        value = self.form.format(self.value)
        if self.at_least is not None:
            goal = f"≥ {self.form.format(self.at_least)}"
        elif self.at_most is not None:
            goal = f"≤ {self.form.format(self.at_most)}"
        else:
            return what, value, "", ""
        return what, value, goal, "yes" if self.is_reached else "**no**"


def machine(url: str, peers: Sequence[str]) -> list[str]:
    """What it ran on, one line each."""
    store = Store(url)
    with store.reading(WORKER) as connection:
        postgres = connection.execute(text("SHOW server_version")).scalar_one()
        postgis = connection.execute(text("SELECT postgis_lib_version()")).scalar_one()
    store.close()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    nginx = subprocess.run(["nginx", "-v"], check=True, capture_output=True, text=True).stderr
    return [
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB of memory",
        f"PostgreSQL {postgres.split()[0]}, PostGIS {postgis}, Python {platform.python_version()}, "
        + ", ".join([nginx.strip().rpartition("version: ")[2], *peers]),
    ]


def table(figures: Sequence[Figure]) -> str:
    """In Markdown."""
    rows = [("", "measured", "goal", "reached"), ("---",) * 4, *(figure.cells for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write(figures: Sequence[Figure], notes: Sequence[str], command: str) -> None:
    """The page of the docs, as this run found it."""
    today = datetime.now(UTC).date().isoformat()
    goals = [figure for figure in figures if figure.has_goal]
    others = [figure for figure in figures if not figure.has_goal]
    head = f"# Benchmarks of tiles\n\nWritten by `{command}` on {today}.\n"
    listed = "\n".join(f"- {note}" for note in notes)
    parts = [f"{head}{_HOW}", listed, table(goals), "## What they rest on", table(others), _WHAT]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
