"""A field that says so is sorted by at once, however many features there are."""

import pytest
from sqlalchemy import create_engine, text

from layers.core.layer import Audience
from layers.core.profile import load_profile
from layers.core.query import ReadableLayer
from layers.core.registry import Registry
from tests.application import TEST_PROFILE

FIRST_COLUMNS = text(
    "SELECT a.attname FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
    "WHERE i.indrelid = CAST(:table AS regclass) AND i.indpred IS NULL"
)


@pytest.mark.parametrize("layer", list(Registry.of_folder()), ids=lambda layer: layer.id)
def test_what_a_layer_calls_ordered_has_an_index(database, layer):
    ordered = {
        field.name
        for field in ReadableLayer(layer, Audience.DEPARTMENT, load_profile(TEST_PROFILE)).properties
        if field.is_ordered
    }
    engine = create_engine(database.owner)
    with engine.connect() as connection:
        indexed = set(connection.execute(FIRST_COLUMNS, {"table": f"pool.{layer.table.name}"}).scalars())
    engine.dispose()
    assert ordered <= indexed
