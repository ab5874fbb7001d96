"""A single public feature is answered by the server's loop, in the words that the application has for it."""

import json

import pytest
import requests

from gisserver.app import entry_of
from tests.feature_town import town  # noqa: F401
from tests.http_server import listening

ITEMS = "/api/collections/parcels/items"
KIND = 'gis_requests_total{kind="item_from_row",status="2xx"}'


@pytest.fixture(scope="module")
def root(town):  # noqa: F811
    with listening(entry_of(town.client.application)) as address:
        yield address


@pytest.fixture(scope="module")
def uid(town):  # noqa: F811
    """Of one parcel."""
    return town.client.get(f"{ITEMS}/w-1").get_json()["id"]


def from_loop(town) -> int:  # noqa: F811
    """How many have been answered so."""
    told = town.client.application.extensions["gisserver"].metrics.exposition().decode()
    return sum(int(float(line.split()[1])) for line in told.splitlines() if line.startswith(KIND))


def by_application(town, root: str, path: str, headers: dict[str, str]):  # noqa: F811
    return town.client.get(path, base_url=root, headers=headers)


HEADERS = {
    "plain": {},
    "any": {"Accept": "*/*"},
    "json": {"Accept": "application/json"},
    "geojson first": {"Accept": "text/html;q=0.5, application/geo+json"},
    "turkish": {"Accept-Language": "tr"},
    "proxy": {"X-Forwarded-Host": "harita.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/havuz"},
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_it_says_what_the_application_says(town, root, uid, headers):  # noqa: F811
    before = from_loop(town)
    path = f"{ITEMS}/{uid}"
    plain = {"User-Agent": "test", "Accept": None, "Accept-Encoding": None, **headers}
    ours = requests.get(root + path, headers=plain, timeout=20)
    theirs = by_application(town, root, path, headers)
    assert from_loop(town) == before + 1
    assert ours.status_code == theirs.status_code == 200
    assert ours.text == theirs.text
    own = {name.lower(): value for name, value in ours.headers.items() if name.lower() not in ("date", "server")}
    assert own == {name.lower(): value for name, value in theirs.headers.items()}


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "text/html"},
        {"Accept": "application/vnd.ogc.fg+json"},
        {"Accept": "image/png"},
        {"Cookie": "lang=tr"},
        {"Authorization": "Bearer gis_nothing"},
        {"Accept-Datetime": "Fri, 01 May 2026 09:30:00 GMT"},
        {"X-Forwarded-Host": "a" * 1_001},
    ],
    ids=str,
)
def test_what_is_out_of_the_ordinary_is_left_to_the_application(town, root, uid, headers):  # noqa: F811
    before = from_loop(town)
    path = f"{ITEMS}/{uid}"
    answer = requests.get(root + path, headers=headers, timeout=20, allow_redirects=False)
    assert answer.status_code == by_application(town, root, path, headers).status_code
    assert from_loop(town) == before


def test_who_has_it_already_is_told_so_by_its_tag(root, uid):
    first = requests.get(f"{root}{ITEMS}/{uid}", timeout=20)
    again = requests.get(f"{root}{ITEMS}/{uid}", headers={"If-None-Match": first.headers["ETag"]}, timeout=20)
    assert again.status_code == 304
    assert again.headers["ETag"] == first.headers["ETag"]


def test_another_feature_has_its_own_links_and_tag(town, root, uid):  # noqa: F811
    other = town.client.get(f"{ITEMS}/w-2").get_json()["id"]
    one, two = (requests.get(f"{root}{ITEMS}/{name}", timeout=20) for name in (uid, other))
    assert one.headers["ETag"] != two.headers["ETag"]
    assert other in two.headers["Link"]
    assert uid not in two.text
    assert [link["href"] for link in two.json()["links"] if link["rel"] == "self"] == [f"{root}{ITEMS}/{other}"]


def test_a_feature_that_is_not_there_gets_the_applications_sentence(root):
    answer = requests.get(f"{root}{ITEMS}/00000000-0000-0000-0000-000000000000", timeout=20)
    assert answer.status_code == 404
    assert answer.json()["detail"]


def test_layers_that_are_not_for_everybody_are_as_if_absent(root, uid):
    for layer in ("water_lines", "nothing"):
        assert requests.get(f"{root}/api/collections/{layer}/items/{uid}", timeout=20).status_code == 404


def test_only_the_headers_are_sent_to_who_asks_for_them(root, uid):
    whole = requests.get(f"{root}{ITEMS}/{uid}", timeout=20)
    head = requests.head(f"{root}{ITEMS}/{uid}", timeout=20)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(whole.content))


def test_fields_for_planners_are_not_in_it(town, root, uid):  # noqa: F811
    told = set(json.loads(requests.get(f"{root}{ITEMS}/{uid}", timeout=20).text)["properties"])
    layer = town.client.application.extensions["gisserver"].registry["parcels"]
    hidden = {field.name for field in layer.fields if field.audience}
    assert hidden
    assert not told & hidden
