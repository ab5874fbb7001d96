"""The process that opens sent files: it answers one request after the other until its input ends."""

import json
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from importers.apart.confine import Limits, set_limits, shut_in

if TYPE_CHECKING:
    from importers.reader import Batch, Reader

_log = logging.getLogger(__name__)


def main() -> None:
    """Give rights away first, so that what is imported afterwards has none either."""
    limits = Limits(**json.loads(sys.argv[1]))
    asked, answers = _keep_the_pipes()
    set_limits(limits)
    shut_in(Path.cwd())
    # Optional to pyogrio, and slower to load than all else together.
    sys.modules.update(dict.fromkeys(("geopandas", "pandas", "pyproj")))  # type: ignore[arg-type]
    from importers.apart import frames

    try:
        while True:
            said, _ = frames.read_frame(lambda size: _exactly(asked, size))
            _answer(said, answers)
    except (frames.PipeEnded, BrokenPipeError):
        return


def _keep_the_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Libraries that print must not speak into the answers."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return asked, answers


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    from importers.apart.frames import PipeEnded

    read = pipe.read(size)
    if len(read) < size:
        raise PipeEnded
    return read


def _answer(said: dict[str, Any], answers: IO[bytes]) -> None:
    """What was asked for, or why not; the file's fault or ours, the process stays."""
    from importers.apart.frames import write_frame
    from importers.broken import BrokenFile, TooLargeToRead, UnreadableFile

    reader: Reader = import_module(f"importers.readers.{said['reader']}").READER
    try:
        for frame, shapes in _replies(said, reader):
            write_frame(answers, frame, shapes)
    except BrokenFile as broken:
        write_frame(answers, {"broken": broken.code, "facts": broken.facts})
    except MemoryError:
        write_frame(answers, {"broken": TooLargeToRead.code, "facts": {"format": reader.title.en}})
    except BrokenPipeError:
        raise
    except Exception:
        _log.exception("the reader of %s failed", reader.id)
        write_frame(answers, {"broken": UnreadableFile.code, "facts": {"format": reader.title.en}})


def _replies(said: dict[str, Any], reader: "Reader") -> Iterator[tuple[dict[str, Any], Sequence[bytes]]]:
    from importers.apart.frames import pack
    from importers.reader import source_of

    path = Path(said["path"])
    if said["do"] == "describe":
        yield {"layers": [asdict(layer) for layer in reader.describe(path, frozenset(said["letters"]))]}, ()
        return
    lines = None if said["lines"] is None else frozenset(said["lines"])
    for batch in _at_most(said["most"], reader.read(path, source_of(said["layer"]))):
        frame, shapes = pack(batch if lines is None else batch.those(lines))
        yield dict(frame), shapes
    yield {"done": True}, ()


def _at_most(most: int | None, batches: Iterable["Batch"]) -> Iterator["Batch"]:
    """All of them, or no more than the first lines."""
    if most is None:
        yield from batches
        return
    for batch in batches:
        yield batch.first(most)
        most -= len(batch.lines)
        if most <= 0:
            return


if __name__ == "__main__":
    main()
