"""What a sender says about coordinates fits into one word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.core.declared_crs import METRES_IN, DeclaredCrs, NotACrs

SAID = st.builds(
    DeclaredCrs,
    srid=st.integers(1, 9_999_999),
    is_swapped=st.booleans(),
    zone=st.integers(-99, 99),
    unit=st.sampled_from([None, *METRES_IN]),
    is_insisted=st.booleans(),
)


@given(SAID)
def test_what_is_written_is_read_back(said):
    assert DeclaredCrs.parse(str(said)) == said


@pytest.mark.parametrize(
    ("spelled", "meant"),
    [
        ("5253", DeclaredCrs(5253)),
        ("EPSG:5253", DeclaredCrs(5253)),
        (" epsg:-5253 ", DeclaredCrs(5253, is_swapped=True)),
        ("5254+10", DeclaredCrs(5254, zone=10)),
        ("5269-9/MM", DeclaredCrs(5269, zone=-9, unit="mm")),
        ("5253!", DeclaredCrs(5253, is_insisted=True)),
    ],
)
def test_a_code_may_be_written_as_people_write_it(spelled, meant):
    assert DeclaredCrs.parse(spelled) == meant


@pytest.mark.parametrize(
    "spelled", ["", "TM27", "0", "5253/inch", "5253+", "5253; drop table", "٥٢٥٣", "5253\n+9", "5" * 20]
)
def test_anything_else_is_not_taken_for_a_system(spelled):
    with pytest.raises(NotACrs):
        DeclaredCrs.parse(spelled)


@pytest.mark.parametrize("spelled", [None, "", "  "])
def test_saying_nothing_is_no_mistake(spelled):
    assert DeclaredCrs.parse_optional(spelled) is None
