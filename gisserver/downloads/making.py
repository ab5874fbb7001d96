"""Keeping the ready-made files of public layers up to date, none of them made more often than the operator wants."""

import datetime
import hashlib
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

from gisserver.downloads.child import Outcome
from gisserver.downloads.order import Order
from gisserver.downloads.process import Watch, Writer
from gisserver.downloads.ready import UNFINISHED, ReadyFile, ReadyShelf, Wanted
from gisserver.formats import whole_formats
from gisserver.settings import Settings
from layers.core.after_publish import ask_for_downloads, publishes_of, sizes_of
from layers.core.epochs import current_epoch, epoch_details
from layers.core.registry import Registry
from layers.core.store import ANONYMOUS, WORKER, Store
from layers.core.tiles.export.description import generator

_LONGEST_S = 3 * 3600
_LOOK_S = 0.5
_NOW = datetime.timedelta()

_log = logging.getLogger(__name__)


class Interrupted(Exception):
    """The worker is to stop; what is whole stays, the rest is made by the next run."""


@dataclass(frozen=True)
class Standing:
    """What is published of a layer, and which publish changed it where."""

    epoch: int
    published_at: datetime.datetime | None
    publishes: Mapping[int | None, int]
    sizes: Mapping[int, int]

    def changed_in(self, district_id: int | None) -> int:
        """The newest publish that may have changed the layer there; None for anywhere."""
        if district_id is None:
            return max(self.publishes.values(), default=0)
        return max(self.publishes.get(None, 0), self.publishes.get(district_id, 0))


@dataclass(frozen=True)
class Maker:
    """One run over all public layers."""

    store: Store
    settings: Settings
    shelf: ReadyShelf
    now: Callable[[], datetime.datetime]
    is_told_to_stop: Callable[[], bool] = lambda: False

    def run(self) -> None:
        """Make what publishes have changed, and come back for what was made only lately. Raises Interrupted."""
        if not self.settings.ready_interval_minutes:
            return
        self.shelf.prepare()
        with Writer() as writer:
            waits = [wait for layer in Registry.of_folder().public for wait in self._renewed(layer.id, writer)]
        if waits:
            with self.store.writing(WORKER) as connection:
                ask_for_downloads(connection, min(waits))

    def _renewed(self, layer: str, writer: Writer) -> Iterator[datetime.timedelta]:
        """How long those have to wait that were made only lately."""
        kept = {file.wanted: file for file in self.shelf.newest(layer)}
        standing = self._standing(layer)
        wanted = list(self._wanted(layer, standing))
        self.shelf.forget(layer, kept.keys() - set(wanted))
        for one in wanted:
            wait = self._wait(kept.get(one), standing)
            if wait == _NOW:
                self._make(one, self._standing(layer), writer)
            elif wait is not None:
                yield wait

    def _standing(self, layer: str) -> Standing:
        with self.store.reading(WORKER) as connection:
            epoch = current_epoch(connection)
            details = epoch_details(connection, epoch)
            return Standing(
                epoch=epoch,
                published_at=details.published_at if details else None,
                publishes=publishes_of(connection, layer),
                sizes=sizes_of(connection, layer),
            )

    def _wanted(self, layer: str, standing: Standing) -> Iterator[Wanted]:
        """The layer and each of its districts in which something lies."""
        for word in self.settings.ready_formats if standing.sizes else ():
            for district_id in (None, *sorted(standing.sizes)):
                yield Wanted(layer, district_id, word, whole_formats()[word].suffix)

    def _wait(self, kept: ReadyFile | None, standing: Standing) -> datetime.timedelta | None:
        """None where the file holds what is published."""
        if kept is None:
            return _NOW
        if kept.generator == generator() and standing.changed_in(kept.wanted.district_id) <= kept.epoch:
            return None
        interval = datetime.timedelta(minutes=self.settings.ready_interval_minutes)
        return max(kept.made_at + interval - self.now(), _NOW)

    def _make(self, wanted: Wanted, standing: Standing, writer: Writer) -> None:
        """What cannot be made leaves the file before it, and a line in the log."""
        name = wanted.name(standing.epoch)
        with TemporaryDirectory(prefix=UNFINISHED, dir=self.shelf.folder) as folder:
            order = self._order(wanted, standing, f"{folder}/{name}")
            said = writer.write(order, self._watched)
            if self.is_told_to_stop():
                raise Interrupted
            if said != Outcome.MADE:
                _log.error("%s was not made: %s", name, said or "its process ended without a word")
                return
            size, digest = _size_and_digest(order)
            order.path.replace(self.shelf.place(name))
        declared = whole_formats()[wanted.format]
        self.shelf.keep(
            ReadyFile(
                wanted=wanted,
                media_type=declared.media_type,
                epoch=standing.epoch,
                published_at=standing.published_at,
                made_at=self.now(),
                generator=generator(),
                size_bytes=size,
                sha256=digest,
            )
        )

    def _order(self, wanted: Wanted, standing: Standing, target: str) -> Order:
        """What anybody may see, as of the publish that the file's name says."""
        district = {} if wanted.district_id is None else {"district_id": str(wanted.district_id)}
        return Order(
            database_url=self.store.engine.url.render_as_string(hide_password=False),
            profile=str(self.settings.profile_path),
            layer=wanted.layer,
            format=wanted.format,
            arguments={"epoch": str(standing.epoch), **district},
            role=ANONYMOUS.role,
            district_id=None,
            account_id=None,
            target=target,
            query_seconds=_LONGEST_S,
            most_bytes=self.settings.download_limit_mb * 1_000_000,
        )

    @property
    def _watched(self) -> Watch:
        @contextmanager
        def watch(stop: Callable[[], object]) -> Iterator[None]:
            is_over = threading.Event()
            watching = threading.Thread(target=self._stop_when_told, args=(is_over, stop))
            watching.start()
            try:
                yield
            finally:
                is_over.set()
                watching.join()

        return watch

    def _stop_when_told(self, is_over: threading.Event, stop: Callable[[], object]) -> None:
        while not is_over.wait(_LOOK_S):
            if self.is_told_to_stop():
                stop()


def _size_and_digest(order: Order) -> tuple[int, str]:
    """Once it is on the disk: after a power cut there is the file that the list names."""
    with order.path.open("rb") as file:
        os.fsync(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return order.path.stat().st_size, digest
