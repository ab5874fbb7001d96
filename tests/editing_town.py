"""Two districts whose parcels other programs edit: published once for all tests of a file."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from gisserver.access.accounts import create_account
from gisserver.access.keys import add_key
from gisserver.cluster import DatabaseUrls, copy_database, drop_database
from layers.core.store import Actor, Store
from tests.application import PASSWORD, TEST_PROFILE, serving
from tests.db.small_world import EAST, WEST, X0, Y0, parcel, publish, rectangle

PARCELS = "/api/collections/parcels/items"
STORAGE = "<http://www.opengis.net/def/crs/EPSG/0/5253>"
"""North before east."""
DEPTH = 2_000
"""Metres; the districts lie side by side, each as wide as deep."""


@dataclass(frozen=True)
class Town:
    """Asks and edits, each caller with a key."""

    app: Flask
    database: DatabaseUrls
    keys: Mapping[tuple[str, int | None, bool], str]
    free: Iterator[int]

    def ask(
        self, method: str, path: str, body: Any = None, by: tuple[str, int | None, bool] | None = None, **more: str
    ):
        """Underscores in the names of headers stand for dashes; a body that is no text is JSON."""
        headers = {"Accept-Language": "en", **{name.replace("_", "-"): value for name, value in more.items()}}
        if by is not None:
            headers["Authorization"] = f"Bearer {self.keys[by]}"
        raw = body if isinstance(body, str | bytes | None) else json.dumps(body)
        return self.app.test_client().open(path, method=method, data=raw, headers=headers, buffered=True)

    def edit(self, method: str, path: str, body: Any = None, **more: Any):
        """With the right to publish, and the type that belongs to the method."""
        kind = "application/merge-patch+json" if method == "PATCH" else "application/geo+json"
        given = {"by": PUBLISHES, "Content_Type": kind, "Content_Crs": STORAGE, **more}
        return self.ask(method, path, body, **given)

    def new(self, **properties: Any) -> tuple[str, dict[str, Any]]:
        """A ref nobody has, and a feature on ground of its own."""
        number = next(self.free)
        ref = f"w-{number}"
        named = {"ref": ref, "block_no": "900", "parcel_no": str(number), "registered_area_m2": 400, **properties}
        return ref, {"type": "Feature", "properties": named, "geometry": square(number)}

    def created(self, **properties: Any) -> "Made":
        """A published feature of its own."""
        ref, feature = self.new(**properties)
        answer = self.edit("POST", PARCELS, feature)
        assert answer.status_code == 201, answer.text
        return Made(ref, f"{PARCELS}/{ref}", answer.headers["ETag"], feature)

    def properties(self, ref: str, by: tuple[str, int | None, bool] | None = None) -> dict[str, Any]:
        """As somebody reads them."""
        answer = self.ask("GET", f"{PARCELS}/{ref}", by=by)
        assert answer.status_code == 200, answer.text
        return answer.get_json()["properties"]

    def number(self, statement: str, **values: Any) -> int:
        """What the department counts."""
        store = Store(self.database.worker)
        try:
            with store.reading(Actor("department")) as connection:
                return int(connection.execute(text(statement), values).scalar_one())
        finally:
            store.close()


@dataclass(frozen=True)
class Made:
    """A feature to be edited."""

    ref: str
    path: str
    etag: str
    feature: dict[str, Any]


PUBLISHES = ("editor", WEST, True)
EDITS = ("editor", WEST, False)
OF_THE_EAST = ("editor", EAST, True)
DEPARTMENT = ("department", None, False)
_CALLERS = (PUBLISHES, EDITS, OF_THE_EAST, DEPARTMENT, ("planner", None, False))


def square(number: int, side: float = 20) -> dict[str, Any]:
    """Of the west, each on ground of its own; north before east, as the storage system writes it."""
    x, y = X0 + 100 + 40 * (number % 40), Y0 + 100 + 40 * (number // 40)
    corners = [[y, x], [y, x + side], [y + side, x + side], [y + side, x], [y, x]]
    return {"type": "Polygon", "coordinates": [corners]}


@pytest.fixture(scope="module")
def town(cluster, template_database: str, tmp_path_factory) -> Iterator[Town]:
    """Each test edits features of its own."""
    name = f"editing_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    drop_database(cluster, name)
    copy_database(cluster, template_database, name)
    database = DatabaseUrls.of_cluster(cluster, name)
    for district, west in ((WEST, 0), (EAST, DEPTH)):
        outline = rectangle(west, 0, DEPTH, DEPTH)
        publish(database, district, {"districts": [{"ref": str(district), "name": str(district), "geom": outline}]})
    publish(database, EAST, {"parcels": [parcel("e-1", DEPTH + 100, 100, "7", "1")]})
    with serving(database, tmp_path_factory.mktemp("editing"), TEST_PROFILE) as application:
        yield Town(application, database, _keys(database), count(1))
    drop_database(cluster, name)


def _keys(database: DatabaseUrls) -> dict[tuple[str, int | None, bool], str]:
    owner = Store(database.owner)
    made = {}
    with owner.engine.begin() as connection:
        for role, district, may_publish in _CALLERS:
            email = f"{role}{district or ''}@example.org"
            create_account(connection, email, role, PASSWORD, role, district)
            made[role, district, may_publish] = add_key(connection, email, "test", may_publish=may_publish, days=None)
    owner.close()
    return made
