"""What this service counts of itself, for Prometheus; several web processes are added up by its library.

Every label has a handful of values, whatever is asked for.
"""

import os
import time
from enum import StrEnum
from pathlib import Path
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Variable that names the folder where processes leave their numbers for each other. It is the library's own, read
when it is imported, so `gis up` sets it for its children and it is no setting."""


class Kind(StrEnum):
    """How a request was answered."""

    MEMORY = "tile_from_memory"
    ROW = "tile_from_row"
    ITEM = "item_from_row"
    PAGE = "page_in_loop"
    SEARCH = "search_in_loop"
    OTHER = "other"


class Metrics:
    """The numbers of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter("gis_requests", "Requests answered.", ("kind", "status"), registry=self._registry)
        self._cache_bytes = self._gauge("gis_tile_cache_bytes", "Memory that kept tiles take.", "livesum")
        self._epoch = self._gauge("gis_known_epoch", "Newest publish that every web process knows.", "livemin")
        self._silence = self._gauge(
            "gis_listen_silence_seconds", "Longest time since a web process last heard its database.", "livemax"
        )

    def answered(self, kind: Kind, status: int, number: int = 1) -> None:
        """Count requests."""
        self._requests.labels(kind.value, f"{status // 100}xx").inc(number)

    def note(self, *, cache_bytes: int, known_epoch: int, heard_at: float) -> None:
        """How this process stands with its tiles; `heard_at` is on the monotonic clock."""
        self._cache_bytes.set(cache_bytes)
        self._epoch.set(known_epoch)
        self._silence.set(time.monotonic() - heard_at)

    def exposition(self) -> bytes:
        """The numbers of all web processes together, or of this one where there is no folder."""
        shared = os.environ.get(SHARED_FOLDER)
        if shared is None:
            return generate_latest(self._registry)
        _forget_the_dead(Path(shared))
        together = CollectorRegistry()
        MultiProcessCollector(together, shared)  # type: ignore[no-untyped-call]
        return generate_latest(together)

    def _gauge(self, name: str, help_text: str, joined: Literal["livesum", "livemin", "livemax"]) -> Gauge:
        return Gauge(name, help_text, registry=self._registry, multiprocess_mode=joined)


def _forget_the_dead(folder: Path) -> None:
    """What a process counted stays counted; how it stood is over with it."""
    for file in folder.glob("gauge_live*.db"):
        pid = int(file.stem.rpartition("_")[2])
        if not Path("/proc", str(pid)).exists():
            mark_process_dead(pid, str(folder))  # type: ignore[no-untyped-call]
