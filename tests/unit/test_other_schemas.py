"""The profile's names of fields in other standards."""

import pytest

from layers.core.other_schema import BadSchema, parse_schemas


def test_names_are_kept_by_layer():
    (found,) = parse_schemas({"ladm": {"title": {"en": "LADM"}, "layers": {"parcels": {"ref": "suID"}}}})
    assert found.names["parcels"]["ref"] == "suID"
    assert found.title("tr") == "LADM"


@pytest.mark.parametrize(
    "tables",
    [
        {"Bad Word": {"layers": {"parcels": {"ref": "a"}}}},
        {"empty": {}},
        {"spaces": {"layers": {"parcels": {"ref": "two words"}}}},
        {"twice": {"layers": {"parcels": {"ref": "a", "block_no": "a"}}}},
        {"number": {"layers": {"parcels": {"ref": "uid"}}}},
    ],
    ids=lambda tables: next(iter(tables)),
)
def test_what_cannot_be_is_refused(tables):
    with pytest.raises(BadSchema):
        parse_schemas(tables)
