"""A file that nobody takes for whole before it is."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from layers.core.tiles.export.trouble import NotWritable

ENDING = ".part"


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """A new file beside the target that takes its name at the end; what was there before stays until then.

    Whatever interrupts leaves nothing. Raises NotWritable.
    """
    own = target.with_name(f".{target.name}.{os.getpid()}{ENDING}")
    try:
        if target.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        own.unlink(missing_ok=True)
        yield own
        _write_through(own)
        own.replace(target)
    except (OSError, sqlite3.Error) as cause:
        raise NotWritable(target, cause) from cause
    finally:
        _forget(own)


def _write_through(path: Path) -> None:
    """After a power cut there is the old file or the new one, not an empty one of that name."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
