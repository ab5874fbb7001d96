"""A page of public features is answered by the server's loop, in the words that the application has for it."""

import pytest
import requests

from gisserver.app import entry_of
from layers.core.query.sorting import Cursor, cursor_text
from tests.feature_town import town  # noqa: F401
from tests.http_server import listening

ITEMS = "/api/collections/parcels/items"
KIND = 'gis_requests_total{kind="page_in_loop",status="2xx"}'


@pytest.fixture(scope="module")
def root(town):  # noqa: F811
    with listening(entry_of(town.client.application)) as address:
        yield address


def from_loop(town) -> int:  # noqa: F811
    """How many have been answered so."""
    told = town.client.application.extensions["gisserver"].metrics.exposition().decode()
    return sum(int(float(line.split()[1])) for line in told.splitlines() if line.startswith(KIND))


def assert_same(ours: requests.Response, town, root: str, headers: dict[str, str]) -> None:  # noqa: F811
    path = ours.url.removeprefix(root)
    theirs = town.client.get(path, base_url=root, headers=headers)
    assert ours.status_code == theirs.status_code == 200
    assert ours.text == theirs.text
    own = {name.lower(): value for name, value in ours.headers.items() if name.lower() not in ("date", "server")}
    assert own == {name.lower(): value for name, value in theirs.headers.items()}


def get(root: str, address: str, headers: dict[str, str] | None = None) -> requests.Response:
    plain = {"User-Agent": "test", "Accept": None, "Accept-Encoding": None, **(headers or {})}
    return requests.get(address if address.startswith("http") else root + address, headers=plain, timeout=20)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept": "application/json"},
        {"Accept-Language": "tr"},
        {"X-Forwarded-Host": "harita.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/havuz"},
    ],
    ids=str,
)
@pytest.mark.parametrize("asked", ["", "?limit=2", "?f=json&limit=1000"])
def test_it_says_what_the_application_says(town, root, asked, headers):  # noqa: F811
    before = from_loop(town)
    ours = get(root, f"{ITEMS}{asked}", headers)
    assert from_loop(town) == before + 1
    assert_same(ours, town, root, headers)


def test_a_whole_layer_is_read_page_after_page(town, root):  # noqa: F811
    before, seen, address = from_loop(town), [], f"{ITEMS}?limit=1"
    while address:
        answer = get(root, address)
        assert_same(answer, town, root, {})
        page = answer.json()
        seen += [feature["id"] for feature in page["features"]]
        links = {link["rel"]: link["href"] for link in page["links"]}
        address = links.get("next")
    assert len(seen) == len(set(seen)) == page["numberMatched"] > 2
    assert from_loop(town) == before + len(seen)
    assert [feature["id"] for feature in get(root, links["prev"]).json()["features"]] == seen[-2:-1]


def test_beyond_the_last_feature_there_is_an_empty_page(town, root):  # noqa: F811
    beyond = get(root, f"{ITEMS}?limit=2&after={cursor_text(Cursor((), 2**40), ())}")
    assert beyond.json()["features"] == []
    assert_same(beyond, town, root, {})


@pytest.mark.parametrize(
    "asked",
    [
        "limit=2&limit=3",
        "limit=0",
        "limit=1001",
        "limit=two",
        "after=nothing",
        "limit=2&bbox=27,38,28,39",
        "sortby=ref",
        "count=exact",
        "f=csv",
        "unknown=1",
        "limit=2&",
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_application(town, root, asked):  # noqa: F811
    before = from_loop(town)
    answer = get(root, f"{ITEMS}?{asked}")
    assert answer.status_code == town.client.get(f"{ITEMS}?{asked}").status_code
    assert from_loop(town) == before


def test_who_has_it_already_is_told_so_by_its_tag(root):
    first = get(root, f"{ITEMS}?limit=2")
    again = get(root, f"{ITEMS}?limit=2", {"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_who_is_signed_in_is_answered_by_the_application(town, root):  # noqa: F811
    before = from_loop(town)
    assert get(root, f"{ITEMS}?limit=2", {"Cookie": "session=none"}).ok
    assert from_loop(town) == before
