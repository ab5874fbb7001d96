"""The parts of a printed map that need no pool."""

import itertools
from collections import Counter

import numpy as np
import pypdfium2
import pytest
import shapely

from gisserver.own_paths import own_path
from gisserver.prints.expression import evaluated
from gisserver.prints.grid import grid_lines, spacing
from gisserver.prints.order import Place
from gisserver.prints.paper import NAMES, POINTS_PER_MM, paper_of
from gisserver.prints.pen import Pen, Writing
from gisserver.prints.series import about_each, side_by_side
from gisserver.prints.sheet import Sheet
from gisserver.prints.shown import shown_parts
from layers.core.profile import load_profile
from layers.core.registry import Registry
from tests.application import TEST_PROFILE

PROFILE = load_profile(TEST_PROFILE)
PAPERS = [paper_of(name, is_landscape=lies) for name in NAMES for lies in (False, True)]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.name} {paper.width:.0f}")
def test_the_map_and_what_is_told_beside_it_share_the_paper(paper):
    on_map, told = shapely.box(*paper.map.in_points), shapely.box(*paper.told.in_points)
    whole = shapely.box(0, 0, paper.width * POINTS_PER_MM, paper.height * POINTS_PER_MM)
    assert whole.contains(on_map)
    assert whole.contains(told)
    assert on_map.disjoint(told)
    assert on_map.area > 0.5 * whole.area


def test_a_place_comes_back_from_paper():
    sheet = Sheet(PAPERS[0], 1234, 500_100, 4_250_200, 33)
    places = np.array([(500_100.0, 4_250_200.0), (500_090.5, 4_250_250.25)])
    assert sheet.to_ground(sheet.to_paper(places)) == pytest.approx(places, abs=1e-6)


@pytest.mark.parametrize(("rotation", "overlap"), [(0, 0), (0, 15), (30, 10)])
def test_sheets_side_by_side_leave_no_ground_out_and_overlap_as_asked(rotation, overlap):
    ground, paper = shapely.box(500_000, 4_250_000, 500_700, 4_250_900), PAPERS[0]
    places = side_by_side(ground, paper, 1000, rotation, overlap)
    sheets = [Sheet(paper, place.scale, place.east, place.north, place.rotation) for place in places]
    assert shapely.union_all([sheet.ground for sheet in sheets]).buffer(0.001).contains(ground)
    first, second = sheets[:2]
    assert shapely.area(first.ground.intersection(second.ground)) == pytest.approx(overlap * paper.map.height, rel=0.01)


def test_a_sheet_about_a_feature_takes_the_largest_round_scale_in_which_it_fits():
    wide, high = PAPERS[0].map.width, PAPERS[0].map.height
    [place] = about_each([("1/2", (0, 0, wide / 2, high / 3))], PAPERS[0], Place(0, 0, 0))
    assert (place.scale, place.name) == (1000, "1/2")


@pytest.mark.parametrize(("scale", "metres"), [(500, 50), (1000, 100), (1234, 100), (5000, 500), (25_000, 2000)])
def test_grid_lines_are_round_and_far_enough_from_each_other(scale, metres):
    sheet = Sheet(PAPERS[0], scale, 500_000, 4_250_000)
    assert spacing(sheet) == metres
    assert {line.metres % metres for line in grid_lines(sheet)} == {0}


@pytest.mark.parametrize("zoom", [8, 10.5, 12, 14.2, 16, 18.3, 21])
def test_every_drawing_can_be_painted_on_paper_at_every_zoom(zoom):
    """A drawing that uses an operator which paper does not know is found here, not on a customer's sheet."""
    for shown in shown_parts(Registry.of_folder(), PROFILE, "tr", zoom):
        told = dict.fromkeys(shown.fields)
        layout = [value for name, value in shown.part.layout.items() if name != "text-font"]
        for value in itertools.chain(shown.part.paint.values(), layout):
            evaluated(value, told, zoom, "tr")


def test_expressions_come_to_what_the_screen_shows():
    assert evaluated(["interpolate", ["linear"], ["zoom"], 10, 1, 20, 3], {}, 15, "tr") == 2
    assert evaluated(["interpolate", ["linear"], ["zoom"], 10, 1, 20, 3], {}, 25, "tr") == 3
    assert evaluated(["match", ["get", "a"], ["x", "y"], 1, "z", 2, 0], {"a": "y"}, 0, "tr") == 1
    assert evaluated(["concat", ["get", "b"], "/", ["get", "p"]], {"b": "12", "p": "3"}, 0, "tr") == "12/3"
    assert evaluated(["number-format", 1234.5, {"max-fraction-digits": 1}], {}, 0, "tr") == "1.234,5"


@pytest.mark.parametrize(
    "path", ["/map#map=15.5/38.4/27.1&layers=parcels,zones", "/answer/0b6c?lang=en", "/story/parcels/0b6c"]
)
def test_our_own_pages_may_be_linked(path):
    assert own_path(path, 8000) == path


@pytest.mark.parametrize(
    "path",
    [
        *(
            "//evil.example/map",
            "https://evil.example/map",
            "/\\evil.example",
            "javascript:alert(1)",
            "/map\r\nX: y",
            None,
            5,
        ),
        *("/mapx", "/signin?next=x", "/map/../signin", '/map#"><script>', "/map#<img>", " /map", "/map\t", ""),
    ],
)
def test_nothing_else_may(path):
    assert own_path(path, 8000) is None


def test_an_address_of_any_length_is_not_kept():
    assert own_path("/map#" + "a" * 9000, 8000) is None


def test_words_with_a_halo_are_written_in_their_own_colour():
    paper = paper_of("A4", is_landscape=True)
    pen = Pen("", "en")
    pen.begin_page(paper)
    pen.box(0, 0, 600, 500, fill="#a08060")
    pen.write("101/12", 100, 100, Writing(40, "#102030", halo="#ffffff", halo_width=3))
    pen.end_page()
    with pypdfium2.PdfDocument(pen.finish("", "")) as document:
        seen = document[0].render(scale=4).to_pil().convert("RGB")
    counted = Counter(seen.get_flattened_data())
    assert counted[0x10, 0x20, 0x30] > 500
    assert counted[255, 255, 255] > 500


def test_areas_keep_their_holes_overlaps_show_and_what_is_empty_is_left_out():
    outer, hole, over = (
        shapely.box(100, 100, 300, 300),
        shapely.box(150, 150, 200, 200),
        shapely.box(250, 100, 400, 300),
    )
    pen = Pen("", "en")
    pen.begin_page(paper_of("A4", is_landscape=True))
    pen.fill([], "#000000")
    pen.fill([shapely.Polygon(), shapely.MultiPolygon([outer - hole]), over], "#000000", 0.5)
    pen.end_page()
    with pypdfium2.PdfDocument(pen.finish("", "")) as document:
        page = document[0].render().to_pil().convert("L")
    lights = [page.getpixel((x, page.height - 175)) for x in (120, 175, 270, 350, 450)]
    alone, in_hole, both, other, outside = lights
    assert in_hole == outside == 255
    assert both < alone == other < 255
