"""Nothing is lost between zooms: a generated district with every layer, and the parcels of a real town."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
import shapely

from demo.sample.city import plan_city
from demo.sample.district import make_boundaries, make_district
from demo.sample.sources import read_sources
from layers.core.bulk import BulkLoad, BulkPublish
from layers.core.layer import Layer, Shape, labels_of
from layers.core.profile import Profile, load_profile
from layers.core.profile_store import apply_profile
from layers.core.store import WORKER
from tests.db import test_epinay as epinay
from tests.db.test_sample_pool import DISTRICT, PARCELS, ROOT
from tests.edits import Editor, open_editor
from tests.importing import open_desk
from tests.truth import (
    counted_levels,
    dissolved_levels,
    features_shown,
    kept_shapes,
    overlap,
    shapes_from_scratch,
    stale_tiles,
)

GROUPS = (
    "SELECT n, area_m2, length_m, fields, ST_AsBinary(outline) AS outline, "
    "ST_AsBinary(ST_Transform(geom, ST_SRID(outline))) AS back "
    "FROM tiles.dissolved WHERE layer_id = :layer AND level = :level ORDER BY key"
)


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(ROOT / "profiles/izmir.toml")


@pytest.fixture(scope="module")
def made(profile, tmp_path_factory) -> tuple[BulkLoad, ...]:
    everything = read_sources(profile)
    city = plan_city(replace(everything, districts=(everything.district(DISTRICT),)), PARCELS, seed=1)
    folder = tmp_path_factory.mktemp("fabric")
    return (*make_boundaries(city, folder), make_district(city, DISTRICT, folder))


@pytest.fixture
def district(database, profile, made) -> Iterator[Editor]:
    apply_profile(database.owner, profile)
    with open_editor(database) as editor:
        with editor.store.writing(WORKER) as connection:
            BulkPublish.begin(connection, editor.registry, made).end({})
        yield editor


@pytest.fixture
def town(database) -> Iterator[Editor]:
    apply_profile(database.owner, load_profile(epinay.PROFILE))
    parcels = json.loads(epinay.PARCELS.read_text())
    with open_desk(database, epinay.PROFILE) as desk:
        desk.publish(epinay.send(desk, parcels))
        desk.publish(epinay.send(desk, epinay.edited(parcels), is_whole_state=True))
    with open_editor(database) as editor:
        yield editor


def shown(editor: Editor, layer: Layer, mvt_id: str, zoom: int) -> list[dict]:
    with editor.store.reading(WORKER) as connection:
        return [properties for _, properties in features_shown(connection, layer, mvt_id, zoom)]


def test_every_zoom_of_every_layer_counts_each_feature_once(district):
    asked = 0
    for layer, level in counted_levels(district.registry):
        for zoom in level.zooms:
            points = shown(district, layer, labels_of(layer.level_id(level)), zoom)
            assert sum(point["n"] for point in points) == district.number(layer.id), (layer.id, level.id, zoom)
            asked += len(points)
    assert asked > 100


def test_every_group_is_in_the_tiles_of_its_zooms(district):
    for layer, level in dissolved_levels(district.registry):
        groups = {frozenset(_carried(row).items()) for row in district.rows(GROUPS, layer=layer.id, level=level.id)}
        assert bool(groups) == bool(district.number(layer.id)), layer.id
        for zoom in level.zooms:
            found = {
                frozenset(properties.items()) for properties in shown(district, layer, layer.level_id(level), zoom)
            }
            assert found == groups, (layer.id, level.id, zoom)


def test_every_group_is_named_once(district):
    for layer, level in dissolved_levels(district.registry):
        if level.labels_from is not None:
            groups = Counter(
                frozenset(_carried(row).items()) for row in district.rows(GROUPS, layer=layer.id, level=level.id)
            )
            named = shown(district, layer, labels_of(layer.level_id(level)), level.labels_from)
            assert Counter(frozenset(properties.items()) for properties in named) == groups, layer.id


def test_polygons_dissolved_cover_what_they_are_made_of(district):
    for layer, level in dissolved_levels(district.registry):
        if layer.shape == Shape.POLYGONS:
            groups = district.rows(GROUPS, layer=layer.id, level=level.id)
            drawn = shapely.from_wkb([bytes(row.back) for row in groups])
            assert shapely.area(drawn).sum() == pytest.approx(sum(row.area_m2 for row in groups), rel=0.005), layer.id
            assert shapely.coverage_is_valid(drawn, gap_width=0), layer.id


def test_sections_of_a_real_town_stay_whole_through_an_edit(town):
    sections = town.rows(GROUPS, layer="parcels", level="blocks")
    (pool,) = town.rows("SELECT count(*) AS n, sum(ST_Area(geom)) AS area FROM pool.parcels")
    assert sum(row.n for row in sections) == pool.n
    exact = shapely.from_wkb([bytes(row.outline) for row in sections])
    drawn = shapely.from_wkb([bytes(row.back) for row in sections])
    assert shapely.area(exact).sum() == pytest.approx(pool.area, abs=1)
    assert shapely.area(drawn).sum() == pytest.approx(pool.area, rel=0.005)
    assert shapely.get_num_coordinates(drawn).sum() < shapely.get_num_coordinates(exact).sum() / 3
    # Where sections overlap by a few centimetres in the file, they do so in the picture.
    assert overlap(drawn) < overlap(exact) + 1
    with town.store.writing(WORKER) as connection:
        assert stale_tiles(connection, town.registry) == []
        assert kept_shapes(connection) == shapes_from_scratch(connection, town.registry)


def _carried(group) -> dict:
    """What a tile says of a group."""
    return {**group.fields, "n": group.n}
