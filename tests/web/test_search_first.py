"""What anybody types is found by the server's loop, with the list that the application has for it."""

import pytest
import requests

from gisserver.app import entry_of
from tests.db.small_world import EAST, WEST, door, publish
from tests.db.test_search import EAST_CITY, WEST_CITY
from tests.http_server import listening

KIND = 'gis_requests_total{kind="search_in_loop",status="2xx"}'
TEXTS = (
    "1453/1 Sokak No:5",
    "Kıbrıs Şehitleri Cad. 15",
    "kibris sehitlri caddesi 13 liman",
    "Gül Sokak 3",
    "Gül",
    "1234 ada 5 parsel",
    "1234/5",
    "77/1 Doğu",
    "3500000001",
    "35123456",
    "Lman Park",
    "38.42, 27.14",
    "Batı",
    "Cumhuriyet Mahallesi",
    "nothing like it",
    "",
    "😀",
    "' OR 1=1 --",
    "<b>x</b> \x00 \\ %",
    "x" * 10_000,
)


@pytest.fixture
def city(app, client, database):
    publish(database, WEST, WEST_CITY)
    publish(database, EAST, EAST_CITY)
    return client


@pytest.fixture
def root(app, city):
    with listening(entry_of(app)) as address:
        assert ask(address, "/api/search", q="Gül Sokak 3").ok  # the application learns the names of streets
        yield address


def ask(root: str, path: str, headers: dict[str, str] | None = None, **parameters: str) -> requests.Response:
    plain = {"User-Agent": "test", "Accept": None, "Accept-Encoding": None, **(headers or {})}
    return requests.get(root + path, params=parameters, headers=plain, timeout=20)


def from_loop(app) -> int:
    """How many have been answered so."""
    told = app.extensions["gisserver"].metrics.exposition().decode()
    return sum(int(float(line.split()[1])) for line in told.splitlines() if line.startswith(KIND))


@pytest.mark.parametrize("path", ["/api/search", "/api/suggest"])
@pytest.mark.parametrize("headers", [{}, {"Accept-Language": "tr"}, {"X-Forwarded-Prefix": "/havuz"}], ids=str)
def test_it_finds_what_the_application_finds_and_says_it_so(app, city, root, path, headers):
    for written in TEXTS:
        before = from_loop(app)
        ours = ask(root, path, headers, q=written)
        theirs = city.get(path, base_url=root, query_string={"q": written}, headers=headers)
        assert ours.status_code == theirs.status_code == 200, written
        assert ours.text == theirs.text, written
        own = {name.lower(): value for name, value in ours.headers.items() if name.lower() not in ("date", "server")}
        assert own == {name.lower(): value for name, value in theirs.headers.items()}
        assert from_loop(app) == before + 1


def test_the_list_is_as_long_as_asked(root):
    assert len(ask(root, "/api/search", q="Gül Sokak 5", limit="1").json()["hits"]) == 1


@pytest.mark.parametrize(
    "parameters", [{"limit": "0"}, {"limit": "x"}, {"limit": "51"}, {"lang": "tr"}, {"x": "1"}], ids=str
)
def test_what_is_seldom_asked_is_left_to_the_application(app, city, root, parameters):
    before = from_loop(app)
    ours = ask(root, "/api/search", q="Gül", **parameters)
    theirs = city.get("/api/search", base_url=root, query_string={"q": "Gül", **parameters})
    assert (ours.status_code, ours.text) == (theirs.status_code, theirs.text)
    assert from_loop(app) == before


@pytest.mark.parametrize("query", ["q=a&q=b", "q=%ff", "q=%C3"])
def test_a_text_of_broken_letters_is_left_to_the_application(app, root, query):
    before = from_loop(app)
    assert requests.get(f"{root}/api/search?{query}", timeout=20).status_code == 200
    assert from_loop(app) == before


@pytest.mark.parametrize("header", [{"Cookie": "gis=x"}, {"Authorization": "Bearer gis_nothing"}], ids=str)
def test_who_may_be_somebody_is_answered_by_the_application(app, root, header):
    before = from_loop(app)
    ask(root, "/api/search", header, q="Gül")
    assert from_loop(app) == before


def test_who_has_seen_a_publish_never_finds_less(app, database, root):
    assert ask(root, "/api/search", q="Yeni Sokak 1").json()["hits"] == []
    publish(database, WEST, {"addresses": [door("n1", "Yeni Sokak", "1", 700, 710, neighbourhood="Liman")]})
    before = from_loop(app)
    found = [ask(root, "/api/search", q="Yeni Sokak 1").json()["hits"][0]["title"] for _ in range(3)]
    assert found == ["Yeni Sokak No: 1"] * 3
    assert from_loop(app) == before + 2  # the first one made the application learn the new street


def test_a_machine_that_asks_without_end_is_slowed_down_and_no_other(app, root):
    app.config["SEARCH_LIMIT"] = "3 per minute"
    machine, family = {"X-Forwarded-For": "192.0.2.8"}, {"X-Forwarded-For": "192.0.2.7"}
    answers = [ask(root, "/api/suggest", machine, q="gül").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert ask(root, "/api/search", machine, q="gül", lang="tr").status_code == 429
    assert ask(root, "/api/search", family, q="gül").status_code == 200
    assert ask(root, "/api/search", q="gül").status_code == 200
