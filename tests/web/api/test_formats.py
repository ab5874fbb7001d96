"""Which format an answer is in, and what the formats that are texts hold."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
from pyproj import Transformer

from gisserver.formats import feature_formats
from layers.core.crs import CRS84
from tests.feature_town import LONGEST_NAME, PARCELS, town  # noqa: F401

PATH = "/api/collections/parcels/items"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CORNER = (500_000.0, 4_250_000.0)
"""Of the first parcel, in the storage system: east, north."""
MEDIA = {one.word: one.media_type for one in feature_formats()}


def sequence(body: bytes) -> Iterator[dict]:
    """The texts of a GeoJSON sequence."""
    assert body.count(b"\x1e") == body.count(b"\n")
    for text in body.decode().split("\x1e")[1:]:
        assert text.endswith("\n")
        yield json.loads(text)


def lines(body: bytes) -> list[dict[str, str]]:
    """The rows of a table, by name."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("accept", "word"),
    [
        ("application/geo+json", "json"),
        ("application/json", "json"),
        ("*/*", "json"),
        ("application/geo+json-seq", "geojsonseq"),
        ("text/csv", "csv"),
        ("application/fg+json", "jsonfg"),
        ("text/csv;q=0.5, application/geo+json-seq", "geojsonseq"),
        ("image/png, text/*;q=0.1", "csv"),
    ],
)
def test_the_format_is_the_one_that_accept_prefers(town, accept, word):  # noqa: F811
    answer = town.client.get(PATH, headers={"Accept": accept}, buffered=True)
    declared = next(one for one in feature_formats() if one.word == word)
    assert answer.status_code == 200
    assert answer.mimetype in (declared.media_type, *declared.also)
    assert "Accept" in answer.headers["Vary"]


def test_the_parameter_f_counts_more_than_accept(town):  # noqa: F811
    answer = town.client.get(f"{PATH}?f=csv", headers={"Accept": "application/geo+json"}, buffered=True)
    assert answer.mimetype == "text/csv"


def test_a_format_that_is_not_written_is_answered_with_those_that_are(town):  # noqa: F811
    unknown = town.client.get(f"{PATH}?f=dwg&lang=en")
    assert (unknown.status_code, unknown.get_json()["parameter"]) == (400, "f")
    assert all(word in unknown.get_json()["detail"] for word in MEDIA)
    refused = town.client.get(f"{PATH}?lang=en", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/csv" in refused.get_json()["detail"]


def test_a_file_holds_everything_that_matches_and_a_page_what_fits_on_it(town):  # noqa: F811
    assert len(lines(town.ask("parcels", f="csv").data)) == len(PARCELS)
    assert [row["ref"] for row in lines(town.ask("parcels", f="csv", limit=2).data)] == ["w-1", "w-2"]
    assert len(list(sequence(town.ask("parcels", f="geojsonseq").data))) == len(PARCELS)


@pytest.mark.parametrize(
    ("asked", "refs"),
    [
        ({"block_no": "101"}, ["w-1", "w-2"]),
        ({"filter": "registered_area_m2 > 100"}, ["w-1", "e-1"]),
        ({"datetime": "2005-01-01"}, ["w-1", "w-2", "w-3"]),
        ({"sortby": "-ref"}, ["w-3", "w-2", "w-1", "e-1"]),
        ({"bbox": "500000,4250000,500001,4250001", "bbox_crs": f"{EPSG}3857"}, []),
        ({"epoch": 2}, ["w-1", "w-2", "w-3"]),
    ],
)
def test_a_file_takes_the_questions_that_a_page_takes(town, asked, refs):  # noqa: F811
    assert [row["ref"] for row in lines(town.ask("parcels", f="csv", **asked).data)] == refs
    found = sequence(town.ask("parcels", f="geojsonseq", **asked).data)
    assert [feature["properties"]["ref"] for feature in found] == refs


def test_a_sequence_has_the_features_of_the_page(town):  # noqa: F811
    page = town.ask("parcels", crs=f"{EPSG}4326").get_json()["features"]
    assert list(sequence(town.ask("parcels", f="geojsonseq", crs=f"{EPSG}4326").data)) == page


def test_a_table_keeps_letters_and_tells_what_is_unknown_from_zero_and_from_empty(town):  # noqa: F811
    by_ref = {row["ref"]: row for row in lines(town.ask("places", f="csv").data)}
    assert (by_ref["p-1"]["name"], by_ref["p-3"]["name"]) == ("İZMİR SAATİ", LONGEST_NAME)
    assert (by_ref["p-1"]["capacity"], by_ref["p-2"]["capacity"]) == ("40", "")
    body = town.ask("places", f="csv", ref="p-2", properties="name,capacity").data.decode("utf-8-sig")
    assert body.splitlines()[1].split(",")[1:3] == ['"izmir saati"', ""]


@pytest.mark.parametrize(("crs", "north_first"), [(CRS84.uri, False), (f"{EPSG}4326", True), (f"{EPSG}5253", True)])
def test_the_text_of_a_shape_has_the_axes_of_its_system(town, crs, north_first):  # noqa: F811
    answer = town.ask("parcels", f="csv", ref="w-1", crs=crs)
    assert answer.headers["Content-Crs"] == f"<{crs}>"
    (row,) = lines(answer.data)
    first, second = row["geometry"].removeprefix("MULTIPOLYGON(((").split(",")[0].split()
    target = "EPSG:5253" if crs.endswith("5253") else "EPSG:4326"
    east, north = Transformer.from_crs(5253, target, always_xy=True).transform(*CORNER)
    expected = (north, east) if north_first else (east, north)
    assert (float(first), float(second)) == pytest.approx(expected, abs=25 if crs.endswith("5253") else 3e-4)


def test_the_columns_of_a_point_say_which_axis_they_are(town):  # noqa: F811
    (row,) = lines(town.ask("parcels", f="csv", geometry="xy", ref="w-1", crs=f"{EPSG}5253").data)
    assert CORNER[0] < float(row["east"]) < CORNER[0] + 20
    assert CORNER[1] < float(row["north"]) < CORNER[1] + 20
    (row,) = lines(town.ask("parcels", f="csv", geometry="xy", ref="w-1", crs=f"{EPSG}4326").data)
    assert 26.9 < float(row["lon"]) < 27.1 < 38 < float(row["lat"]) < 39
    assert "geometry" not in lines(town.ask("parcels", f="csv", geometry="none").data)[0]


def test_the_department_s_fields_are_in_no_file_of_a_citizen(town, signed_in):  # noqa: F811
    assert "registry_id" not in town.ask("parcels", f="csv").data.decode()
    assert b"registry_id" not in town.ask("parcels", f="geojsonseq").data
    inside = signed_in("department").get(f"{PATH}?f=csv").data.decode("utf-8-sig").splitlines()[0]
    assert "registry_id" in inside
    assert town.client.get("/api/collections/water_lines/items?f=csv").status_code == 404


def test_a_file_is_named_after_its_layer_and_publish(town):  # noqa: F811
    answer = town.ask("parcels", f="geojsonseq")
    epoch = answer.headers["Gis-Epoch"]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="parcels-{epoch}.geojsons"'
    assert "Content-Disposition" not in town.ask("parcels").headers


@pytest.mark.parametrize("word", ["json", "jsonfg", "geojsonseq", "csv"])
def test_who_has_the_answer_is_told_so(town, word):  # noqa: F811
    first = town.ask("parcels", f=word)
    kept = {"Accept-Language": "en", "If-None-Match": first.headers["ETag"]}
    again = town.client.get(f"{PATH}?f={word}", headers=kept)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert not first.headers["ETag"].startswith("W/")
    other = town.client.get(f"{PATH}?f={word}&limit=1", headers=kept, buffered=True)
    assert other.status_code == 200
    assert "ETag" not in town.ask("parcels", count="estimate", block_no="101").headers


def test_json_fg_keeps_shapes_in_the_storage_system_and_says_since_when(town):  # noqa: F811
    told = town.ask("parcels", f="jsonfg").get_json()
    assert "http://www.opengis.net/spec/json-fg-1/1.0/conf/core" in told["conformsTo"]
    assert told["coordRefSys"] == f"{EPSG}5253"
    assert (told["featureType"], told["geometryDimension"]) == ("parcels", 2)
    first, second = told["features"][:2]
    assert first["geometry"] is None
    corners = first["place"]["coordinates"][0][0]
    assert [CORNER[1], CORNER[0]] in corners, "north first, as the system says"
    assert first["time"] == {"interval": ["1990-01-01", ".."]}
    assert second["time"] == {"interval": ["2000-06-01", "2010-05-31"]}
    assert {link["href"] for link in told["links"] if link["rel"] == "profile"} == {
        "http://www.opengis.net/def/profile/OGC/0/jsonfg"
    }


def test_json_fg_for_every_reader_also_has_degrees(town):  # noqa: F811
    (feature,) = town.ask("parcels", profile="jsonfg-plus", ref="w-1").get_json()["features"]
    assert feature["geometry"] == town.ask("parcels", ref="w-1").get_json()["features"][0]["geometry"]
    assert feature["place"] is not None
    (plain,) = town.ask("parcels", f="jsonfg", ref="w-1", crs=CRS84.uri).get_json()["features"]
    assert (plain["place"], plain["geometry"]) == (None, feature["geometry"])
    assert "conformsTo" not in town.ask("parcels", f="jsonfg", profile="rfc7946").get_json()
    assert town.ask("parcels", profile="jsonfg").mimetype == "application/geo+json"


def test_one_feature_is_had_as_json_fg_too(town):  # noqa: F811
    told = town.client.get(f"{PATH}/w-1?f=jsonfg").get_json()
    assert told["coordRefSys"] == f"{EPSG}5253"
    assert told["properties"]["ref"] == "w-1"
    assert told["place"]["type"] == "MultiPolygon"
    assert town.client.get(f"{PATH}/w-1?f=csv").get_json()["parameter"] == "f"


def test_a_page_and_a_layer_link_to_every_format(town):  # noqa: F811
    links = town.ask("parcels", block_no="101", limit=1).get_json()["links"]
    others = {link["type"]: link["href"] for link in links if link["rel"] == "alternate"}
    assert set(others) == set(MEDIA.values()) - {"application/geo+json"}
    table = town.client.get(others["text/csv"].removeprefix("http://localhost"))
    assert [row["ref"] for row in lines(table.data)] == ["w-1", "w-2"], "all that match, not the page alone"
    layer = town.client.get("/api/collections/parcels").get_json()["links"]
    assert {link["type"] for link in layer if link["rel"] == "items"} == set(MEDIA.values())
