"""A deployment to be tried: one district of the sample city, published and drawn, in a cluster that is thrown away."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from conformance.service import Service
from demo.sample.city import plan_city
from demo.sample.district import make_boundaries, make_district
from demo.sample.sources import read_sources
from gisserver.access.accounts import create_account
from gisserver.access.keys import add_key
from gisserver.app import entry_of
from gisserver.cluster import Cluster, DatabaseUrls, create_database
from gisserver.cluster.tuning import FOR_TESTS
from layers.core.bulk import BulkPublish
from layers.core.profile import load_profile
from layers.core.profile_store import apply_profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Store
from sql.migrate import migrate
from tests.application import serving
from tests.http_server import listening

PROFILE = Path(__file__).parent.parent / "profiles/izmir.toml"
PARCELS = 300
DATABASE = "pool"
EDITOR = "conformance@example.org"


@contextmanager
def sample_service() -> Iterator[Service]:
    """With a key of the department's."""
    with tempfile.TemporaryDirectory(prefix="gis-conformance-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # the database's account passes through
        cluster = Cluster(folder, server_settings=FOR_TESTS)
        cluster.start()
        try:
            create_database(cluster, DATABASE)
            database = DatabaseUrls.of_cluster(cluster, DATABASE)
            migrate(database.owner)
            key = fill(database, folder)
            with serving(database, folder, PROFILE) as application, listening(entry_of(application)) as root:
                yield Service(f"{root}/api", key)
        finally:
            cluster.stop()


def fill(database: DatabaseUrls, folder: Path) -> str:
    """Publish the district with the fewest neighbourhoods, its boundaries first; a key with which it may be edited."""
    profile = load_profile(PROFILE)
    apply_profile(database.owner, profile)
    sources = read_sources(profile)
    small = min(sources.districts, key=lambda district: len(district.neighbourhoods))
    city = plan_city(replace(sources, districts=(small,)), PARCELS, seed=1)
    (boundaries,) = make_boundaries(city, folder)
    made = make_district(city, small.id, folder)
    loads = (replace(made, tables={**boundaries.tables, **made.tables}),)
    with closing(Store(database.worker, pool_size=1)) as store, store.writing(WORKER) as connection:
        publish = BulkPublish.begin(connection, Registry.of_folder(), loads)
        publish.end({"sample": True})
    with closing(Store(database.owner, pool_size=1)) as store, store.engine.begin() as connection:
        create_account(connection, EDITOR, "conformance", secrets.token_urlsafe(), "editor", small.id)
        return add_key(connection, EDITOR, "conformance", may_publish=True, days=1)
