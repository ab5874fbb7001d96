"""What runs over a data folder, written down so that a later command finds it after any crash."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from gisserver.processes.identity import Identity, machine_start
from gisserver.processes.trouble import AlreadyRuns, NotOurs


@dataclass(frozen=True)
class State:
    """The supervisor and its children."""

    supervisor: Identity
    address: str
    children: Mapping[str, Identity] = field(default_factory=dict)
    is_ready: bool = False


class StateFile:
    """One file in the data folder, replaced as a whole."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._path = data / "run.json"

    def write(self, state: State) -> None:
        """A reader sees the old state or the new one, never half."""
        unfinished = self._path.with_suffix(".new")
        unfinished.write_text(json.dumps({"machine_start": machine_start(), **asdict(state)}), encoding="utf-8")
        unfinished.replace(self._path)

    def read(self) -> State | None:
        """None where nothing was started since the machine was."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        return _state(kept) if kept.pop("machine_start") == machine_start() else None

    def remove(self) -> None:
        """Nothing runs any more."""
        self._path.unlink(missing_ok=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Only one supervisor per data folder; the system frees the lock however the holder ends."""
        try:
            lock = os.open(self._data / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError as cause:
            raise NotOurs(self._data) from cause
        try:
            self._take(lock)
            yield
        finally:
            os.close(lock)

    def _take(self, lock: int) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            state = self.read()
            raise AlreadyRuns(self._data, state.address if state else None) from cause


def _state(kept: Mapping[str, Any]) -> State:
    return State(
        supervisor=Identity(**kept["supervisor"]),
        address=kept["address"],
        children={role: Identity(**identity) for role, identity in kept["children"].items()},
        is_ready=kept["is_ready"],
    )
