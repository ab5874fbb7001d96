"""The database as the service needs it: running, migrated, with the city's profile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gisserver.cluster import Cluster, create_database, database_urls, prepare_server
from gisserver.settings import Settings

Say = Callable[[str], None]


def start_database(settings: Settings, say: Say) -> None:
    """Start the private server, or make an existing one ready."""
    if settings.database_url:
        prepare_server(settings.database_url)
        return
    cluster = Cluster(settings.data)
    if not cluster.is_running():
        say(f"Starting the database in {settings.data} …")
    cluster.start()
    create_database(cluster)


def bring_up_to_date(settings: Settings, say: Say) -> None:
    """Migrations, functions, grants and the profile."""
    # Imported here: `gis status` and `gis down` need none of it and should answer at once.
    from layers.core.profile import load_profile
    from layers.core.profile_store import apply_profile
    from sql.migrate import migrate

    profile = load_profile(settings.profile_path)
    owner = database_urls(settings).owner
    for name in migrate(owner):
        say(f"Applied migration {name}.")
    apply_profile(owner, profile)


@contextmanager
def running_database(settings: Settings, say: Say) -> Iterator[None]:
    """The database for the length of one command; a private server that was down goes down again."""
    cluster = None if settings.database_url else Cluster(settings.data)
    was_running = cluster is None or cluster.is_running()
    start_database(settings, say)
    try:
        yield
    finally:
        if cluster is not None and not was_running:
            cluster.stop()
