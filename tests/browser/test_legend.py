"""The legend tells what is drawn: also of a past day, of one's own files, and after a publish."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.test_map import around, drawn, open_tool
from tests.browser.test_own_files import READING_MS, let_fall
from tests.browser.test_planner import WIDE
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    return around(client, "w-1")


def legend(page: Page):
    return page.get_by_role("region", name="Legend of the view")


def test_a_day_before_the_first_publish_is_empty_and_says_so(visitor, parcels):
    page = visitor(**WIDE)
    page.goto(f"{parcels}&layers=parcels@time=1999-05-01")
    drawn(page)
    expect(legend(page)).to_contain_text("1 May 1999: nothing was published yet. The first publish was on")


def test_what_is_drawn_of_an_older_publish_is_counted_as_it_was(visitor, database, parcels):
    publish_parcels(database, WEST, {"w-3": square(-1, 0)})
    page = visitor(**WIDE)
    page.goto(f"{parcels}&tool=compare/1..1")
    drawn(page)
    expect(legend(page)).to_contain_text("as of publish no. 1")
    expect(legend(page).get_by_role("listitem").filter(has_text="Parcels")).to_contain_text("2 · 800")
    open_tool(page, "Layers")
    expect(legend(page).get_by_role("listitem").filter(has_text="Parcels")).to_contain_text("3 · 1,200")


def test_a_file_of_ones_own_is_in_the_legend_while_it_is_shown(visitor, client, parcels, tmp_path):
    shape = client.get("/api/collections/parcels/items/w-1").get_json()["geometry"]
    sketch = {"type": "Feature", "properties": {"name": "A"}, "geometry": shape}
    (tmp_path / "sketch.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [sketch]}))
    page = visitor(**WIDE)
    page.goto(parcels)
    drawn(page)
    let_fall(page, tmp_path / "sketch.geojson")
    expect(page.locator("#map-panel")).to_contain_text("is on the map", timeout=READING_MS)
    row = legend(page).get_by_role("listitem").filter(has_text="sketch")
    expect(row).to_contain_text("1")
    page.get_by_role("button", name="Layers").last.click()
    page.get_by_role("checkbox", name="sketch").uncheck()
    expect(row).to_have_count(0)


def test_both_maps_that_are_compared_follow_a_publish(visitor, database, parcels):
    """Each shows layers that the other does not, so that its tiles are nobody else's."""
    page = visitor(**WIDE)
    page.clock.install()
    page.goto(f"{parcels}&layers=districts")
    drawn(page)
    open_tool(page, "Compare")
    expect(page.get_by_role("slider", name="Left map: publish")).to_have_attribute("max", "0")
    with page.expect_request(lambda request: "/tiles/pool/" in request.url):
        page.get_by_label("Layers of the left map").select_option("Cadastre")
    epoch = publish_parcels(database, WEST, {"w-9": square(2, 0)})

    def asks_anew(source: str) -> Callable[[Request], bool]:
        return lambda request: f"/tiles/{source}/" in request.url and request.url.endswith(f"v={epoch}")

    with page.expect_request(asks_anew("districts")), page.expect_request(asks_anew("pool")):
        page.clock.run_for(16_000)
    expect(page.get_by_role("slider", name="Left map: publish")).to_have_attribute("max", "1")
