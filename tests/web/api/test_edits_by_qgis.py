"""The requests that newer QGIS sends while somebody edits, one after the other, over a real connection.

It asks by OPTIONS what it may do, creates by POST without an id and takes the new one from Location, changes by PATCH
(by PUT where OPTIONS does not offer that), and sends neither versions nor quotes of its own: its connection is given
the headers Authorization and If-Match.
"""

import json
from urllib.parse import urlsplit

import pytest

from gisserver.app import entry_of
from tests.editing_town import PARCELS, PUBLISHES, square
from tests.editing_town import town as town
from tests.http_server import Answer, Browser, listening

CRS = "http://www.opengis.net/def/crs/EPSG/0/5253"


@pytest.fixture
def qgis(town):
    """One kept connection; the headers are those of the connection's authentication."""
    town.created()  # the process that checks edits is warm, as it is in an office
    with listening(entry_of(town.app)) as address, Browser(address) as browser:

        def send(path: str, method: str = "GET", body=None, **headers: str) -> Answer:
            given = {"Authorization": f"Bearer {town.keys[PUBLISHES]}", "If_Match": "*", **headers}
            raw = None if body is None else json.dumps(body).encode()
            return browser.ask(path, method, raw, Accept_Encoding="identity", **given)

        yield send


def allowed(answer: Answer) -> set[str]:
    return {method.strip() for method in answer.headers["allow"].split(",")}


def test_a_session_of_editing(town, qgis):
    assert "POST" in allowed(qgis(PARCELS, "OPTIONS"))
    assert {"PUT", "PATCH", "DELETE"} <= allowed(qgis(f"{PARCELS}/unknown_id", "OPTIONS"))

    ref, feature = town.new(version=None, origin=None, epoch_from=None, district_id=None, computed_area_m2=None)
    made = qgis(PARCELS, "POST", feature, Content_Type="application/geo+json", Content_Crs=f"<{CRS}>")
    assert made.status == 201, made.body
    item = urlsplit(made.headers["location"]).path
    assert item.startswith(f"{PARCELS}/")
    uid = item.rpartition("/items/")[2]

    attributes = {"properties": {"locality": "Kıyı", "registered_area_m2": 361.0}}
    patched = qgis(f"{PARCELS}/{uid}", "PATCH", attributes, Content_Type="application/merge-patch+json")
    assert patched.status == 204, patched.body
    smaller = square(int(ref.removeprefix("w-")), 19)["coordinates"]
    geometry = {"geometry": {"type": "MultiPolygon", "coordinates": [smaller]}}
    drawn = qgis(
        f"{PARCELS}/{uid}", "PATCH", geometry, Content_Type="application/merge-patch+json", Content_Crs=f"<{CRS}>"
    )
    assert drawn.status == 204, drawn.body

    read = qgis(f"{PARCELS}/{uid}?crs={CRS}")
    whole = json.loads(read.body)
    assert (
        whole["properties"].items() >= {"ref": ref, "locality": "Kıyı", "computed_area_m2": 361, "version": 3}.items()
    )
    del whole["links"]
    whole["properties"]["locality"] = None
    unquoted = read.headers["etag"].strip('"')
    put = qgis(
        f"{PARCELS}/{uid}", "PUT", whole, Content_Type="application/geo+json", Content_Crs=f"<{CRS}>", If_Match=unquoted
    )
    assert put.status == 204, put.body

    ended = qgis(f"{PARCELS}/{uid}", "DELETE", If_Match=f"W/{put.headers['etag']}")
    assert ended.status == 204, ended.body
    assert qgis(f"{PARCELS}/{uid}").status == 410


def test_a_connection_without_those_headers_only_reads(qgis):
    answer = qgis(PARCELS, "OPTIONS", Authorization="")
    assert allowed(answer) == {"GET", "HEAD", "OPTIONS"}
