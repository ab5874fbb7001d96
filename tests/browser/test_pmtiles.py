"""The pool's one file in a map of another site."""

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from werkzeug.exceptions import NotFound
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import make_server

from tests.tile_files import put_on_shelf
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
PACKAGES = HERE.parents[1] / "gisserver/web/node_modules"


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A server of somebody else's: other address, other origin."""
    shown = {
        "/map.html": str(HERE / "elsewhere.html"),
        "/maplibre-gl": str(PACKAGES / "maplibre-gl/dist"),
        "/pmtiles": str(PACKAGES / "pmtiles/dist"),
    }
    server = make_server("127.0.0.1", 0, SharedDataMiddleware(NotFound(), shown), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_map_of_another_site_shows_parcels_out_of_the_file(visitor, client, database, app, address, elsewhere):
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    put_on_shelf(app, database)
    lon, lat = client.get("/api/collections/parcels/items/w-1").get_json()["geometry"]["coordinates"][0][0][0]
    page = visitor()
    page.goto(
        f"{elsewhere}/map.html?{urlencode({'file': f'{address}/api/exports/pool.pmtiles', 'lon': lon, 'lat': lat})}"
    )
    expect(page.locator("output")).to_have_text("w-1 w-2")
