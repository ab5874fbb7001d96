"""Each discovered layer keeps what its declaration promises."""

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from layers.core.layer import Audience, Layer
from layers.core.registry import Registry

LAYERS = list(Registry.of_folder())
COMMON = {"ref", "district_id"}


@pytest.fixture
def owner(database):
    engine = create_engine(database.owner)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_a_layers_tile_fields_and_label_are_its_own_public_fields(layer: Layer):
    fields = {field.name: field for field in layer.fields}
    for name in {*layer.tile_fields, layer.label} - COMMON:
        assert fields[name].audience <= layer.audience, name


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_every_field_has_a_title_in_both_languages(layer: Layer):
    for field in layer.fields:
        assert all((field.title.tr, field.title.en)), field.name
    assert layer.title.tr != layer.title.en


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_every_word_of_a_list_has_a_title_in_both_languages(layer: Layer):
    for field in layer.fields:
        assert not field.allowed.one_of or set(field.allowed.titles) == set(field.allowed.one_of), field.name
        assert all(title.tr and title.en for title in field.allowed.titles.values()), field.name


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_the_model_is_the_table(layer: Layer, owner):
    """Name, type and null-ness of every column; the migration is written by hand."""
    table = layer.model.__table__
    built = {column["name"]: column for column in inspect(owner).get_columns(table.name, schema="pool")}
    assert set(built) == {column.name for column in table.columns}
    for column in table.columns:
        if column.name == "geom":
            continue
        assert _spelled(built[column.name]["type"]) == _spelled(column.type), column.name
        domain = column.info.get("attribute")
        if domain is not None and not domain.is_derived:
            assert built[column.name]["nullable"] != domain.is_required, column.name


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_history_has_the_same_columns_of_the_same_types(layer: Layer, owner):
    """The trigger copies a row column by column."""
    columns = text(
        "SELECT column_name, udt_name FROM information_schema.columns "
        "WHERE table_schema = :schema AND table_name = :name"
    )
    with owner.connect() as connection:
        pool, history = (
            {tuple(row) for row in connection.execute(columns, {"schema": schema, "name": layer.id})}
            for schema in ("pool", "history")
        )
    assert history == pool | {("epoch_to", "int8")}


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_the_geometry_has_the_layers_shape_and_the_profiles_crs(layer: Layer, owner):
    with owner.connect() as connection:
        row = connection.execute(
            text(
                "SELECT type, srid, (SELECT storage_srid FROM ops.profile) AS storage FROM geometry_columns "
                "WHERE f_table_schema = 'pool' AND f_table_name = :name"
            ),
            {"name": layer.id},
        ).one()
    assert row.type == layer.shape.upper()
    assert row.srid == row.storage


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_every_layer_answers_with_items_schema_and_tilejson_to_whom_it_may(layer: Layer, client, signed_in):
    caller = client if layer.audience == Audience.PUBLIC else signed_in("planner")
    assert caller.get(f"/api/collections/{layer.id}/items").get_json()["type"] == "FeatureCollection"
    assert layer.label in caller.get(f"/api/collections/{layer.id}/schema").get_json()["properties"]
    assert caller.get(f"/tiles/{layer.id}.json").get_json()["maxzoom"] == layer.zooms.stop - 1


def test_restricted_layers_are_restricted_by_the_database_too(owner):
    """The policy names the layers once more, since SQL cannot read the declarations."""
    guarded = text(
        "SELECT tablename FROM pg_policies WHERE schemaname = 'pool' AND policyname = 'reads' AND qual <> 'true'"
    )
    with owner.connect() as connection:
        by_policy = set(connection.execute(guarded).scalars())
    assert by_policy == {layer.id for layer in LAYERS if layer.audience > Audience.PUBLIC}


def _spelled(kind: TypeEngine) -> str:
    return kind.compile(postgresql.dialect())
