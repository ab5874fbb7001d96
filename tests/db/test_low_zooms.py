"""What low zooms show is kept by the publish that touches it: blocks, mains, and counts in areas."""

from collections import Counter
from collections.abc import Iterator

import pytest
import shapely

from layers.core.layer import Layer, labels_of
from layers.core.levels import Level
from layers.core.store import WORKER
from layers.core.tiles.address import TileAddress
from tests.edits import Drawn, Editor, open_editor
from tests.jagged import CELL, MIDDLE, area, block
from tests.truth import (
    counted_levels,
    dissolved_levels,
    features_shown,
    kept_shapes,
    overlap,
    shapes_from_scratch,
    stale_tiles,
    stored_tiles,
)
from tests.worlds import EAST, WEST

BLOCKS = (
    "SELECT key, n, fields ->> 'block_no' AS block_no, ST_AsBinary(outline) AS outline, ST_AsBinary(geom) AS drawn, "
    "ST_AsBinary(ST_Transform(geom, ST_SRID(outline))) AS back "
    "FROM tiles.dissolved WHERE layer_id = 'parcels' AND level = 'blocks' AND district_id = :district ORDER BY key"
)
PARCELS = "SELECT block_no, ST_AsBinary(geom) AS geom FROM pool.parcels WHERE district_id = :district ORDER BY ref"
COUNTS = (
    "SELECT a.ref, coalesce(c.n, 0) AS n, coalesce(c.area_m2, 0) AS area_m2, coalesce(c.length_m, 0) AS length_m "
    "FROM tiles.area AS a LEFT JOIN tiles.count AS c ON c.layer_id = :layer AND c.areas = a.areas "
    "AND c.district_id = a.district_id AND c.ref = a.ref WHERE a.areas = :areas AND a.district_id = :district"
)


def parcel(block_no: str, column: int, row: int, width: int = 1, height: int = 1) -> Drawn:
    """Cells of a block."""
    return Drawn(block(column, row, width, height), {"block_no": block_no, "parcel_no": f"{column}{row}"})


def road(name: str, width_m: float, *cells: tuple[float, float]) -> Drawn:
    """A line from cell to cell."""
    return Drawn(line(*cells), {"name": name, "width_m": width_m, "road_class": "street"})


def line(*cells: tuple[float, float]) -> str:
    """WKT of a line from cell to cell."""
    places = [(MIDDLE[0] + column * CELL, MIDDLE[1] + row * CELL) for column, row in cells]
    return shapely.MultiLineString([places]).wkt


def boundary(west: float, south: float, east: float, north: float, name: str) -> Drawn:
    """A neighbourhood or district."""
    return Drawn(area(west, south, east, north), {"name": name})


TWO_BLOCKS = {
    "a-1": parcel("A", -4, 0),
    "a-2": parcel("A", -3, 0),
    "a-3": parcel("A", -4, 1),
    "a-4": parcel("A", -3, 1),
    "b-1": parcel("B", -2, 0),
    "b-2": parcel("B", -1, 0),
    "b-3": parcel("B", -2, 1),
    "b-4": parcel("B", -1, 1),
}
NEIGHBOURHOODS = {"north": boundary(-5, 1, 0, 5, "North"), "south": boundary(-5, -5, 0, 1, "South")}
"""What lies west of them is in no neighbourhood."""


@pytest.fixture
def editor(database) -> Iterator[Editor]:
    with open_editor(database) as opened:
        opened.publish(WEST, "districts", {"1": boundary(-10, -5, 0, 5, "West")})
        opened.publish(EAST, "districts", {"2": boundary(0, -5, 10, 5, "East")})
        opened.publish(WEST, "neighbourhoods", NEIGHBOURHOODS)
        opened.publish(WEST, "parcels", TWO_BLOCKS)
        yield opened


def blocks(editor: Editor, district_id: int = WEST) -> dict[str, int]:
    """Parcels of each block."""
    return {row.block_no: row.n for row in editor.rows(BLOCKS, district=district_id)}


def counts(editor: Editor, layer_id: str, areas: str = "neighbourhoods", district_id: int = WEST) -> dict[str, int]:
    """Features in each area."""
    rows = editor.rows(COUNTS, layer=layer_id, areas=areas, district=district_id)
    return {row.ref: row.n for row in rows}


def everything_is_as_if_made_now(editor: Editor) -> bool:
    with editor.store.writing(WORKER) as connection:
        assert stale_tiles(connection, editor.registry) == []
        assert kept_shapes(connection) == shapes_from_scratch(connection, editor.registry)
    return True


def blocks_are_their_parcels(editor: Editor, district_id: int = WEST) -> bool:
    """Same ground, same area, no gap and no overlap, also where borders are simplified."""
    rows = editor.rows(BLOCKS, district=district_id)
    parcels = editor.rows(PARCELS, district=district_id)
    for row in rows:
        members = [bytes(one.geom) for one in parcels if one.block_no == row.block_no]
        assert row.n == len(members)
        assert shapely.from_wkb(bytes(row.outline)).equals(shapely.union_all(shapely.from_wkb(members)))
    ground = shapely.area(shapely.from_wkb([bytes(one.geom) for one in parcels])).sum()
    for shown in ("outline", "back"):
        shapes = shapely.from_wkb([bytes(getattr(row, shown)) for row in rows])
        assert shapely.area(shapes).sum() == pytest.approx(ground, rel=0.005)
        assert overlap(shapes) < 1e-3
    assert shapely.coverage_is_valid(shapely.from_wkb([bytes(row.drawn) for row in rows]))
    return True


def test_two_blocks_share_their_simplified_border(editor):
    assert blocks(editor) == {"A": 4, "B": 4}
    assert blocks_are_their_parcels(editor)
    corners = {
        shown: shapely.get_num_coordinates(
            shapely.from_wkb([bytes(getattr(row, shown)) for row in editor.rows(BLOCKS, district=WEST)])
        ).sum()
        for shown in ("outline", "drawn")
    }
    assert corners["drawn"] < corners["outline"] / 4


EDITS = {
    "a border moves by a row of cells": (
        {"a-2": parcel("A", -3, 0, 2), "b-1": parcel("B", -1, 0)},
        ["b-2"],
        {"A": 4, "B": 3},
    ),
    "a parcel is divided": ({"a-5": parcel("A", -4, 2), "a-3": parcel("A", -4, 1)}, [], {"A": 5, "B": 4}),
    "two parcels of two blocks are joined": ({"a-6": parcel("A", -3, 0, 2)}, ["a-2", "b-1"], {"A": 4, "B": 3}),
    "a parcel goes over to another block": ({"b-1": parcel("A", -2, 0)}, [], {"A": 5, "B": 3}),
    "a parcel goes over to a new block": ({"b-4": parcel("C", -1, 1)}, [], {"A": 4, "B": 3, "C": 1}),
    "a block loses its last parcel": ({}, ["b-1", "b-2", "b-3", "b-4"], {"A": 4}),
    "a hole opens": ({}, ["a-2"], {"A": 3, "B": 4}),
    "nothing is left": ({}, list(TWO_BLOCKS), {}),
}


@pytest.mark.parametrize("what", EDITS)
def test_blocks_stay_whole_when(editor, what):
    put, retire, left = EDITS[what]
    editor.publish(WEST, "parcels", put, retire=retire)
    assert blocks(editor) == left
    assert blocks_are_their_parcels(editor)
    assert everything_is_as_if_made_now(editor)


def test_the_tile_of_a_block_that_is_gone_is_empty(editor):
    far_away = parcel("E", 400, -3)
    editor.publish(EAST, "parcels", {"e-1": far_away})
    there = tiles_with(editor, "parcels_blocks")
    editor.publish(EAST, "parcels", {}, retire=["e-1"])
    left = there - tiles_with(editor, "parcels_blocks")
    assert {address.z for address in left} == {12, 13}
    with editor.store.reading(WORKER) as connection:
        stored = stored_tiles(connection)
    assert {stored["parcels", address] for address in left} == {b""}


def tiles_with(editor: Editor, mvt_id: str) -> set[TileAddress]:
    layer = editor.registry["parcels"]
    with editor.store.reading(WORKER) as connection:
        return {address for zoom in layer.tile_zooms for address, _ in features_shown(connection, layer, mvt_id, zoom)}


def test_blocks_of_two_districts_do_not_touch_each_other(editor):
    """A border between districts is each one's own: neither publish waits for the other's rows."""
    before = editor.rows(BLOCKS, district=WEST)
    editor.publish(EAST, "parcels", {"e-1": parcel("B", 0, 0), "e-2": parcel("B", 0, 1)})
    assert editor.rows(BLOCKS, district=WEST) == before
    assert blocks(editor, EAST) == {"B": 2}
    assert everything_is_as_if_made_now(editor)


def test_counts_follow_what_comes_changes_and_ends(editor):
    assert counts(editor, "parcels") == {"north": 4, "south": 4, "": 0}
    editor.publish(WEST, "parcels", {"a-5": parcel("A", -4, 2), "c-1": parcel("C", -8, 2)})
    assert counts(editor, "parcels") == {"north": 5, "south": 4, "": 1}
    editor.publish(WEST, "parcels", {"a-5": parcel("A", -4, -1)})
    assert counts(editor, "parcels") == {"north": 4, "south": 5, "": 1}
    editor.publish(WEST, "parcels", {}, retire=["a-5", "c-1", "b-1"])
    assert counts(editor, "parcels") == {"north": 4, "south": 3, "": 0}
    assert counts(editor, "parcels", "districts") == {"1": editor.number("parcels")}


def test_areas_and_lengths_of_counts_are_those_of_the_pool(editor):
    editor.publish(
        WEST, "roads", {"r-1": road("Long", 14, (-4, 0.5), (-1, 0.5)), "r-2": road("Short", 5, (-4, 2), (-3, 2))}
    )
    for layer_id, statement in (
        ("parcels", "SELECT count(*) AS n, sum(ST_Area(geom)) AS area_m2, 0 AS length_m FROM pool.parcels"),
        ("roads", "SELECT count(*) AS n, 0 AS area_m2, sum(ST_Length(geom)) AS length_m FROM pool.roads"),
    ):
        (pool,) = editor.rows(statement)
        for areas in ("neighbourhoods", "districts"):
            kept = editor.rows(COUNTS, layer=layer_id, areas=areas, district=WEST)
            assert sum(row.n for row in kept) == pool.n
            if layer_id == "parcels":
                assert sum(row.area_m2 for row in kept) == pytest.approx(pool.area_m2, abs=2)
            else:
                assert sum(row.length_m for row in kept) == pytest.approx(pool.length_m, abs=2)


def test_a_redrawn_neighbourhood_counts_every_layer_anew(editor):
    editor.publish(WEST, "roads", {"r-1": road("Long", 14, (-4, 0.5), (-1, 0.5))})
    assert counts(editor, "roads") == {"north": 0, "south": 1, "": 0}
    lower = {"north": boundary(-5, 0, 0, 5, "North"), "south": boundary(-5, -5, 0, 0, "South")}
    editor.publish(WEST, "neighbourhoods", lower)
    assert counts(editor, "parcels") == {"north": 8, "south": 0, "": 0}
    assert counts(editor, "roads") == {"north": 1, "south": 0, "": 0}
    assert everything_is_as_if_made_now(editor)


def test_what_a_neighbourhood_gives_up_falls_to_the_rest_of_the_district(editor):
    editor.publish(WEST, "neighbourhoods", {}, retire=["north"])
    assert counts(editor, "parcels") == {"south": 4, "": 4}
    assert everything_is_as_if_made_now(editor)


def test_a_feature_beyond_the_districts_boundary_is_counted_too(editor):
    """Boundaries of districts and neighbourhoods come from different hands and do not meet exactly."""
    wide = {"south": boundary(-5, -8, 0, 1, "South")}
    editor.publish(WEST, "neighbourhoods", wide)
    editor.publish(WEST, "parcels", {"d-1": parcel("D", -3, -7)})
    assert counts(editor, "parcels") == {"north": 4, "south": 5, "": 0}
    editor.publish(WEST, "neighbourhoods", {"south": NEIGHBOURHOODS["south"]})
    assert counts(editor, "parcels") == {"north": 4, "south": 4, "": 1}
    assert everything_is_as_if_made_now(editor)


def test_a_renamed_neighbourhood_is_drawn_with_its_new_name(editor):
    editor.publish(WEST, "neighbourhoods", {"south": Drawn(NEIGHBOURHOODS["south"].wkt, {"name": "Harbour"})})
    assert {properties["name"] for properties in shown(editor, "parcels", "parcels_by_neighbourhood_labels", 10)} == {
        "North",
        "Harbour",
    }
    assert everything_is_as_if_made_now(editor)


def test_narrow_roads_are_not_among_the_mains_and_are_counted(editor):
    editor.publish(
        WEST, "roads", {"r-1": road("Long", 14, (-4, 0.5), (-1, 0.5)), "r-2": road("Short", 5, (-4, 2), (-3, 2))}
    )
    assert {properties["name"] for properties in shown(editor, "roads", "roads_mains", 12)} == {"Long"}
    assert sum(properties["n"] for properties in shown(editor, "roads", "roads_by_neighbourhood_labels", 12)) == 2
    editor.publish(WEST, "roads", {"r-1": road("Long", 10, (-4, 0.5), (-1, 0.5))})
    assert shown(editor, "roads", "roads_mains", 12) == []
    assert everything_is_as_if_made_now(editor)


def shown(editor: Editor, layer_id: str, mvt_id: str, zoom: int) -> list[dict]:
    """Properties of what an MVT layer shows at a zoom."""
    with editor.store.reading(WORKER) as connection:
        found = features_shown(connection, editor.registry[layer_id], mvt_id, zoom)
    return [properties for _, properties in found]


def label_points(editor: Editor, layer: Layer, level: Level, zoom: int) -> list[dict]:
    return shown(editor, layer.id, labels_of(layer.level_id(level)), zoom)


def test_every_zoom_counts_every_feature_once(editor):
    editor.publish(WEST, "parcels", {"c-1": parcel("C", -8, 2), "c-2": parcel("C", -7, 2)})
    editor.publish(WEST, "roads", {"r-1": road("Long", 14, (-4, 0.5), (-1, 0.5))})
    for layer, level in counted_levels(editor.registry):
        for zoom in level.zooms:
            points = label_points(editor, layer, level, zoom)
            assert sum(properties["n"] for properties in points) == editor.number(layer.id), (layer.id, level.id, zoom)


def test_every_block_is_shown_and_named_once(editor):
    for layer, level in dissolved_levels(editor.registry):
        if layer.id == "parcels":
            for zoom in level.zooms:
                assert {p["block_no"] for p in shown(editor, "parcels", "parcels_blocks", zoom)} == {"A", "B"}
    named = Counter(p["block_no"] for p in shown(editor, "parcels", "parcels_blocks_labels", 13))
    assert named == {"A": 1, "B": 1}
