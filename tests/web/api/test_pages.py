"""The feature service for people: what a browser gets at the addresses that programs use."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.feature_town import PARCELS, PLACES, town  # noqa: F401

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Language": "en"}
PARCELS_PATH = "/api/collections/parcels/items"
ROW = re.compile(r'<tr data-feature="[^"]+" data-name="([^"]*)">(.*?)</tr>', re.S)


def page(town, path: str, **headers: str) -> str:  # noqa: F811
    answer = town.client.get(path, headers={**BROWSER, **headers})
    assert (answer.status_code, answer.mimetype) == (200, "text/html"), answer.text
    return answer.text


def cells(text: str, column: str) -> list[str]:
    """Of one column, from the top down."""
    return [unescape(cell) for cell in re.findall(rf'<td data-column="{column}"[^>]*>(.*?)</td>', text)]


def address(text: str, words: str) -> str:
    """Where a link with these words leads."""
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>[^<]*{words}', text)
    assert found, f"there is no link {words}"
    parts = urlsplit(unescape(found[1]))
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/conformance",
        "/api/openapi",
        "/api/collections",
        "/api/collections/parcels",
        "/api/collections/parcels/schema",
        "/api/collections/parcels/queryables",
        PARCELS_PATH,
        f"{PARCELS_PATH}/w-1",
    ],
)
def test_browsers_get_a_page_and_programs_json_from_the_same_address(town, path):  # noqa: F811
    assert "<h1>" in page(town, path)
    for accept in ("*/*", "application/json", "application/schema+json, */*;q=0.1"):
        answer = town.client.get(path, headers={"Accept": accept})
        assert "json" in answer.mimetype
        assert "Accept" in answer.headers["Vary"]
    assert town.client.get(f"{path}?f=html").mimetype == "text/html"
    assert "json" in town.client.get(f"{path}?f=json", headers=BROWSER).mimetype
    assert town.client.get(f"{path}?f=word").status_code == 400


@pytest.mark.parametrize("path", ["/api", "/api/collections", "/api/collections/parcels", PARCELS_PATH])
def test_documents_link_to_their_page(town, path):  # noqa: F811
    links = town.client.get(path).get_json()["links"]
    found = [link["href"] for link in links if (link["rel"], link["type"]) == ("alternate", "text/html")]
    assert len(found) == 1
    parts = urlsplit(found[0])
    assert town.client.get(f"{parts.path}?{parts.query}").mimetype == "text/html"


def test_a_table_shows_titles_units_and_names_in_the_readers_language(town):  # noqa: F811
    english = page(town, f"{PARCELS_PATH}?sortby=ref")
    assert cells(english, "Registered area") == ["120.5\u00a0m²", "120.5\u00a0m²", "", "80\u00a0m²"]
    assert cells(english, "District")[0] == "Doğu"
    turkish = page(town, f"{PARCELS_PATH}?sortby=ref", **{"Accept-Language": "tr"})
    assert cells(turkish, "Tapu alanı")[0] == "120,5\u00a0m²"


def test_a_column_in_which_nothing_stands_is_left_out(town):  # noqa: F811
    assert "Map sheet</a>" not in page(town, PARCELS_PATH)
    assert "Map sheet</a>" in page(town, f"{PARCELS_PATH}?properties=ref,sheet_no")


def test_a_press_on_a_heading_sorts_and_a_second_one_turns_it_round(town):  # noqa: F811
    up = page(town, address(page(town, PARCELS_PATH), "Ref"))
    assert [name for name, _ in ROW.findall(up)] == ["12/A", "1", "2", "1"]
    assert 'aria-sort="ascending"' in up
    down = page(town, address(up, "Ref"))
    assert cells(down, "Ref") == ["w-3", "w-2", "w-1", "e-1"]
    assert 'aria-sort="descending"' in down


def test_pages_follow_each_other_by_links(town):  # noqa: F811
    first = page(town, f"{PARCELS_PATH}?limit=3&sortby=ref")
    assert "4 features." in first
    second = page(town, address(first, "Next page"))
    assert cells(second, "Ref") == ["w-3"]
    assert cells(page(town, address(second, ".*Previous page")), "Ref") == ["e-1", "w-1", "w-2"]


def asked(town, layer: str, **said: str) -> str:  # noqa: F811
    """The address to which the form leads."""
    answer = town.client.get(f"/filter/{layer}", query_string=said, headers=BROWSER)
    assert answer.status_code == 303, answer.text
    parts = urlsplit(answer.location)
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize(
    ("said", "cql2", "refs"),
    [
        ({"is.block_no": "101"}, "block_no = '101'", ["w-1", "w-2"]),
        ({"is.ref": "W-*"}, "CASEI(ref) LIKE CASEI('W-%')", ["w-1", "w-2", "w-3"]),
        ({"from.registered_area_m2": "100"}, "registered_area_m2 >= 100", ["e-1", "w-1"]),
        ({"to.registered_area_m2": "100", "is.district_id": "1"}, None, ["w-3"]),
        ({"from.valid_from": "2000-01-01", "to.valid_from": "2005-01-01"}, None, ["w-2"]),
        ({"is.locality": "", "is.block_no": " 7 "}, "block_no = '7'", ["e-1"]),
    ],
)
def test_the_form_asks_in_cql2_and_stays_filled_in(town, said, cql2, refs):  # noqa: F811
    where = asked(town, "parcels", order="ref", direction="ascending", **said)
    if cql2:
        assert parse_qs(urlsplit(where).query)["filter"] == [cql2]
    shown = page(town, where)
    assert cells(shown, "Ref") == refs
    for name, value in said.items():
        if value and not name.startswith("is.district"):
            assert f'name="{name}"' in shown
            assert f'value="{value.strip()}"' in shown


@pytest.mark.parametrize("name", ["İZMİR*", "50%_*", "*'*", "*\\*"])
def test_letters_that_mean_something_in_cql2_mean_themselves_in_the_form(town, name):  # noqa: F811
    found = page(town, asked(town, "places", order="ref", **{"is.name": name}))
    fits = {"İZMİR*": ["p-1", "p-2"], "50%_*": ["p-5"]}.get(name, [])
    assert (cells(found, "Ref") if fits else ROW.findall(found)) == fits
    assert len(PLACES) > len(fits)


def test_conditions_beyond_the_form_are_shown_as_cql2_and_kept(town):  # noqa: F811
    shown = page(town, f"{PARCELS_PATH}?filter=block_no = '7' OR parcel_no = '2'")
    assert "block_no = &#39;7&#39; OR parcel_no = &#39;2&#39;</textarea>" in shown
    assert 'name="is.block_no"' not in shown
    assert [name for name, _ in ROW.findall(shown)] == ["2", "12/A"]


def test_a_number_that_is_none_is_refused_in_a_sentence(town):  # noqa: F811
    answer = town.client.get("/filter/parcels", query_string={"from.registered_area_m2": "much"}, headers=BROWSER)
    assert answer.status_code == 400
    assert "registered_area_m2" in answer.text


def test_downloads_hold_exactly_what_is_filtered_and_not_only_this_page(town):  # noqa: F811
    shown = page(town, f"{PARCELS_PATH}?filter=block_no='101'&limit=1&sortby=ref&properties=ref")
    table = town.client.get(address(shown, r"Table \(CSV\)"), buffered=True).text
    assert [line.split(",")[1] for line in table.splitlines()] == ["ref", '"w-1"', '"w-2"']


def test_what_a_reader_may_not_see_is_not_on_the_page(town):  # noqa: F811
    for path in (PARCELS_PATH, f"{PARCELS_PATH}/w-1", "/api/collections/parcels/schema"):
        assert "registry_id" not in page(town, path)
        assert "Registry number" not in page(town, path)
    answer = town.client.get("/filter/parcels", query_string={"is.registry_id": "1"}, headers=BROWSER)
    parts = urlsplit(answer.location)
    assert town.client.get(f"{parts.path}?{parts.query}", headers=BROWSER).status_code == 400


def test_one_feature_has_its_fields_and_the_way_back(town):  # noqa: F811
    shown = page(town, f"{PARCELS_PATH}/w-1")
    assert "<dt>Block</dt><dd>101</dd>" in shown
    assert "<dt>Valid from</dt><dd>1 January 1990</dd>" in shown
    assert address(shown, "JSON-FG").startswith(f"{PARCELS_PATH}/w-1?")


def test_a_page_is_not_shown_to_the_next_reader(town):  # noqa: F811
    for path in ("/api", PARCELS_PATH, f"{PARCELS_PATH}/w-1"):
        answer = town.client.get(path, headers=BROWSER)
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert "ETag" not in answer.headers


def test_nothing_found_is_said_with_the_way_out(town):  # noqa: F811
    shown = page(town, f"{PARCELS_PATH}?filter=block_no='none'")
    assert "Nothing fits what you asked for." in shown
    assert len(ROW.findall(page(town, address(shown, "Take the filter away")))) == len(PARCELS)
