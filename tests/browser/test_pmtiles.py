"""The pool's one file in a map of another site."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.tile_files import put_on_shelf
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
PACKAGES = HERE.parents[1] / "gisserver/web/node_modules"
SHOWN = {
    "/map.html": HERE / "elsewhere.html",
    "/maplibre-gl": PACKAGES / "maplibre-gl/dist",
    "/pmtiles": PACKAGES / "pmtiles/dist",
}


def test_a_map_of_another_site_shows_parcels_out_of_the_file(visitor, client, database, app, address, elsewhere):
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    put_on_shelf(app, database)
    lon, lat = client.get("/api/collections/parcels/items/w-1").get_json()["geometry"]["coordinates"][0][0][0]
    page = visitor()
    asked = urlencode({"file": f"{address}/api/exports/pool.pmtiles", "lon": lon, "lat": lat})
    page.goto(f"{elsewhere(SHOWN)}/map.html?{asked}")
    expect(page.locator("output")).to_have_text("w-1 w-2")
