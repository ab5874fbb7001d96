"""The generated city, told by two of its districts: one of villages, and the one that holds surveyed ground."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from demo.sample.assembly_areas import degrees
from demo.sample.blocks import blocks_of, rows_of
from demo.sample.city import CityPlan, plan_city
from demo.sample.district import make_district
from demo.sample.ground import ground_of
from demo.sample.lots import Fabric, block_shapes, fabric_of, parcel_shapes
from demo.sample.sources import NoSample, Sources, read_sources
from demo.sample.text import fixed, hexadecimal, words
from layers.core.bulk import BulkLoad
from layers.core.profile import load_profile

ROOT = Path(__file__).parents[2]
VILLAGES, TOWN = 1776, 1819
PARCELS = 6_000


@pytest.fixture(scope="module")
def sources() -> Sources:
    everything = read_sources(load_profile(ROOT / "profiles/izmir.toml"))
    return replace(everything, districts=tuple(d for d in everything.districts if d.id in (VILLAGES, TOWN)))


@pytest.fixture(scope="module")
def city(sources) -> CityPlan:
    return plan_city(sources, PARCELS, seed=1)


@pytest.fixture(scope="module")
def fabric(city) -> Fabric:
    rng = np.random.default_rng(7)
    ground = ground_of(city.districts[TOWN])
    lines = rows_of(ground, rng)
    return fabric_of(ground, lines, blocks_of(ground, lines, rng), rng)


@pytest.fixture(scope="module")
def town(city, tmp_path_factory) -> BulkLoad:
    return make_district(city, TOWN, tmp_path_factory.mktemp("town"))


def rows(made: BulkLoad, layer: str) -> list[dict[str, str]]:
    table = made.tables[layer]
    lines = table.path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(table.columns, line.split("\t"), strict=True)) for line in lines]


def shapes(found: list[dict[str, str]]) -> np.ndarray:
    return shapely.from_wkb([row["geom"] for row in found])


def digest(city: CityPlan, folder: Path) -> str:
    made = make_district(city, VILLAGES, folder)
    contents = b"".join(table.path.read_bytes() for table in made.tables.values())
    return hashlib.sha256(contents + repr(made.coverages).encode()).hexdigest()


def test_the_same_seed_makes_the_same_bytes(sources, city, tmp_path):
    assert digest(plan_city(sources, PARCELS, seed=1), tmp_path) == digest(city, tmp_path)


def test_another_seed_makes_another_city(sources, city, tmp_path):
    assert digest(plan_city(sources, PARCELS, seed=2), tmp_path) != digest(city, tmp_path)


def test_the_number_of_parcels_is_about_what_was_asked_for(city):
    laid = sum(int(mesh.quarters.lots.sum()) for plan in city.districts.values() for mesh in plan.meshes)
    assert laid == pytest.approx(PARCELS, rel=0.1)


def test_neighbourhoods_share_every_corner_across_districts_too(city):
    everything = np.concatenate(list(city.neighbourhoods.values()))
    assert shapely.is_valid(everything).all()
    assert not shapely.is_empty(everything).any()
    assert shapely.coverage_is_valid(everything)


def test_neighbourhoods_leave_nothing_of_a_district_over(city):
    for district_id, plan in city.districts.items():
        covered = shapely.area(city.neighbourhoods[district_id]).sum()
        assert covered == pytest.approx(plan.district.outline.area, abs=1.0)


def test_parcels_of_a_block_have_no_gaps_and_no_overlaps(fabric):
    parcels, blocks = parcel_shapes(fabric), block_shapes(fabric)
    assert shapely.is_valid(parcels).all()
    assert shapely.is_valid(blocks).all()
    for number, block in enumerate(blocks):
        own = parcels[fabric.lots.block == number]
        assert shapely.coverage_is_valid(own)
        assert shapely.equals(shapely.coverage_union_all(own), block)


def test_corners_lie_on_the_millimetre_grid(fabric):
    corners = shapely.get_coordinates(parcel_shapes(fabric))
    assert (corners == np.round(corners, 3)).all()


def test_parcels_of_towns_have_the_size_of_a_city(fabric):
    divided = parcel_shapes(fabric)[~fabric.lots.is_whole]
    low, middle, high = np.percentile(shapely.area(divided), [5, 50, 95])
    assert low > 120
    assert 200 < middle < 500
    assert high < 1500


def test_surveyed_and_generated_parcels_do_not_overlap(town):
    parcels = shapes(rows(town, "parcels"))
    assert shapely.is_valid(parcels).all()
    pairs = shapely.STRtree(parcels).query(parcels, predicate="overlaps").T
    for first, second in pairs[pairs[:, 0] < pairs[:, 1]]:
        assert shapely.intersection(parcels[first], parcels[second]).area < 0.01


def test_refs_are_unique_and_made_of_district_block_and_parcel(town):
    found = rows(town, "parcels")
    assert len({row["ref"] for row in found}) == len(found)
    for row in found:
        assert row["ref"] == f"{TOWN}-{row['block_no']}-{row['parcel_no']}"


def test_generated_buildings_stand_inside_their_parcels(town):
    outline = {row["ref"]: row["geom"] for row in rows(town, "parcels")}
    generated = [row for row in rows(town, "buildings") if row["origin"] == "sample"]
    parcels = shapely.from_wkb([outline[row["parcel_ref"]] for row in generated])
    assert shapely.covers(parcels, shapes(generated)).all()


def test_some_parcels_are_empty(town):
    built = {row["parcel_ref"] for row in rows(town, "buildings")}
    assert 0.05 < 1 - len(built) / town.tables["parcels"].count < 0.3


def test_odd_doors_are_on_one_hand_of_a_street_and_even_ones_on_the_other(town):
    lines = {row["ref"]: row["geom"] for row in rows(town, "roads")}
    doors = [row for row in rows(town, "addresses") if row["origin"] == "sample" and "-Y" in row["street_ref"]]
    roads = shapely.get_geometry(shapely.from_wkb([lines[row["street_ref"]] for row in doors]), 0)
    points = shapes(doors)
    at = shapely.line_locate_point(roads, points)
    here = shapely.get_coordinates(shapely.line_interpolate_point(roads, at))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(roads, at + 0.5))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(roads, np.maximum(at - 0.5, 0)))
    along, across = ahead - behind, shapely.get_coordinates(points) - here
    is_left = along[:, 0] * across[:, 1] - along[:, 1] * across[:, 0] > 0
    is_odd = np.array([int(row["door_no"].split("/")[0]) % 2 == 1 for row in doors])
    assert (is_left == is_odd).mean() > 0.99


def test_no_door_number_is_given_twice_in_a_street(town):
    found = [(row["street_name"], row["door_no"]) for row in rows(town, "addresses")]
    assert len(set(found)) == len(found)


def test_address_codes_have_ten_digits_and_are_unique(town):
    codes = [row["address_code"] for row in rows(town, "addresses")]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 10 and code.isdigit() for code in codes)


def test_streets_off_a_numbered_street_carry_its_number_and_a_slash(town):
    names = {row["name"] for row in rows(town, "roads") if row["origin"] == "sample"}
    branches = [name for name in names if "/" in name]
    assert branches
    for name in branches:
        assert f"{name.split('/')[0]} Sokak" in names


def test_a_street_on_a_border_has_another_neighbourhood_on_each_hand(town):
    assert any(row["neighbourhood_left"] != row["neighbourhood_right"] for row in rows(town, "roads"))


def test_real_streets_keep_their_names_and_have_doors(town):
    streets = {row["name"] for row in rows(town, "roads") if row["origin"] == "osm"}
    assert "Kıbrıs Şehitleri Caddesi" in streets
    doors = [row for row in rows(town, "addresses") if row["street_name"] == "Kıbrıs Şehitleri Caddesi"]
    assert {row["origin"] for row in doors} == {"osm", "sample"}


def test_a_number_in_a_zone_stands_only_where_its_state_says_so(town):
    for row in rows(town, "zones"):
        for value, state in (
            ("floors", "floors_state"),
            ("taks", "taks_state"),
            ("kaks", "kaks_state"),
            ("h_max_m", "h_state"),
        ):
            assert (row[value] != r"\N") == (row[state] == "value")
            assert row[state] in ("value", "free", "not_applicable", r"\N")


def test_attached_houses_have_a_setback_of_nothing_and_not_an_unknown_one(town):
    setbacks = {row["setback_side_m"] for row in rows(town, "zones") if row["building_order"] == "Bitişik"}
    assert "0.00" in setbacks


def test_every_zone_belongs_to_a_plan(town):
    plans = {row["ref"] for row in rows(town, "plans")}
    assert {row["plan_ref"] for row in rows(town, "zones")} <= plans


def test_the_states_of_plans_agree_with_their_dates(town):
    found = rows(town, "plans")
    assert {row["status"] for row in found} == {"in_force", "on_display", "under_review", "proposed"}
    for row in found:
        assert (row["finalised_date"] != r"\N") == (row["status"] == "in_force")
        assert (row["approval_date"] != r"\N") == (row["status"] in ("in_force", "on_display"))
        if row["finalised_date"] != r"\N":
            assert row["approval_date"] < row["display_from"] < row["display_to"] < row["finalised_date"]


def test_constraints_have_the_kinds_that_answers_ask_for(town):
    found = rows(town, "plan_constraints")
    assert {row["kind"] for row in found} == {"protected_site", "flood", "landslide", "fault"}
    assert all((row["degree"] != r"\N") == (row["kind"] == "protected_site") for row in found)


def test_some_ground_was_never_surveyed_and_some_is_under_review(city, town):
    flood = [coverage for coverage in town.coverages if coverage.theme == "flood"]
    assert {coverage.state for coverage in flood} == {"surveyed", "under_review"}
    assert len(flood) < len(city.districts[TOWN].district.neighbourhoods)


@pytest.mark.parametrize("written", ["38.493159", "38,493159", "38.493.159", "38493159", "38. 493159", "38.4931\n59"])
def test_a_coordinate_whose_point_was_lost_is_repaired(written):
    assert degrees(written, ["37", "38", "39"]) == 38.493159


@pytest.mark.parametrize("written", ["511779.738", "", "38", "yok"])
def test_a_coordinate_that_cannot_be_degrees_is_not_guessed(written):
    assert degrees(written, ["37", "38", "39"]) is None


def test_assembly_areas_that_cannot_be_placed_are_left_out_and_counted(sources):
    (town,) = (district for district in sources.districts if district.id == TOWN)
    assert town.places
    assert town.places_left_out > 0


def test_a_city_without_facts_has_no_sample():
    with pytest.raises(NoSample, match="izmir"):
        read_sources(load_profile(ROOT / "profiles/epinay.toml"))


def test_text_is_escaped_as_copy_wants_it():
    assert words(["a\tb\\c\nd"])[0] == rb"a\tb\\c\nd"


def test_numbers_keep_their_decimals():
    assert fixed(np.array([0.05, 12.0, 1234.5]), 2).tolist() == [b"0.05", b"12.00", b"1234.50"]


def test_hexadecimal_digits_are_those_of_the_bytes():
    binary = [b"\x00\x01\xfe", b"\x7f"]
    assert hexadecimal(np.array(binary)).tolist() == [value.hex().upper().encode() for value in binary]
