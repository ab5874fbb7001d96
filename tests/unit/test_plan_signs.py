"""What the circles of a plan say of a zone."""

from collections import Counter

import pypdfium2
import pytest
import shapely

from gisserver.drawings._part import Legend, Part
from gisserver.drawings._plan_signs import FROM_ZOOM, plan_sign_parts
from gisserver.prints.expression import evaluated
from gisserver.prints.labels import labels_of, with_room, write
from gisserver.prints.paper import paper_of
from gisserver.prints.pen import Pen
from layers.core.plan_signs import PlanSignError, PlanSigns, parse_plan_signs

SIGNS = parse_plan_signs({"orders": {"A": ["Ayrık", "AYRIK"], "B": ["Bitişik"]}, "height": "Yençok = {} m"})
HOUSING = {
    "use_label": "Konut",
    "building_order": "Ayrık",
    "floors": 4,
    "setback_front_m": "5.00",
    "setback_side_m": 3,
    "taks": 0.3,
    "kaks": 1.2,
    "h_max_m": 12.5,
}
NAME, RATIO, ORDER = plan_sign_parts(["get", "use_label"], Legend("Zones", signs=SIGNS))


def written(part: Part, **feature) -> list[str]:
    return str(evaluated(part.layout["text-field"], feature, FROM_ZOOM, "tr")).split("\n")


def test_one_circle_tells_setbacks_order_and_storeys_the_other_the_ratios():
    assert written(ORDER, **HOUSING) == ["5", "A-4", "3"]
    assert written(RATIO, **HOUSING) == ["0,3", "1,2"]
    assert written(NAME, **HOUSING) == ["Konut", "Yençok = 12,5 m"]


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({"floors": 4}, "4"),
        ({"building_order": "Bitişik"}, "B"),
        ({"building_order": "İkiz", "floors": 2}, "İkiz-2"),
        ({"building_order": "AYRIK", "floors": 0}, "A-0"),
    ],
)
def test_what_a_plan_leaves_out_is_not_made_up(known, line):
    assert written(ORDER, use_label="Konut", **known) == ["–", line, "–"]


def test_a_zone_without_conditions_has_its_name_and_no_circle():
    park = {"use_label": "Park"}
    assert [written(part, **park) for part in (ORDER, RATIO, NAME)] == [[""], [""], ["Park"]]
    assert [evaluated(part.layout["icon-image"], park, FROM_ZOOM, "tr") for part in (ORDER, RATIO)] == ["", ""]
    assert evaluated(NAME.layout["text-anchor"], park, FROM_ZOOM, "tr") == "center"


def test_two_circles_stand_side_by_side_and_one_in_the_middle():
    def offset(part, feature):
        return evaluated(part.layout["icon-offset"], feature, FROM_ZOOM, "tr")

    assert offset(ORDER, HOUSING)[0] == -offset(RATIO, HOUSING)[0] != 0
    assert offset(RATIO, {"kaks": 2}) == offset(ORDER, {"floors": 2}) == [0, 0]


def test_without_a_table_of_signs_the_order_stands_as_it_is_spelled():
    *_, order = plan_sign_parts(["get", "use_label"], Legend("Zones", signs=PlanSigns()))
    assert written(order, building_order="Ayrık", floors=4)[1] == "Ayrık-4"


@pytest.mark.parametrize(
    "table", [{"orders": {"A": ["Ayrık"], "B": ["Ayrık"]}}, {"orders": {"A": ["x", "x"]}}, {"height": "12 m"}]
)
def test_a_table_that_says_two_things_is_refused(table):
    with pytest.raises(PlanSignError):
        parse_plan_signs(table)


class OnPaper:
    """A reader of labels on a small sheet."""

    zoom = 18.0
    language = "tr"
    window = (0.0, 0.0, 800.0, 800.0)


def test_on_paper_a_circle_without_room_for_its_text_is_left_out():
    paper = paper_of("A4", is_landscape=True)
    here = shapely.box(200, 200, 300, 300)
    pen = Pen("", "tr")
    pen.begin_page(paper)
    labels = [label for _ in range(2) for label in labels_of(ORDER, [here], [HOUSING], OnPaper())]
    (one,) = with_room(labels, paper.map)
    write(one, pen)
    pen.end_page()
    with pypdfium2.PdfDocument(pen.finish("", "")) as document:
        seen = document[0].render(scale=4).to_pil().convert("RGB")
    assert Counter(seen.get_flattened_data())[0x2B, 0x33, 0x3B] > 500
