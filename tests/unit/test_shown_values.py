"""Values of fields as pages write them."""

import pytest

from gisserver.shown_values import shown_value


@pytest.mark.parametrize(
    ("value", "schema", "written"),
    [
        (31004, {"type": "integer", "readOnly": True}, "31004"),
        (301_234, {"type": "integer"}, "301.234"),
        (1985, {"type": "integer"}, "1985"),
        (402.42, {"type": "number", "readOnly": True, "x-ogc-unitTitle": "m²"}, "402,42\u00a0m²"),
        ("2024-03-09", {"type": "string", "format": "date"}, "9 Mart 2024"),
        (1448, {"type": "integer", "x-ogc-codes": [{"value": 1448, "title": "Karabağlar"}]}, "Karabağlar"),
        (None, {"type": "integer"}, ""),
    ],
)
def test_numbers_are_amounts_unless_the_pool_counts_by_them(value, schema, written):
    assert shown_value(value, schema, "tr") == written
