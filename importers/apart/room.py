"""Where sent files are opened: a folder, and a process that sees nothing else."""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, cast

from importers.apart.confine import Limits
from importers.apart.frames import PipeEnded, read_frame, unpack, write_frame
from importers.broken import BrokenFile, TookTooLongToRead, TooLargeToRead, UnreadableFile
from importers.reader import Reader, Record, SourceDescription, source_of

_LAST_BREATH_S = 10
"""Between the last word of a process and its end, in which the kernel says why."""
_NEAR_THE_LIMIT = 0.4
"""Of the address space, in memory really used."""
_LONGEST_SILENCE = 2
"""Times the limit of processor time: a process that only waits does not use it up."""


_log = logging.getLogger(__name__)


class ReadingRoom:
    """Readers at work on the files of one folder."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.folder = folder
        self._limits = limits or Limits()
        # It wakes up while the file is being unpacked.
        self._process = self._started()

    def describe(self, reader: Reader, path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
        """The layers of a file. Raises BrokenFile."""
        self._ask({"do": "describe", "reader": reader.id, "path": str(path), "letters": "".join(sorted(letters))})
        said, _ = self._heard(reader)
        return tuple(source_of(layer) for layer in said["layers"])

    def records(
        self,
        reader: Reader,
        path: Path,
        source: SourceDescription,
        most: int | None = None,
        lines: Collection[int] | None = None,
    ) -> Iterator[Record]:
        """The records of a layer in the file's order, or the first of them, or those of some lines.

        Raises BrokenFile.
        """
        asked = {"most": most, "lines": None if lines is None else sorted(lines)}
        self._ask({"do": "read", "reader": reader.id, "path": str(path), "layer": asdict(source), **asked})
        is_done = False
        try:
            while True:
                said, shapes = self._heard(reader)
                if is_done := "done" in said:
                    return
                yield from unpack(said, shapes).records()
        except BrokenFile:
            is_done = True
            raise
        finally:
            if not is_done:  # nobody listens any more, and the process would go on speaking
                self.close()

    def close(self) -> None:
        """End the process; another starts when it is needed."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            cast(IO[bytes], pipe).close()

    def _started(self) -> subprocess.Popen[bytes]:
        """Isolated (-I): neither the environment nor a file of the folder can bring in code."""
        command = [sys.executable, "-IB", "-m", "importers.apart.child", json.dumps(asdict(self._limits))]
        # A library that looks for its settings at home finds nobody's: who we are is not to be read in there.
        own = str(self.folder)
        environment = {"LC_ALL": "C.UTF-8", "HOME": own, "TMPDIR": own, "OPENBLAS_NUM_THREADS": "1"}
        return subprocess.Popen(
            command,
            bufsize=0,
            cwd=self.folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def _ask(self, said: dict[str, Any]) -> None:
        if self._process.poll() is not None:
            self.close()
            self._process = self._started()
        with suppress(BrokenPipeError):  # how it ended is seen when its answer is read
            write_frame(cast(IO[bytes], self._process.stdin), said)

    def _heard(self, reader: Reader) -> tuple[dict[str, Any], bytes]:
        try:
            said, shapes = read_frame(self._exactly)
        except PipeEnded as cause:
            raise self._why_it_ended(reader) from cause
        if "broken" in said:
            raise broken_as(said["broken"], said["facts"])
        return said, shapes

    def _exactly(self, size: int) -> bytes:
        pipe = cast(IO[bytes], self._process.stdout).fileno()
        read = bytearray(size)
        view = memoryview(read)
        latest = time.monotonic() + _LONGEST_SILENCE * self._limits.cpu_seconds
        while view:
            if not select.select([pipe], [], [], max(latest - time.monotonic(), 0))[0]:
                os.kill(self._process.pid, signal.SIGXCPU)
                raise PipeEnded
            if not (got := os.readv(pipe, [view])):
                raise PipeEnded
            view = view[got:]
        return bytes(read)

    def _why_it_ended(self, reader: Reader) -> BrokenFile:
        ended = os.pidfd_open(self._process.pid)
        select.select([ended], [], [], _LAST_BREATH_S)
        os.close(ended)
        os.kill(self._process.pid, signal.SIGKILL)  # where it still lives: it spoke nonsense
        _, status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self.close()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
            return TookTooLongToRead(format=reader.title.en, minutes=max(self._limits.cpu_seconds // 60, 1))
        # A library that is refused memory ends in many ways.
        if used.ru_maxrss * 1024 > _NEAR_THE_LIMIT * self._limits.memory_bytes:
            return TooLargeToRead(format=reader.title.en)
        _log.warning("the process that read %s ended with %d", reader.id, os.waitstatus_to_exitcode(status))
        return UnreadableFile(format=reader.title.en)


@contextmanager
def reading_room(limits: Limits | None = None) -> Iterator[ReadingRoom]:
    """An empty folder with a process that sees no other; both are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="gis-import-") as folder:
        room = ReadingRoom(Path(folder), limits)
        try:
            yield room
        finally:
            room.close()


def broken_as(code: str, facts: dict[str, Any]) -> BrokenFile:
    """What the process said of the file, as if it had been raised here."""
    (kind,) = (kind for kind in BrokenFile.kinds() if kind.code == code)
    return kind(**facts)
