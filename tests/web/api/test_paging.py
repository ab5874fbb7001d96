"""Pages follow each other by key: in any order, under any filter, while somebody publishes."""

import random
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import create_engine, text

from tests.application import TEST_PROFILE, serving
from tests.feature_town import town  # noqa: F401
from tests.worlds import EAST, WEST, publish_parcels, square

ORDERS = ("", "ref", "-ref", "registered_area_m2", "-registered_area_m2", "valid_to,-valid_from", "-version,block_no")


def walk(client, address: str, rel: str = "next") -> list[list[str]]:
    """The refs of each page, following links."""
    pages = []
    while address:
        page = client.get(address).get_json()
        pages.append([feature["properties"]["ref"] for feature in page["features"]])
        assert page["numberReturned"] == len(pages[-1])
        address = next((link["href"] for link in page["links"] if link["rel"] == rel), None)
    return pages


@pytest.mark.parametrize("order", ORDERS)
def test_the_pages_of_an_order_are_the_whole_once(town, order):  # noqa: F811
    sortby = f"&sortby={order}" if order else ""
    whole = walk(town.client, f"/api/collections/parcels/items?limit=100{sortby}")[0]
    for limit in (1, 2, 3):
        pages = walk(town.client, f"/api/collections/parcels/items?limit={limit}{sortby}")
        assert [ref for page in pages for ref in page] == whole


@pytest.mark.parametrize("order", ORDERS)
def test_the_way_back_shows_the_same_pages(town, order):  # noqa: F811
    address = f"/api/collections/parcels/items?limit=1{f'&sortby={order}' if order else ''}"
    forth = walk(town.client, address)
    for _ in forth[1:]:
        links = town.client.get(address).get_json()["links"]
        address = next(link["href"] for link in links if link["rel"] == "next")
    assert walk(town.client, address, "prev") == forth[::-1]


def test_values_that_are_unknown_have_one_place(town):  # noqa: F811
    assert town.refs("parcels", sortby="registered_area_m2,ref") == ["w-3", "e-1", "w-1", "w-2"]
    assert town.refs("parcels", sortby="-registered_area_m2,ref") == ["w-2", "e-1", "w-1", "w-3"]
    assert town.refs("parcels", sortby=" registered_area_m2,-ref") == ["w-3", "w-1", "e-1", "w-2"]


def test_a_page_mark_of_another_order_or_by_hand_is_refused(town):  # noqa: F811
    links = town.ask("parcels", limit=1, sortby="ref").get_json()["links"]
    mark = parse_qs(urlsplit(next(link["href"] for link in links if link["rel"] == "next")).query)["after"][0]
    for wrong in ({"after": mark}, {"after": mark, "sortby": "-ref"}, {"after": "x"}, {"after": ""}, {"before": "💧"},
                  {"after": "WyJyZWYiLFsxXSwxXQ", "sortby": "ref"}, {"after": "bnVsbA"}):  # fmt: skip
        answer = town.ask("parcels", **wrong)
        assert (answer.status_code, answer.get_json()["parameter"]) == (400, next(iter(wrong))), wrong
    assert town.ask("parcels", after=mark, before=mark, sortby="ref").status_code == 400


def test_nobody_who_stays_is_missed_or_met_twice_while_others_edit(client, database):
    publish_parcels(database, WEST, {f"w-{n:02}": square(n, 0) for n in range(20)})
    chance = random.Random(7)
    seen: list[str] = []
    address, retired = "/api/collections/parcels/items?limit=3&sortby=-ref", set()
    while address:
        page = client.get(address).get_json()
        seen += [feature["properties"]["ref"] for feature in page["features"]]
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
        victim = f"w-{chance.randrange(20):02}"
        gone = (victim,) if victim not in retired else ()
        retired |= set(gone)
        publish_parcels(database, EAST, {f"e-{len(seen):02}": square(len(seen), 40)})
        publish_parcels(database, WEST, {f"x-{len(seen):02}": square(len(seen), 80)}, retire=gone)
    assert len(seen) == len(set(seen))
    assert set(seen) >= {f"w-{n:02}" for n in range(20)} - retired


def test_links_lead_back_through_a_proxy_and_a_path_below_the_host(town):  # noqa: F811
    answer = town.client.get(
        "/api/collections/parcels/items?limit=2&lang=en&bbox=26,38,28,39",
        headers={
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "map.example",
            "X-Forwarded-Prefix": "/pool",
        },
    ).get_json()
    for link in answer["links"]:
        assert link["href"].startswith("https://map.example/pool/api/collections/parcels"), link
    following = urlsplit(next(link["href"] for link in answer["links"] if link["rel"] == "next"))
    assert {"limit": ["2"], "lang": ["en"], "bbox": ["26.0,38.0,28.0,39.0"]}.items() <= parse_qs(
        following.query
    ).items()


def test_a_number_is_told_only_where_it_is_true(town):  # noqa: F811
    assert town.ask("parcels").get_json()["numberMatched"] == 4
    assert town.ask("parcels", district_id=1, limit=1).get_json()["numberMatched"] == 3
    filtered = town.ask("parcels", block_no="101").get_json()
    assert "numberMatched" not in filtered
    assert filtered["numberReturned"] == 2
    assert town.ask("parcels", block_no="101", count="exact", limit=1).get_json()["numberMatched"] == 2
    assert town.ask("parcels", block_no="101", count="estimate").get_json()["numberEstimated"] >= 0
    assert town.ask("parcels", count="all").status_code == 400


def test_a_limit_beyond_the_most_is_clamped_and_no_number_is_refused(town):  # noqa: F811
    assert len(town.refs("parcels", limit="9" * 30)) == 4
    for wrong in ("0", "-1", "unlimited", "1.5", "", "1_0", "١"):
        assert town.ask("parcels", limit=wrong).get_json()["parameter"] == "limit"


def test_a_long_page_is_sent_as_it_is_read(town):  # noqa: F811
    """Beyond the size of a block the rows come by a cursor of the database."""
    answer = town.ask("parcels", limit=5000)
    assert "Content-Length" not in answer.headers
    assert answer.get_json()["numberReturned"] == 4


def test_a_question_that_takes_too_long_is_given_up_with_advice(database, tmp_path):
    owner = create_engine(database.owner)
    with serving(database, tmp_path, TEST_PROFILE) as application, owner.begin() as another:
        built = application.extensions["gisserver"]
        application.extensions["gisserver"] = replace(built, settings=replace(built.settings, query_seconds=1))
        another.execute(text("LOCK TABLE pool.parcels IN ACCESS EXCLUSIVE MODE"))
        answer = application.test_client().get("/api/collections/parcels/items?lang=en")
    owner.dispose()
    assert answer.status_code == 503
    assert "smaller bbox" in answer.get_json()["detail"]
    assert answer.headers["Retry-After"] == "60"
