"""What speaks for a reading of a file's numbers, and what a person is shown of it."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from importers.broken import DoubtfulSystem, NoSuchSystem, ShiftedSystem, UnknownSystem
from importers.crs.evidence import Evidence
from importers.crs.locate import locate
from importers.crs.outlines import agreement
from layers.core.declared_crs import DeclaredCrs
from layers.core.profile import load_profile

ROOT = Path(__file__).parents[2]
IZMIR = load_profile(ROOT / "profiles/izmir.toml")
EPINAY = load_profile(ROOT / "profiles/epinay.toml")
TOWN = json.loads((ROOT / "demo/data/epinay/cadastre-91216-parcelles.json").read_text())


def street(x: float = 512_000, y: float = 4_254_000, lots: int = 30):
    """Lots of unequal width along a road, as surveyed."""
    rng = np.random.default_rng([int(x), int(y)])
    edges = np.cumsum(rng.uniform(9, 31, lots + 1))
    depths = rng.uniform(20, 40, lots + 1)
    pairs = zip(edges, edges[1:], depths, depths[1:], strict=False)
    return np.array([shapely.Polygon([(x + a, y), (x + b, y), (x + b, y + e), (x + a, y + d)]) for a, b, d, e in pairs])


def written(shapes, srid: int, storage: int = 5253):
    move = Transformer.from_crs(storage, srid, always_xy=True).transform
    return shapely.transform(shapes, move, interleaved=False)


def world(published, sent, district=None, refs=None) -> Evidence:
    tree = shapely.STRtree(published)
    points = np.full((len(sent), 2), np.nan) if refs is None else shapely.get_coordinates(shapely.centroid(refs))
    return Evidence(district, points, lambda boxes: tree.geometries.take(np.unique(tree.query(boxes)[1])))


LOTS = street()
SENT, KEPT = LOTS[::3], np.delete(LOTS, slice(None, None, 3))
DISTRICT = shapely.box(505_000, 4_247_000, 519_000, 4_261_000)


def refusal(expected, shapes, declared=None, file_crs=None, evidence=None, profile=IZMIR):
    with pytest.raises(expected) as told:
        locate(shapes, DeclaredCrs.parse_optional(declared), file_crs, evidence or world(KEPT, SENT, DISTRICT), profile)
    return told.value


def test_a_local_transformation_that_misses_by_two_metres_still_agrees():
    shifted = shapely.transform(SENT, lambda points: np.add(points, [1.4, -1.1]))
    found = agreement(shifted, KEPT)
    assert found.share > 0.8
    assert found.residual_m == pytest.approx(1.78, abs=0.01)


def test_outlines_that_lie_anywhere_do_not_agree_and_empty_ground_says_nothing():
    elsewhere = shapely.transform(SENT, lambda points: np.add(points, [-40.9, 7.3]))
    assert agreement(elsewhere, KEPT).fit < 0.4
    assert agreement(SENT, np.array([], dtype=object)) is None


@pytest.mark.parametrize("declared", [None, "2319"])
def test_neighbours_tell_the_datum_where_nothing_has_a_name(declared):
    told = refusal(ShiftedSystem if declared else UnknownSystem, SENT, declared)
    first, *others = told.facts["candidates"]
    assert first["crs"] == "5253"
    assert first["score"] > 0.9
    assert all(other["score"] <= 0.5 for other in others)
    assert "of the corners fall on corners of published features" in first["why"][1]["en"]


def test_a_reading_that_lands_on_published_areas_counts_for_less_than_one_on_empty_ground():
    built_up = np.concatenate([KEPT, street(512_000 - 41, 4_254_000 - 186)])
    told = refusal(UnknownSystem, SENT, evidence=world(built_up, SENT, DISTRICT))
    offered = {one["crs"]: one for one in told.facts["candidates"]}
    assert list(offered) == ["5253", "32635", "23035", "2319"]
    assert offered["2319"]["score"] < offered["32635"]["score"] == 0.5
    assert "cover published features without sharing their corners" in str(offered["2319"]["why"])


def test_without_neighbours_both_datums_are_offered_alike_and_the_usual_one_first():
    told = refusal(UnknownSystem, SENT, evidence=Evidence(DISTRICT, np.full((len(SENT), 2), np.nan)))
    offered = {one["crs"]: one["score"] for one in told.facts["candidates"]}
    assert list(offered) == ["5253", "2319", "32635", "23035"]
    assert set(offered.values()) == {0.5}


def test_readings_of_one_place_are_one_choice():
    told = refusal(UnknownSystem, written(SENT, 5270))
    assert told.facts["candidates"][0]["crs"] == "5270"
    assert not any("5254" in one["crs"] for one in told.facts["candidates"])
    degrees = refusal(UnknownSystem, written(SENT, 5252))
    assert [one["crs"] for one in degrees.facts["candidates"]] == ["4326", "4230"]


@pytest.mark.parametrize(
    ("change", "token", "srid", "adjust", "words"),
    [
        (lambda p: p[:, ::-1], "-5253", -5253, None, "The axes are taken to be swapped"),
        (lambda p: p * 1000, "5253/mm", 5253, {"zone": 0, "unit": "mm", "factor": 0.001}, "to be millimetres"),
        (lambda p: p / 0.3048, "5253/ft", 5253, {"zone": 0, "unit": "ft", "factor": 0.3048}, "to be feet"),
        (lambda p: p / 1000, "5253/km", 5253, {"zone": 0, "unit": "km", "factor": 1000.0}, "to be kilometres"),
        (lambda p: p * 100, "5253/cm", 5253, {"zone": 0, "unit": "cm", "factor": 0.01}, "to be centimetres"),
        (
            lambda p: np.add(p, [9e6, 0]) * 1000,
            "5269/mm",
            5269,
            {"zone": 0, "unit": "mm", "factor": 0.001},
            "millimetres",
        ),
        (
            lambda p: np.add(p, [5e6, 0]),
            "5253+5",
            5253,
            {"zone": 5, "unit": None, "factor": 1.0},
            "The zone number 5",
        ),
    ],
)
def test_what_is_wrong_with_the_numbers_is_found_and_said(change, token, srid, adjust, words):
    told = refusal(UnknownSystem, shapely.transform(SENT, change))
    first = told.facts["candidates"][0]
    assert (first["crs"], first["srid"], first["adjust"]) == (token, srid, adjust)
    assert words in " ".join(reason["en"] for reason in first["why"])
    assert all(reason["tr"].endswith(".") for reason in first["why"])


def test_a_declared_system_that_fits_is_used_and_says_what_else_would():
    used = locate(SENT, DeclaredCrs(5253), None, world(KEPT, SENT, DISTRICT), IZMIR)
    assert used.rivals == ()
    assert used.why[0] == {
        "tr": "Kayıtların %100 kadarı ilçenin içinde.",
        "en": "100 % of the records lie in the district.",
        "fr": "100\u00a0% des enregistrements se trouvent dans la commune.",
    }
    alone = locate(SENT, DeclaredCrs(5253), None, Evidence(DISTRICT, np.full((len(SENT), 2), np.nan)), IZMIR)
    assert alone.placement == used.placement
    assert [rival.srid for rival in alone.rivals] == [2319, 32635, 23035]


def test_who_insists_is_believed_in_the_region_and_nowhere_else():
    told = refusal(ShiftedSystem, SENT, "2319")
    assert [one["crs"] for one in told.facts["candidates"]] == ["5253", "2319!"]
    assert "choose it if what is published is wrong" in str(told.facts["candidates"][1]["why"])
    insisted = DeclaredCrs.parse("2319!")
    assert locate(SENT, insisted, None, world(KEPT, SENT, DISTRICT), IZMIR).placement.reading.srid == 2319
    assert "5254!" not in str(refusal(DoubtfulSystem, SENT, "5254!").facts["candidates"])


def test_a_system_that_puts_more_into_the_district_is_asked_about():
    """Read as UTM the upper half of this street would lie beyond the border, 1.7 km farther north."""
    rows = np.concatenate([street(y=4_254_000 + 90 * row) for row in range(20)])
    narrow = shapely.box(505_000, 4_253_900, 519_000, 4_256_600)
    told = refusal(DoubtfulSystem, rows, "32635", evidence=Evidence(narrow, np.full((len(rows), 2), np.nan)))
    assert told.facts["candidates"][0]["crs"] == "5253"
    assert 50 <= told.facts["percent"] < 90


@pytest.mark.parametrize("declared", ["999999", "4979"])
def test_a_code_of_no_place_on_the_plane_is_refused(declared):
    told = refusal((NoSuchSystem, DoubtfulSystem), SENT, declared)
    assert told.facts["candidates"][0]["crs"] == "5253"


@pytest.mark.parametrize("count", [1, 30, 1_000])
def test_where_it_lands_is_shown_in_degrees_and_small(count):
    many = np.concatenate([street(y=4_254_000 + 90 * row) for row in range(count // 30 + 1)])[:count]
    told = refusal(UnknownSystem, many, evidence=Evidence(None, np.full((count, 2), np.nan)))
    for candidate in told.facts["candidates"]:
        assert len(json.dumps(candidate["area"])) < 5_000
        shown = shapely.from_geojson(json.dumps(candidate["area"]))
        assert shapely.box(27.0, 38.3, 27.4, 38.6).contains(shown)


def test_numbers_that_lead_nowhere_have_no_reading():
    nowhere = np.array([shapely.Point(1e12, -3), shapely.Point(np.nan, 1), None, shapely.Polygon()], dtype=object)
    assert refusal(UnknownSystem, nowhere).facts["candidates"] == []
    assert refusal(UnknownSystem, np.array([None], dtype=object)).facts["readings"] == "–"


@pytest.mark.parametrize(
    ("srid", "token"), [(2154, "2154"), (3949, "3949"), (27572, "27572"), (4326, "4326"), (3857, "3857")]
)
@pytest.mark.parametrize("is_swapped", [False, True])
def test_a_town_of_another_country_is_found_in_its_own_systems(srid, token, is_swapped):
    shapes = np.array([shapely.from_geojson(json.dumps(one["geometry"])) for one in TOWN["features"][:300]])
    lots = written(shapes, 2154, storage=4326)
    sent = written(lots[::3], srid, storage=2154)
    if is_swapped:
        sent = shapely.transform(sent, lambda points: points[:, ::-1])
    told = refusal(UnknownSystem, sent, evidence=world(np.delete(lots, slice(None, None, 3)), sent), profile=EPINAY)
    assert told.facts["candidates"][0]["srid"] == (-srid if is_swapped else srid)


def test_a_profile_without_candidates_still_tries_its_own_system_and_degrees():
    bare = replace(IZMIR, crs_candidates=())
    assert refusal(UnknownSystem, written(SENT, 4326), profile=bare).facts["candidates"][0]["crs"] == "4326"
