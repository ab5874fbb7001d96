"""How the districts stand, on a desk and on a phone."""

from contextlib import closing

import pytest
from playwright.sync_api import expect

from layers.core.scores.counting import count_faults
from layers.core.store import WORKER, Store
from tests.browser.axe import found_by_axe, sideways
from tests.worlds import EAST, WEST, publish_parcels, square

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}


def test_the_scoreboard_and_its_lists(visitor, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0, width=21)})
    publish_parcels(database, EAST, {"e-1": square(1, 0)})
    with closing(Store(database.worker)) as store, store.writing(WORKER) as connection:
        count_faults(connection)
    for sight in (DESK, PHONE):
        page = visitor(**sight)
        for address in ("/districts", f"/districts/{WEST}"):
            page.goto(address)
            assert found_by_axe(page) == [], address
            assert sideways(page) == 0, address
    expect(page.get_by_text("Dashed: the proposed border, midway.")).to_be_visible()
