"""A small town that many tests only read: published once for all tests of a file."""

import datetime
import os
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from gisserver.cluster import DatabaseUrls, copy_database, drop_database
from tests.application import TEST_PROFILE, serving
from tests.db.small_world import EAST, WEST, point, publish, rectangle

LONGEST_NAME = "Işıklı Çınar"
PLACES = (
    ("p-1", "İZMİR SAATİ", 40, 0, 0),
    ("p-2", "izmir saati", None, 100, 0),
    ("p-3", LONGEST_NAME, 7, 200, 0),
    ("p-4", "ISIKLI CINAR", None, 300, 0),
    ("p-5", "50%_indirim", 40, 400, 0),
)
"""Ref, name, capacity, and metres from the corner of the town."""
PARCELS = (
    ("w-1", "101", "1", "120.50", "1990-01-01", None, WEST),
    ("w-2", "101", "2", None, "2000-06-01", "2010-05-31", WEST),
    ("w-3", "102", "1", "80.00", None, "2010-05-31", WEST),
    ("e-1", "7", "12/A", "120.50", "2010-06-01", None, EAST),
)
"""Ref, block, parcel, registered area, valid from and to, district; each is 20 m wide, one beside the other."""


class Town:
    """Asks the feature service as a citizen."""

    def __init__(self, client: FlaskClient, database: DatabaseUrls) -> None:
        self.client = client
        self.database = database

    def ask(self, layer: str, **arguments: object):
        """The answer; underscores in names stand for dashes."""
        named = {name.replace("_", "-") if name in _DASHED else name: value for name, value in arguments.items()}
        path = f"/api/collections/{layer}/items?{urlencode(named)}"
        return self.client.get(path, headers={"Accept-Language": "en"}, buffered=True)

    def refs(self, layer: str, **arguments: object) -> list[str]:
        """Of the features that are found."""
        answer = self.ask(layer, **arguments)
        assert answer.status_code == 200, answer.text
        return [feature["properties"]["ref"] for feature in answer.get_json()["features"]]


_DASHED = ("bbox_crs", "filter_lang", "filter_crs")


@pytest.fixture(scope="module")
def town(cluster, template_database: str, tmp_path_factory) -> Iterator[Town]:
    """Nobody writes into it."""
    name = f"town_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    drop_database(cluster, name)
    copy_database(cluster, template_database, name)
    database = DatabaseUrls.of_cluster(cluster, name)
    _build(database)
    with serving(database, tmp_path_factory.mktemp("town"), TEST_PROFILE) as application:
        yield Town(application.test_client(), database)
    drop_database(cluster, name)


def _build(database: DatabaseUrls) -> None:
    publish(
        database,
        WEST,
        {
            "places": [
                {"ref": ref, "name": name, "kind": "market", "capacity": capacity, "geom": point(x, y)}
                for ref, name, capacity, x, y in PLACES
            ]
        },
    )
    for district in (WEST, EAST):
        publish(database, district, {"parcels": [*_parcels(district)]})


def _parcels(district: int) -> Iterator[dict[str, object]]:
    for place, (ref, block, number, area, first, last, owner) in enumerate(PARCELS):
        if owner == district:
            yield {
                "ref": ref,
                "block_no": block,
                "parcel_no": number,
                "registered_area_m2": area,
                "valid_from": first and datetime.date.fromisoformat(first),
                "valid_to": last and datetime.date.fromisoformat(last),
                "geom": rectangle(place * 20, 0, 20, 20),
            }
