"""Pages of a past day: the same features in the same order as they were served then, found by indexes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event, text

from layers.core.profile import load_profile
from layers.core.query import FeatureQuery, ReadableLayer
from layers.core.query.page import read_page
from layers.core.query.sorting import Cursor
from layers.core.registry import Registry
from layers.core.store import ANONYMOUS, Store
from tests.importing import TEST_PROFILE
from tests.worlds import WEST, publish_parcels, square

MET = ReadableLayer(Registry.of_folder()["parcels"], ANONYMOUS.audience, load_profile(TEST_PROFILE))
ALL = [f"p{number}" for number in range(9)]
WORDS = [
    {},
    {"sortby": "-parcel_no"},
    {"bbox": "26,38,33,40"},
    {"filter": "S_INTERSECTS(geom, POLYGON((26 38, 33 38, 33 40, 26 40, 26 38)))"},
]


@pytest.fixture
def store(database) -> Iterator[Store]:
    opened = Store(database.worker, pool_size=2)
    yield opened
    opened.close()


@pytest.fixture
def past(database) -> int:
    """The publish before every third parcel ended and others came."""
    then = publish_parcels(database, WEST, {ref: square(number, 0) for number, ref in enumerate(ALL)})
    publish_parcels(database, WEST, {"later": square(20, 0)}, retire=ALL[::3])
    return then


def asked(words: dict[str, str], limit: int, as_of: int | None) -> FeatureQuery:
    return replace(FeatureQuery.parse({**words, "limit": str(limit)}, MET), as_of=as_of)


def page(store: Store, query: FeatureQuery) -> tuple[list[str], Cursor | None, Cursor | None]:
    with store.reading(ANONYMOUS) as connection:
        reading, features = read_page(connection, query), []
        while True:
            try:
                features += next(reading)
            except StopIteration as end:
                return features, end.value.after, end.value.before


@pytest.mark.parametrize("words", WORDS)
def test_page_by_page_it_is_what_was_there(store, past, words):
    whole, after, _ = page(store, asked(words, 100, past))
    assert (len(whole), after) == (len(ALL), None)
    query, read = asked(words, 2, past), []
    while True:
        features, after, _ = page(store, query)
        read += features
        if after is None:
            break
        query = replace(query, after=after)
    assert read == whole


@pytest.mark.parametrize("words", WORDS)
def test_one_goes_back_by_the_same_pages(store, past, words):
    first, after, _ = page(store, asked(words, 4, past))
    second, further, before = page(store, replace(asked(words, 4, past), after=after))
    third, _, last = page(store, replace(asked(words, 4, past), after=further))
    assert page(store, replace(asked(words, 4, past), before=last))[0] == second
    assert page(store, replace(asked(words, 4, past), before=before))[0] == first
    assert len(third) == len(ALL) - 8


def test_nothing_is_sorted_that_an_index_has_in_order(store, past):
    plans: list[str] = []

    def explain(connection, cursor, statement, parameters, context, executemany):
        if "ST_AsGeoJSON" in statement:
            with connection.connection.cursor() as beside:
                beside.execute(f"EXPLAIN {statement}", parameters)
                plans.append("\n".join(row[0] for row in beside.fetchall()))

    event.listen(store.engine, "before_cursor_execute", explain)
    with store.reading(ANONYMOUS) as connection:
        connection.execute(
            text("SELECT set_config(name, 'off', true) FROM unnest(ARRAY['enable_sort', 'enable_seqscan']) AS name")
        )
        list(read_page(connection, asked({}, 2, past)))
    (plan,) = plans
    assert "Sort Key" in plan
    assert "->  Sort" not in plan
    assert "parcels_id" in plan
