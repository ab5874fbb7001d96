"""Keeping the downloadable files of public tiles up to date, not more often than the operator wants."""

import datetime

from gisserver.settings import Settings
from layers.core.epochs import current_epoch
from layers.core.profile import Profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Connection, Store
from layers.core.tiles.export import ExportWish, make
from layers.core.tiles.export.choose import file_formats
from layers.core.tiles.export.description import generator
from layers.core.tiles.export.file_format import FileFormat
from layers.core.tiles.export.job import ask_for_export
from layers.core.tiles.export.make import Heard, ignore
from layers.core.tiles.export.shelf import Shelf


def shelf_of(settings: Settings) -> Shelf:
    """Where this machine keeps its files."""
    return Shelf(settings.data / "exports")


def export_when_due(
    store: Store, settings: Settings, profile: Profile, now: datetime.datetime, heard: Heard = ignore
) -> None:
    """Make the files anew, or come back when the interval since the last ones has passed."""
    if not settings.export_interval_minutes:
        return
    shelf = shelf_of(settings)
    wait = _wait(shelf, datetime.timedelta(minutes=settings.export_interval_minutes), now)
    if wait > datetime.timedelta():
        with store.writing(WORKER) as connection:
            ask_for_export(connection, wait)
        return
    with store.reading(WORKER) as connection:
        export_public(connection, shelf, profile, now, heard)


def export_public(
    connection: Connection, shelf: Shelf, profile: Profile, now: datetime.datetime, heard: Heard = ignore
) -> None:
    """One file of all public layers in each format that lacks this epoch. Raises ExportTrouble."""
    epoch = current_epoch(connection)
    wish = ExportWish(Registry.of_folder().public)
    for declared in file_formats():
        if not _is_there(shelf, declared, epoch):
            target = shelf.place(epoch, declared.suffix)
            shelf.keep(make(connection, profile, wish, target, heard), now)


def _is_there(shelf: Shelf, declared: FileFormat, epoch: int) -> bool:
    kept = shelf.newest(declared.suffix)
    return kept is not None and (kept.epoch, kept.generator) == (epoch, generator())


def _wait(shelf: Shelf, interval: datetime.timedelta, now: datetime.datetime) -> datetime.timedelta:
    made = [kept.made_at for kept in shelf.files()]
    return max(made) + interval - now if made else datetime.timedelta()
