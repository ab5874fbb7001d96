"""How the service stands, part by part: what is so, and what to do where something is wrong."""

import datetime
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.service import service
from gisserver.site.figures import count, size
from layers.answers import figures
from layers.core import system_state
from layers.core.store import Connection

_CARE_BELOW, _BAD_BELOW = 0.15, 0.05
"""Of the disk, free."""


class Tone(StrEnum):
    """How a part stands; also the tone of its mark."""

    GOOD = "good"
    CARE = "care"
    BAD = "bad"


@dataclass(frozen=True)
class Part:
    """One part of the service."""

    name: str
    tone: Tone
    sentence: str


def parts(connection: Connection, now: datetime.datetime) -> tuple[Part, ...]:
    """Worker and jobs, disk, tiles, archive."""
    return (*_work(system_state.jobs(connection), now), *_data(connection))


def _work(jobs: system_state.Jobs, now: datetime.datetime) -> Iterator[Part]:
    if not jobs.is_worker_silent(now):
        yield Part(_("Worker"), Tone.GOOD, _("Works."))
    elif jobs.worker_heard_at is None:
        said = _("No worker has ever begun here: no file is checked, nothing is published. Start the service (gis up).")
        yield Part(_("Worker"), Tone.BAD, said)
    else:
        said = _(
            "Not heard of since %(since)s: no file is checked, nothing is published. Start the service anew (gis up).",
            since=_moment(jobs.worker_heard_at),
        )
        yield Part(_("Worker"), Tone.BAD, said)
    waiting = _(
        "%(waiting)s wait, %(running)s are being done.", waiting=count(jobs.waiting), running=count(jobs.running)
    )
    if jobs.failed:
        given_up = _("%(failed)s were given up within seven days; the log says why.", failed=count(jobs.failed))
        yield Part(_("Jobs"), Tone.CARE, f"{waiting} {given_up}")
    else:
        yield Part(_("Jobs"), Tone.GOOD, waiting)


def _data(connection: Connection) -> Iterator[Part]:
    storage, tiles = system_state.storage(connection), system_state.tiles(connection)
    yield _disk(storage)
    if storage.epoch and not tiles.about and tiles.epoch is None:
        yield Part(_("Tiles"), Tone.CARE, _("None is rendered, so the map is empty. Render them with gis tiles seed."))
    else:
        said = _(
            "About %(number)s with %(size)s; the newest is of publish %(tiles)s, the pool's newest is %(pool)s.",
            number=count(tiles.about),
            size=size(tiles.bytes),
            tiles=tiles.epoch or "–",
            pool=storage.epoch,
        )
        yield Part(_("Tiles"), Tone.GOOD, said)
    yield _archive(storage)


def _disk(storage: system_state.Storage) -> Part:
    disk = shutil.disk_usage(service().settings.data)
    said = _(
        "%(free)s of %(total)s are free; the database takes %(database)s.",
        free=size(disk.free),
        total=size(disk.total),
        database=size(storage.bytes),
    )
    share = disk.free / disk.total
    if share >= _CARE_BELOW:
        return Part(_("Disk"), Tone.GOOD, said)
    tone = Tone.CARE if share >= _BAD_BELOW else Tone.BAD
    return Part(_("Disk"), tone, f"{said} {_('Make room before it is full: then nothing is published any more.')}")


def _archive(storage: system_state.Storage) -> Part:
    if not storage.is_archived:
        said = _(
            "PostgreSQL archives nothing here, and the service makes no copy by itself. See to a copy of the database "
            "and of the data folder on another machine."
        )
        return Part(_("Backup"), Tone.CARE, said)
    if storage.is_archive_failing:
        said = _(
            "PostgreSQL could not archive lately. Its log says why; until then a backup lacks the newest publishes."
        )
        return Part(_("Backup"), Tone.BAD, said)
    if storage.archived_at is None:
        return Part(_("Backup"), Tone.CARE, _("PostgreSQL is to archive, and has not done so yet."))
    return Part(_("Backup"), Tone.GOOD, _("PostgreSQL archived last: %(at)s.", at=_moment(storage.archived_at)))


def _moment(at: datetime.datetime) -> str:
    return figures.moment(at, str(get_locale()), service().profile.timezone)
