"""Features under the names that another standard has for their fields."""

import csv
import io
import json

import pytest

from gisserver.formats import Filed, feature_formats
from tests.feature_town import PARCELS, town  # noqa: F401
from tests.web.api.test_files import SUFFIXES, read_back

ITEMS = "/api/collections/parcels/items"
THERE = {
    "nationalCadastralReference", "label", "areaValue", "validFrom", "validTo", "inspireId_versionId",
}  # fmt: skip
FILES = [one.word for one in feature_formats() if isinstance(one.how, Filed) and SUFFIXES[one.word] != "kml"]


def page(town, **asked):  # noqa: F811
    return town.client.get(ITEMS, query_string={"schema": "inspire-cp", **asked})


def test_an_answer_has_the_other_names_and_only_what_they_know(town):  # noqa: F811
    features = page(town).get_json()["features"]
    assert {name for one in features for name in one["properties"]} == THERE
    assert {one["properties"]["nationalCadastralReference"] for one in features} == {ref for ref, *_ in PARCELS}


def test_values_are_those_of_our_own_names(town):  # noqa: F811
    own = town.client.get(f"{ITEMS}/w-1").get_json()
    there = town.client.get(f"{ITEMS}/w-1?schema=inspire-cp").get_json()
    assert (there["id"], there["geometry"]) == (own["id"], own["geometry"])
    ours = own["properties"]
    assert there["properties"] == {
        "nationalCadastralReference": ours["ref"],
        "label": ours["parcel_no"],
        "areaValue": ours["registered_area_m2"],
        "validFrom": ours["valid_from"],
        "validTo": ours["valid_to"],
        "inspireId_versionId": ours["version"],
    }


def test_filters_orders_and_the_links_to_other_pages_keep_our_names(town):  # noqa: F811
    first = page(town, limit="1", sortby="-ref", filter="ref LIKE 'w-%'").get_json()
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    second = town.client.get(following).get_json()
    refs = [one["features"][0]["properties"]["nationalCadastralReference"] for one in (first, second)]
    assert refs == sorted(refs, reverse=True)
    assert len(set(refs)) == 2


def test_properties_choose_among_them(town):  # noqa: F811
    features = page(town, properties="ref,block_no").get_json()["features"]
    assert {name for one in features for name in one["properties"]} == {"nationalCadastralReference"}


def test_tables_and_sequences_have_them_too(town):  # noqa: F811
    table = csv.DictReader(io.StringIO(page(town, f="csv", geometry="none").text.removeprefix("\ufeff")))
    assert set(table.fieldnames) == {"uid", *THERE}
    line = page(town, f="geojsonseq").text.strip("\x1e\n").split("\n")[0]
    assert set(json.loads(line)["properties"]) == THERE


@pytest.mark.parametrize("word", FILES)
def test_files_have_them_too(town, word, tmp_path):  # noqa: F811
    told = read_back(page(town, f=word).data, word, tmp_path)
    shown = {name[:10] for name in told["columns"]}
    assert {name[:10] for name in THERE if name != "inspireId_versionId"} <= shown
    assert "block_no" not in shown


def test_a_page_for_people_keeps_our_titles(town):  # noqa: F811
    answer = town.client.get(f"{ITEMS}/w-1?schema=inspire-cp", headers={"Accept": "text/html"})
    assert answer.status_code == 200


def test_its_schema_is_linked_and_names_the_same_fields(town):  # noqa: F811
    collection = town.client.get("/api/collections/parcels", headers={"Accept": "application/json"}).get_json()
    here = [link["href"] for link in collection["links"] if link["href"].endswith("schema=inspire-cp")]
    document = town.client.get(here[0]).get_json()
    assert document["$id"] == here[0]
    assert set(document["properties"]) == {"geom", *THERE}
    assert document["properties"]["areaValue"]["x-ogc-unit"] == "m2"


@pytest.mark.parametrize(
    "address", [f"{ITEMS}?schema=osm", f"{ITEMS}/w-1?schema=osm", "/api/collections/parcels/schema?schema=osm"]
)
def test_a_schema_that_nobody_offers_is_refused_with_those_offered(town, address):  # noqa: F811
    answer = town.client.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.get_json()["parameter"] == "schema"
    assert "inspire-cp" in answer.get_json()["detail"]


def test_layers_that_it_does_not_know_have_no_such_parameter(town):  # noqa: F811
    assert town.client.get("/api/collections/places/items?schema=inspire-cp").status_code == 400
    assert town.client.get("/api/collections/places/schema?schema=inspire-cp").status_code == 400
