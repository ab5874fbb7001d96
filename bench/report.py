"""What a measurement prints and, where `--write` was said, the page of the docs that tells it."""

import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from bench.figures import Figure, table
from layers.core.store import WORKER, Store

PAGES = Path(__file__).parent.parent / "docs" / "benchmarks"


def numbers() -> list[int]:
    """What stands behind the name of the measurement, without the options."""
    return [int(word) for word in sys.argv[1:] if not word.startswith("--")]


def is_said(option: str) -> bool:
    """Whether an option was given, for instance --peers."""
    return option in sys.argv


def report(figures: Sequence[Figure], notes: Sequence[str] = ()) -> None:
    """Of the program that runs: its first sentence is the title, what it says of itself is told below the figures."""
    goals = [figure for figure in figures if figure.has_goal]
    others = [figure for figure in figures if not figure.has_goal]
    tables = [table(goals), *(["## What they rest on", table(others)] if others else [])]
    listed = "\n".join(f"- {note}" for note in notes)
    print("\n\n".join(["", listed, *tables]), flush=True)
    if is_said("--write"):
        _write([listed, *tables])


def machine(url: str, *others: str) -> tuple[str, str]:
    """What it ran on: the computer, and the programs that took part."""
    store = Store(url)
    with store.reading(WORKER) as connection:
        postgres = connection.execute(text("SHOW server_version")).scalar_one()
        postgis = connection.execute(text("SELECT postgis_lib_version()")).scalar_one()
    store.close()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    programs = [
        f"PostgreSQL {postgres.split()[0]}",
        f"PostGIS {postgis}",
        f"Python {platform.python_version()}",
        *others,
    ]
    return f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB of memory", ", ".join(programs)


def _write(parts: Sequence[str]) -> None:
    program = sys.modules["__main__"]
    assert program.__spec__ is not None
    name = program.__spec__.name.rpartition(".")[2]
    title, _usage, *about = (program.__doc__ or "").strip().split("\n\n")
    command = " ".join(["script/bench", name, *sys.argv[1:]])
    head = f"# {title.rstrip('.')}\n\nWritten by `{command}` on {datetime.now(UTC).date().isoformat()}."
    (PAGES / f"{name}.md").write_text("\n\n".join([head, *parts, *about]) + "\n", encoding="utf-8")


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
