"""A process that is started again when it ends by itself."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gisserver.processes.ending import end
from gisserver.processes.identity import Identity
from gisserver.processes.trouble import KeepsDying

QUICK = 10.0
"""A process that lived for fewer seconds than this died quickly."""

ENOUGH = 5
"""So many quick deaths in a row, and something is wrong that a restart does not mend."""

_LONG_PAUSE = 60.0

_REMAINS_PATIENCE = 3.0
_LARGE = 50 * 1024 * 1024


@dataclass
class Deaths:
    """How often a process died right after its start."""

    quick: int = 0

    @property
    def are_enough(self) -> bool:
        """Whether an operator should hear of it."""
        return self.quick >= ENOUGH

    def pause_after(self, lived: float) -> float:
        """Seconds to wait before the next start, longer after each quick death."""
        self.quick = self.quick + 1 if lived < QUICK else 0
        return _LONG_PAUSE if self.are_enough else 0.5 * 2**self.quick


class Child:
    """One role, for instance `web`, and the process that fills it."""

    def __init__(self, role: str, command: Sequence[str], environment: Mapping[str, str], data: Path) -> None:
        self.role = role
        self.log = data / "log" / f"{role}.log"
        self._data = data
        self._command = list(command)
        self._environment = dict(environment)
        self._deaths = Deaths()
        self._process: subprocess.Popen[bytes] | None = None
        self._identity: Identity | None = None
        self._started_at = 0.0
        self._next_start = 0.0

    @property
    def identity(self) -> Identity | None:
        """The process as the state file keeps it."""
        return self._identity

    @property
    def is_steady(self) -> bool:
        """Whether the process runs, and after a quick death has run for a while again."""
        if self._process is None or self._process.poll() is not None:
            return False
        return self._deaths.quick == 0 or time.monotonic() - self._started_at > QUICK

    def tend(self) -> bool:
        """Start the process where it does not run and its pause is over; True if one was started.

        Raises KeepsDying once after each death too many; later calls try again.
        """
        now = time.monotonic()
        if self._process is not None and self._process.poll() is not None:
            self._process = None
            self._after_death(now)
        if self._process is not None or now < self._next_start:
            return False
        self._start(now)
        return True

    def bury(self) -> None:
        """Take note of the end, so that the system forgets the process."""
        if self._process is not None:
            self._process.wait()
            self._process = None

    def _after_death(self, now: float) -> None:
        """What the dead process began would share the port with its successor, so that ends first."""
        if self._identity is not None:
            end([self._identity], self._data, _REMAINS_PATIENCE)
        pause = self._deaths.pause_after(now - self._started_at)
        self._next_start = now + pause
        if self._deaths.are_enough:
            raise KeepsDying(self.role, self.log, self._last_line())

    def _start(self, now: float) -> None:
        if self.log.exists() and self.log.stat().st_size > _LARGE:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._identity = Identity.of(self._process.pid)
        self._started_at = now

    def _last_line(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing.")
