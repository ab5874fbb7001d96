"""A program acts for an account by a key; a browser's cookie alone moves nothing."""

from base64 import b64encode

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from gisserver.cli import GIS
from gisserver.cli.key import COMMAND as KEY
from layers.core.store import Store
from tests.application import TEST_PROFILE

UPLOADS = "/api/uploads"


def test_a_key_acts_for_its_account_and_no_other(client, keyed):
    assert client.get(UPLOADS, headers=keyed("editor", 1)).status_code == 200
    assert client.get(UPLOADS, headers=keyed("planner")).status_code == 403
    assert client.get(UPLOADS).status_code == 401


def test_a_program_that_knows_only_names_and_passwords_shows_it_as_password(client, keyed):
    key = keyed("editor", 1)["Authorization"].removeprefix("Bearer ")

    def basic(name: str, password: str) -> dict[str, str]:
        return {"Authorization": "Basic " + b64encode(f"{name}:{password}".encode()).decode()}

    assert client.get(UPLOADS, headers=basic("Editor1@example.org", key)).status_code == 200
    assert client.get(UPLOADS, headers=basic("somebody@else.org", key)).status_code == 401
    of_a_proxy = client.get("/api/collections", headers=basic("office", "the proxy's own password"))
    assert of_a_proxy.status_code == 200


@pytest.mark.parametrize("shown", ["gis_no-such-key", "", "ş"])
def test_what_opens_nothing_is_refused_even_where_nobody_has_to_sign_in(client, shown):
    answer = client.get("/api/collections", headers={"Authorization": f"Bearer {shown}", "Accept-Language": "en"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Ask the department for a new one" in answer.get_json()["detail"]


def test_a_key_that_has_expired_opens_nothing(client, keyed, database):
    header = keyed("editor", 1, days=1)
    assert client.get(UPLOADS, headers=header).status_code == 200
    change(database, "UPDATE auth.access_key SET expires_at = now()")
    assert client.get(UPLOADS, headers=header).status_code == 401


def test_a_key_of_somebody_who_may_no_longer_sign_in_opens_nothing(client, keyed, database):
    header = keyed("editor", 1)
    change(database, "UPDATE auth.account SET is_active = false")
    assert client.get(UPLOADS, headers=header).status_code == 401


def test_a_key_beside_a_cookie_is_what_counts(signed_in, keyed):
    department = signed_in("department")
    assert department.post("/api/changesets/1/accept", headers=keyed("planner")).status_code == 403


def test_another_site_cannot_write_with_the_cookie_of_a_browser(signed_in):
    editor = signed_in("editor", 1)
    answer = editor.post("/api/changesets/1/submit", json={}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


def test_who_has_neither_key_nor_cookie_is_asked_to_sign_in(client):
    assert client.post("/api/changesets/1/submit", json={}).status_code == 401


def test_keys_are_made_listed_and_revoked_on_the_command_line(client, database, keyed, monkeypatch):
    monkeypatch.setenv("GIS_DATABASE_URL", database.owner)
    monkeypatch.setenv("GIS_PROFILE", str(TEST_PROFILE))
    keyed("editor", 1)

    def gis(*words: str):
        return CliRunner().invoke(GIS, [KEY.name, *words])

    made = gis("add", "editor1@example.org", "--name", "QGIS, Ayşe", "--publishes", "--days", "30").stdout.strip()
    header = {"Authorization": f"Bearer {made}"}
    assert client.get(UPLOADS, headers=header).status_code == 200
    listed = gis("list").stdout.splitlines()[-1]
    assert "publishes" in listed
    assert "QGIS, Ayşe" in listed
    assert made not in listed
    assert gis("revoke", listed.split()[0]).exit_code == 0
    assert client.get(UPLOADS, headers=header).status_code == 401
    assert gis("revoke", "4711").exit_code == 2
    assert gis("add", "nobody@example.org", "--name", "x").exit_code == 2


def change(database, statement: str) -> None:
    store = Store(database.owner)
    with store.engine.begin() as connection:
        connection.execute(text(statement))
    store.close()
