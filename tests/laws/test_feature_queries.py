"""A question written into a link is read as the same question."""

import datetime
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

from hypothesis import given
from hypothesis import strategies as some

from layers.core.layer import Audience
from layers.core.profile import load_profile
from layers.core.query import FeatureQuery, ReadableLayer
from layers.core.query.feature_query import Box
from layers.core.query.field_values import FieldValue
from layers.core.query.filters import Filter
from layers.core.query.legal_time import LegalTime
from layers.core.query.sorting import Cursor, SortKey
from layers.core.registry import Registry
from tests.application import TEST_PROFILE

READABLE = ReadableLayer(Registry.of_folder()["zones"], Audience.PUBLIC, load_profile(TEST_PROFILE))
FILTERS = ("floors > 3", "CASEI(use_label) LIKE 'a%'", "S_INTERSECTS(geom, POINT(27 38))", "\"ref\" = 'it''s'")
words = some.text(some.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
days = some.dates(datetime.date(1800, 1, 1), datetime.date(2200, 1, 1))
values = {
    "string": words,
    "integer": some.integers(-(2**40), 2**40),
    "number": some.decimals(-(10**9), 10**9, places=2),
    "boolean": some.booleans(),
    "date": days,
}
systems = some.sampled_from(READABLE.offered)


@some.composite
def spans(draw) -> LegalTime:
    first, last = sorted((draw(days), draw(days)))
    return LegalTime(draw(some.sampled_from((first, None))), draw(some.sampled_from((last, None))))


@some.composite
def orders(draw) -> tuple[SortKey, ...]:
    fields = draw(some.lists(some.sampled_from(READABLE.properties), max_size=3, unique=True))
    return tuple(SortKey(field, draw(some.booleans())) for field in fields)


@some.composite
def cursors(draw, order: tuple[SortKey, ...]) -> Cursor:
    kept = [values[key.field.kind] if key.field.is_required else values[key.field.kind] | some.none() for key in order]
    return Cursor(tuple(draw(value) for value in kept), draw(some.integers(0, 2**62)))


@some.composite
def boxes(draw) -> Box:
    crs = draw(systems)
    side = some.floats(-80, 80)
    low, high = sorted((draw(side), draw(side)))
    left, right = sorted((draw(side), draw(side)))
    return Box((left, low, right, high), crs)


@some.composite
def questions(draw) -> FeatureQuery:
    order = draw(orders())
    field = draw(some.sampled_from(READABLE.properties))
    value = draw(values[field.kind])
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    text = draw(some.sampled_from((*FILTERS, None)))
    return FeatureQuery(
        readable=READABLE,
        limit=draw(some.integers(1, 10_000)),
        crs=draw(systems),
        box=draw(boxes() | some.none()),
        time=draw(spans() | some.none()),
        equal=draw(some.sampled_from(((), (FieldValue(field, int(value) if whole else value),)))),
        filter=Filter.parse(text, "cql2-text", draw(systems), READABLE) if text else None,
        chosen=draw(some.sampled_from((None, ("ref",), ("ref", "floors")))),
        order=order,
        after=draw(cursors(order) | some.none()),
        count=draw(some.sampled_from((None, "exact", "estimate"))),
        as_of=draw(some.integers(0, 2**62) | some.none()),
    )


@given(questions())
def test_what_a_link_says_is_read_as_what_was_asked(question: FeatureQuery):
    address = urlencode(question.arguments)
    assert FeatureQuery.parse(dict(parse_qsl(address, keep_blank_values=True)), READABLE) == question
