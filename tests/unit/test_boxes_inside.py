"""Boxes in which nothing needs an exact look: they never reach over the edge of what was asked."""

import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box

from layers.core.query.ground import way
from layers.core.query.inside import boxes_inside

TO_STORAGE = way(4326, 5253)
ROUND = Point(27, 38).buffer(0.01, 500)
SHAPES = {
    "a box": (box(27, 38, 27.1, 38.1), 0.9),
    "a circle": (ROUND, 0.7),
    "a triangle": (Polygon([(27, 38), (27.1, 38), (27.1, 38.1)]), 0.6),
    "a ring": (ROUND - Point(27, 38).buffer(0.005), 0.5),
    "two parts": (MultiPolygon([box(27, 38, 27.1, 38.1), box(27.15, 38, 27.25, 38.1)]), 0.5),
}


def in_storage(shape):
    return shapely.transform(shapely.segmentize(shape, 0.0005), TO_STORAGE.transform, interleaved=False)


@pytest.mark.parametrize(("shape", "share"), SHAPES.values(), ids=SHAPES.keys())
def test_they_lie_inside_and_fill_most_of_it(shape, share):
    boxes, outline = boxes_inside(shape, TO_STORAGE), in_storage(shape)
    assert all(outline.contains(one) for one in boxes)
    assert sum(one.area for one in boxes) > share * outline.area


@pytest.mark.parametrize("shape", [Polygon(), Point(27, 38), box(27, 38, 27, 39)], ids=["nothing", "a point", "flat"])
def test_what_has_no_inside_has_none(shape):
    assert boxes_inside(shape, TO_STORAGE) == []
