"""What somebody before a terminal sees while a file is checked."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.core.progress import Heard, Step

_WORDS = {
    "opening": "Opening the file and finding out where it lies",
    "reading": "Reading the records",
    "comparing": "Comparing them with what is published",
    "checking": "Checking what is new or changed against the rules",
    "writing": "Writing the report",
}


@contextmanager
def shown_progress() -> "Iterator[Heard]":
    """A line on the terminal that is gone when it is done; nothing at all where the output goes to a file."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Line

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Line(*columns, console=Console(stderr=True), transient=True, disable=not os.isatty(2)) as line:
        task = line.add_task("", total=None)

        def hear(step: "Step", done: int, total: int) -> None:
            line.update(task, description=_WORDS[step], completed=done, total=total or None)

        yield hear
