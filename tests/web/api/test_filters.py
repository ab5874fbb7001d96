"""CQL2 as another program writes it: what a filter finds, and what it is told when it makes no sense."""

import json

import pytest

from layers.core.query.filters.syntax import LONGEST
from tests.feature_town import town  # noqa: F401

FAR = "POLYGON((29 41, 30 41, 30 42, 29 42, 29 41))"
ALL_PARCELS = ["w-1", "w-2", "w-3", "e-1"]

PARCELS_FOUND = {
    "block_no = '101'": ["w-1", "w-2"],
    "block_no <> '101' AND district_id = 1": ["w-3"],
    "NOT (block_no = '101' OR district_id = 2)": ["w-3"],
    "registered_area_m2 > 100": ["w-1", "e-1"],
    "registered_area_m2 * 2 + 1 = 161": ["w-3"],
    "registered_area_m2 IS NULL": ["w-2"],
    "registered_area_m2 IS NOT NULL AND registered_area_m2 < 100.5": ["w-3"],
    "registered_area_m2 BETWEEN 80 AND 120.5": ["w-1", "w-3", "e-1"],
    "parcel_no IN ('2', '12/A')": ["w-2", "e-1"],
    "parcel_no NOT IN ('1', '2')": ["e-1"],
    "parcel_no LIKE '12%'": ["e-1"],
    "block_no = parcel_no": [],
    "computed_area_m2 > registered_area_m2": ["w-1", "w-3", "e-1"],
    "computed_area_m2 div 150 = 2 AND version % 2 = 1": ALL_PARCELS,
    "2 ^ version = 2": ALL_PARCELS,
    "valid_from = DATE('1990-01-01')": ["w-1"],
    "valid_from > TIMESTAMP('2000-05-31T20:59:00Z')": ["w-2", "e-1"],
    "valid_to >= '2010-05-31'": ["w-2", "w-3"],
    "T_AFTER(valid_from, DATE('2000-06-01'))": ["e-1"],
    "T_BEFORE(valid_from, DATE('2000-06-01'))": ["w-1"],
    "T_DURING(valid_from, INTERVAL('1980-01-01', '2005-01-01'))": ["w-1", "w-2"],
    "T_INTERSECTS(INTERVAL(valid_from, valid_to), INTERVAL('2010-06-01', '..'))": ["w-1", "e-1"],
    "T_DISJOINT(INTERVAL(valid_from, valid_to), INTERVAL('2010-06-01', '..'))": ["w-2", "w-3"],
    "T_FINISHEDBY(INTERVAL(valid_from, valid_to), INTERVAL('2005-01-01', '2010-05-31'))": ["w-2", "w-3"],
    "T_EQUALS(INTERVAL(valid_from, valid_to), INTERVAL('2000-06-01', '2010-05-31'))": ["w-2"],
    f"S_INTERSECTS(geom, {FAR})": [],
    f"S_DISJOINT(geom, {FAR})": ALL_PARCELS,
    "S_INTERSECTS(geom, BBOX(-180, -90, 180, 90))": ALL_PARCELS,
    "S_WITHIN(geom, BBOX(170, -90, 60, 90))": ALL_PARCELS,
    "S_CONTAINS(geom, BBOX(-180, -90, 180, 90))": [],
    "S_INTERSECTS(GEOMETRYCOLLECTION(POINT(0 0)), geom)": [],
    "geom IS NULL": [],
    "true": ALL_PARCELS,
    "NOT true": [],
}
PLACES_FOUND = {
    "name = 'izmir saati'": ["p-2"],
    "CASEI(name) = CASEI('İzmir Saati')": ["p-1", "p-2"],
    "CASEI(name) = CASEI('IZMIR SAATI')": ["p-1", "p-2"],
    "CASEI(name) LIKE CASEI('ışıklı%')": ["p-3"],
    "ACCENTI(CASEI(name)) LIKE ACCENTI(CASEI('işıkli ç%'))": ["p-3", "p-4"],
    "ACCENTI(name) = ACCENTI('Isıkli Cinar')": ["p-3"],
    "CASEI(name) IN (CASEI('IŞIKLI ÇINAR'), CASEI('x'))": ["p-3"],
    "name LIKE '50\\%\\_%'": ["p-5"],
    "name = 'O''Brien'": [],
    "capacity = 40 AND name LIKE '%i%'": ["p-5"],
}
MEANINGLESS = {
    "block_no =": ("character 11", "cannot be read"),
    "block_no = 'a' AND blok_no = '1'": ("character 20", "block_no"),
    "registry_id = '1'": ("character 1", "block_no"),
    "version = 'one'": ("character 12", "one kind"),
    "block_no LIKE 5": ("character 15", "a text"),
    "valid_from > DATE('2026-02-30')": ("2026-02-30", "TIMESTAMP"),
    "lower(block_no) = 'a'": ("character 1", "casei"),
    "S_INTERSECTS(block_no, POINT(27 38))": ("character 14", "geom"),
    "S_INTERSECTS(geom, POLYGON((27 38, 28 39, 28 38, 27 39, 27 38)))": ("character 20", "crosses itself"),
    "S_INTERSECTS(geom, POLYGON((27 38, 28 39)))": ("character 20", "ring"),
    "S_WITHIN(geom, GEOMETRYCOLLECTION(POINT(27 38)))": ("character 1", "separately"),
    "version": ("Filter", "version"),
    "version > 1e99": ("Filter", "finite"),
    "geom = 1": ("geom", "Known"),
    "S_BUFFER(geom, POINT(1 2))": ("character 1", "s_intersects"),
    "version / (version - 1) > 1": ("reckon", "division by zero"),
    "block_no = 'a\0b'": ("Filter", "invisible"),
    "(" * 3000 + "version = 1" + ")" * 3000: ("nest", "IN ("),
    "version = " + "-" * 5000 + "1": ("nest", "operators"),
    "NOT " * 5000 + "version = 1": ("nest", "operators"),
    "version = 1 OR " * 4300 + "true": ("nest", "IN ("),
    "version IN (" + "1," * 500_000 + "1)": (str(LONGEST), "bbox"),
}


@pytest.mark.parametrize("condition", PARCELS_FOUND)
def test_a_condition_finds_the_parcels_it_says(town, condition):  # noqa: F811
    assert town.refs("parcels", filter=condition) == PARCELS_FOUND[condition]


@pytest.mark.parametrize("condition", PLACES_FOUND)
def test_letters_are_compared_as_in_turkish(town, condition):  # noqa: F811
    assert town.refs("places", filter=condition) == PLACES_FOUND[condition]


@pytest.mark.parametrize("condition", MEANINGLESS, ids=lambda condition: condition[:40])
def test_a_filter_without_sense_is_told_where_and_what_instead(town, condition):  # noqa: F811
    answer = town.ask("parcels", filter=condition)
    problem = answer.get_json()
    assert (answer.status_code, problem["parameter"]) == (400, "filter"), problem
    for words in MEANINGLESS[condition]:
        assert words in problem["detail"], problem["detail"]


def test_a_filter_in_json_finds_the_same_as_in_text(town):  # noqa: F811
    area = {"op": ">", "args": [{"property": "registered_area_m2"}, 100]}
    box = {"op": "s_intersects", "args": [{"property": "geom"}, {"bbox": [26, 38, 28, 39]}]}
    day = {"op": "=", "args": [{"property": "valid_from"}, {"date": "1990-01-01"}]}
    tree = {"op": "and", "args": [area, box, {"op": "not", "args": [day]}]}
    assert town.refs("parcels", filter=json.dumps(tree), filter_lang="cql2-json") == ["e-1"]


@pytest.mark.parametrize(
    "tree",
    ["{", "[]", "1", '{"op": "="}', '{"op": "=", "args": [1]}', '{"op": 5, "args": []}', '{"op": "and", "args": 7}',
     '{"op": "=", "args": [{"property": ["geom"]}, 1]}', '{"op": "=", "args": [NaN, 1]}', "[" * 9000,
     '{"op": "=", "args": [{"property": "block_no"}, "\\ud800"]}', '{"op":"in","args":[{"property":"ref"},{}]}',
     '{"op": "s_intersects", "args": [{"property": "geom"}, {"type": "Point", "coordinates": [[1], null]}]}',
     '{"op": "s_intersects", "args": [{"property": "geom"}, {"bbox": ["a", 1, 2, 3]}]}',
     '{"op": "t_after", "args": [{"property": "valid_from"}, {"interval": [1]}]}',
     '{"op": "t_after", "args": [{"property": "valid_from"}, {"date": 7}]}', "9" * 5000],
)  # fmt: skip
def test_broken_json_is_refused_and_nothing_breaks(town, tree):  # noqa: F811
    answer = town.ask("parcels", filter=tree, filter_lang="cql2-json")
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "filter"), answer.text


def test_shapes_of_a_filter_are_read_in_the_system_that_is_said(town):  # noqa: F811
    north_first = "POLYGON((4249990 499990, 4250010 499990, 4250010 500010, 4249990 500010, 4249990 499990))"
    crs = "http://www.opengis.net/def/crs/EPSG/0/5253"
    assert town.refs("parcels", filter=f"S_INTERSECTS(geom, {north_first})", filter_crs=crs) == ["w-1"]
    lat_lon = "BBOX(38.2, 26.9, 38.6, 27.1)"
    degrees = "http://www.opengis.net/def/crs/EPSG/0/4326"
    assert town.refs("parcels", filter=f"S_INTERSECTS({lat_lon}, geom)", filter_crs=degrees) == ALL_PARCELS
    assert town.refs("parcels", filter=f"S_INTERSECTS({lat_lon}, geom)") == []


def test_a_field_is_filtered_by_its_own_name(town):  # noqa: F811
    assert town.refs("parcels", block_no="101", parcel_no="2") == ["w-2"]
    assert town.refs("parcels", registered_area_m2="80") == ["w-3"]
    assert town.refs("parcels", valid_from="2010-06-01") == ["e-1"]
    assert town.refs("parcels", district_id="9" * 39) == []
    for name, wrong in (("district_id", "one"), ("valid_from", "yesterday"), ("block_no", "a\0")):
        answer = town.ask("parcels", **{name: wrong})
        assert (answer.status_code, answer.get_json()["parameter"]) == (400, name)
