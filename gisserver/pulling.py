"""One pull in a process of its own: a source that sends what breaks a program ends this and nothing else."""

import logging
import os
import subprocess
import sys
from contextlib import closing

from sqlalchemy.exc import OperationalError

from gisserver.cluster import database_urls
from gisserver.own_process import limit_this_process
from gisserver.settings import Settings
from importers.pulling import note_failure, pull
from importers.source import Terms
from importers.unfetched import NoRoom, NotFetched, PullInterrupted
from layers.core import pulls
from layers.core.declared_source import DeclaredSource
from layers.core.hosts import Hosts
from layers.core.inbox import Quota, QuotaExceeded
from layers.core.profile import Profile, load_profile
from layers.core.pulls import UnknownSource
from layers.core.store import WORKER, Store

DONE = 0
FAILED = 3
"""What is wrong is kept already."""

_log = logging.getLogger(__name__)


class NotPulled(Exception):
    """It is tried again later."""


def main() -> None:
    """Pull the source named on the command line."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings = Settings.load(os.environ)
    limit_this_process(settings.source_minutes * 60)
    with closing(Store(database_urls(settings).worker, pool_size=1)) as store:
        is_good = pull_now(store, settings, load_profile(settings.profile_path), sys.argv[1])
    sys.exit(DONE if is_good else FAILED)


def pull_apart(store: Store, settings: Settings, source_id: str, attempts: int) -> None:
    """As the worker does it. Raises NotPulled."""
    profile = load_profile(settings.profile_path)
    try:
        with store.reading(WORKER) as connection:
            found = pulls.standing(connection, profile, source_id)
    except UnknownSource:
        return  # it has been taken out of the profile meanwhile
    if attempts and found.is_paused:
        return
    command = [sys.executable, "-m", "gisserver.pulling", source_id]
    ended = subprocess.run(command, env={**os.environ, **settings.environment()}, check=False).returncode
    if ended == DONE:
        return
    if ended != FAILED:
        _log.error("pulling %s ended with %s", source_id, ended)
        note_failure(store, found.source, PullInterrupted(where=source_id))
    raise NotPulled(source_id)


def pull_now(store: Store, settings: Settings, profile: Profile, source_id: str) -> bool:
    """False where nothing could be taken; what is wrong is kept. Raises UnknownSource."""
    with store.reading(WORKER) as connection:
        found = pulls.standing(connection, profile, source_id)
    quota = Quota(settings.upload_limit_mb * 1_000_000, settings.waiting_limit_mb * 1_000_000)
    try:
        pull(store, found.source, terms_of(settings, found.source), quota, found.marker or {})
    except NotFetched as trouble:
        note_failure(store, found.source, trouble)
    except QuotaExceeded as full:
        note_failure(store, found.source, NoRoom(why=str(full)))
    except OperationalError:
        _log.exception("the database does not answer")
    else:
        return True
    return False


def terms_of(settings: Settings, source: DeclaredSource) -> Terms:
    """As the operator allows it."""
    secrets = dict(word.split("=", 1) for word in settings.source_secrets)
    return Terms(
        hosts=Hosts.named_in(settings.source_hosts, may_be_private=settings.source_private),
        root=settings.source_folder,
        secret=secrets.get(source.id),
        most_bytes=settings.upload_limit_mb * 1_000_000,
        patience_s=settings.source_minutes * 60.0,
    )


if __name__ == "__main__":
    main()
