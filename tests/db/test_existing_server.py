"""GIS_DATABASE_URL: one user signs in to somebody's server and takes the role of each part."""

import os
import pwd

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from gisserver.cluster import DatabaseUrls, prepare_server
from layers.core.jobs import enqueue
from layers.core.store import WORKER, Actor, Store


@pytest.fixture
def existing(cluster, database):
    """The address as an administrator would write it: the server's superuser, this test's database."""
    superuser = pwd.getpwuid(os.geteuid()).pw_name if os.geteuid() else "postgres"
    address = database.owner.replace("gis_owner@", f"{superuser}@")
    prepare_server(address)
    return DatabaseUrls.from_url(address)


@pytest.mark.parametrize(("way", "role"), [("owner", "gis_owner"), ("web", "gis_web"), ("worker", "gis_worker")])
def test_each_part_takes_its_role(existing, way, role):
    store = Store(getattr(existing, way))
    with store.reading() as connection:
        assert connection.execute(text("SELECT current_user")).scalar_one() == role
    store.close()


def test_row_level_security_holds_there_too(existing):
    kept = text(
        "INSERT INTO inbox.changeset (district_id, layer_id, title, base_epoch) "
        "VALUES (:district, 'parcels', 'test', 0)"
    )
    store = Store(existing.web)
    with store.writing(Actor("editor", 1)) as connection:
        connection.execute(kept, {"district": 1})
    with pytest.raises(ProgrammingError, match="row-level security"), store.writing(Actor("editor", 1)) as connection:
        connection.execute(kept, {"district": 2})
    store.close()


def test_a_job_can_be_queued_there(existing):
    store = Store(existing.worker)
    with store.writing(WORKER) as connection:
        assert enqueue(connection, "check_upload", upload_id="none") > 0
    store.close()
