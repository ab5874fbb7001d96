"""Where a program begins: whose data it is, what may be done with it, how old it is."""

import pytest

from layers.core.publisher import BadPublisher, parse_licence, parse_publisher
from tests.worlds import WEST, publish_parcels, square


def test_the_landing_page_tells_licence_contact_and_the_newest_publish(client, database):
    assert client.get("/api").get_json()["published"] == {"epoch": 0, "at": None}
    epoch = publish_parcels(database, WEST, {"w-1": square(0, 0)})
    page = client.get("/api?lang=en").get_json()
    assert page["contact"] == {
        "name": "Municipality of Trial", "email": "maps@example.org", "url": "https://example.org/maps"
    }  # fmt: skip
    (licence,) = [link for link in page["links"] if link["rel"] == "license"]
    assert (licence["title"], licence["href"]) == ("Trial licence 1.0", "https://example.org/licence")
    assert page["published"]["epoch"] == epoch
    assert page["published"]["at"] == client.get("/api/epoch").get_json()["published_at"]
    west, south, east, north = page["extent"]["spatial"]["bbox"][0]
    assert west < 27 < east
    assert south < 38.4 < north


def test_the_description_names_the_same_publisher(client):
    info = client.get("/api/openapi?lang=tr").get_json()["info"]
    assert info["contact"]["name"] == "Deneme Belediyesi"
    assert info["license"] == {"name": "Trial licence 1.0", "url": "https://example.org/licence"}


def test_what_needs_a_session_says_so_with_its_refusals(client):
    paths = client.get("/api/openapi").get_json()["paths"]
    for path in ("/uploads", "/changesets", "/exceptions"):
        about = paths[path]["get"]
        assert about["security"] == [{"session": []}]
        assert client.get(f"/api{path}").status_code == 401
        assert "application/problem+json" in about["responses"]["401"]["content"]


@pytest.mark.parametrize(
    ("parse", "table"),
    [
        (parse_publisher, {"email": "nobody"}),
        (parse_publisher, {"url": "example.org"}),
        (parse_licence, {"url": "https://example.org"}),
        (parse_licence, {"title": "Mine", "url": "ftp://example.org"}),
    ],
)
def test_a_publisher_who_cannot_be_reached_is_refused_in_the_profile(parse, table):
    with pytest.raises(BadPublisher):
        parse(table)
