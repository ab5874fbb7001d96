"""A running application on this worker's own database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gisserver.access.accounts import create_account
from gisserver.access.keys import add_key
from gisserver.app import create_app
from gisserver.service import Service
from gisserver.settings import Settings
from layers.core.store import Store

TEST_PROFILE = Path(__file__).parent / "data/profiles/test.toml"
PASSWORD = "a password for tests only"


@pytest.fixture
def app(database, tmp_path: Path) -> Iterator[Flask]:
    """The service as `gis up` builds it."""
    with serving(database, tmp_path, TEST_PROFILE) as application:
        yield application


@contextmanager
def serving(database, folder: Path, profile: Path) -> Iterator[Flask]:
    """The service of one city, closed afterwards."""
    settings = Settings.load({"GIS_DATA": str(folder), "GIS_PROFILE": str(profile)}, folder / ".env")
    application = create_app(settings, database.web)
    yield application
    built: Service = application.extensions["gisserver"]
    built.tiles.close()
    built.edits.close()
    built.store.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """An anonymous caller."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask, database):
    """`signed_in("editor", 2)` is a caller with that role and district."""
    owner = Store(database.owner)

    def sign_in(role: str, district_id: int | None = None) -> FlaskClient:
        with owner.engine.begin() as connection:
            account = create_account(
                connection, f"{role}{district_id or ''}@example.org", role, PASSWORD, role, district_id
            )
            number = connection.exec_driver_sql(
                "SELECT session_no FROM auth.account WHERE id = %s", (account,)
            ).scalar_one()
        client = app.test_client()
        with client.session_transaction() as session:
            session["account"], session["no"] = account, number
        return client

    yield sign_in
    owner.close()


@pytest.fixture
def keyed(app: Flask, database):
    """`keyed("editor", 2)` is the header of a program that acts for such an account."""
    owner = Store(database.owner)

    def make_key(
        role: str, district_id: int | None = None, *, may_publish: bool = False, days: int | None = None
    ) -> dict[str, str]:
        email = f"{role}{district_id or ''}@example.org"
        with owner.engine.begin() as connection:
            create_account(connection, email, role, PASSWORD, role, district_id)
            return {"Authorization": f"Bearer {add_key(connection, email, 'test', may_publish=may_publish, days=days)}"}

    yield make_key
    owner.close()
