"""Values of any kind become columns of one kind, and are read back as what they were."""

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.typed_columns import alike, column, common_schema
from importers.values import NotReadable, Value, read_value
from layers.core.columns import Target
from layers.core.words import Title
from tests.records import PROFILE

NUMBER = Target("x", "number", Title("x", "x"))
TEXT = Target("x", "string", Title("x", "x"))
numbers = st.one_of(
    st.none(),
    st.integers(-(10**20), 10**20),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 3)),
    st.decimals(-1000, 1000, places=3),
)
words = st.sampled_from(["", "x", "1.312,40", "12,5", "101/A"])


def read(values: list[object], target: Target) -> list[Value | str]:
    return [one(value, target) for value in values]


def one(value: object, target: Target) -> Value | str:
    try:
        return read_value(value, target, PROFILE)
    except NotReadable:
        return "not readable"


@given(st.lists(st.one_of(numbers, words), min_size=1, max_size=8))
def test_a_number_is_read_as_the_same_number_again(values):
    assert read(column(values, comma=PROFILE.decimal_comma).to_pylist(), NUMBER) == read(values, NUMBER)


@given(st.lists(st.one_of(numbers, words), min_size=1, max_size=8))
def test_a_text_is_read_as_the_same_text_again(values):
    assert read(column(values, comma=False).to_pylist(), TEXT) == read(values, TEXT)


@given(st.lists(numbers, min_size=1, max_size=5), st.lists(st.one_of(numbers, words), min_size=1, max_size=5))
def test_batches_of_several_kinds_become_one_kind_and_keep_their_numbers(first, second):
    batches = [pa.record_batch({"x": column(values, comma=True)}) for values in (first, second)]
    schema = common_schema([batch.schema for batch in batches])
    found = [value for batch in batches for value in alike(batch, schema, {"x"}).column("x").to_pylist()]
    assert read(found, NUMBER) == read([*first, *second], NUMBER)


@pytest.mark.parametrize("odd", [b"bytes", ["a"], {"a": 1}, "\ud800", 2**70, Decimal("1.5")])
def test_what_no_column_takes_becomes_text(odd):
    assert pa.types.is_string(column(["x", odd], comma=True).type)
