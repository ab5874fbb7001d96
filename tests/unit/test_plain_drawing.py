"""A layer that nobody has drawn yet is on the map all the same."""

from dataclasses import replace

import pytest

from gisserver.drawings._part import Legend
from gisserver.drawings._plain import plain_drawing
from layers.core.layer import Layer
from layers.core.registry import Registry


@pytest.mark.parametrize("like", list(Registry.of_folder()), ids=lambda layer: layer.id)
def test_every_level_of_a_new_layer_is_drawn(like: Layer):
    layer = replace(like, id="trees")
    parts = plain_drawing(layer).parts(Legend("Trees"))
    shapes = {part.level for part in parts if part.kind != "symbol"}
    assert shapes == {None, *(level.id for level in layer.levels)}
    assert len({part.name for part in parts}) == len(parts)
