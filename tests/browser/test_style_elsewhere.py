"""The pool's style in a plain viewer of another site: it must be complete by itself."""

import io
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from layers.core.registry import Registry
from layers.core.tiles import refresh
from tests.db.small_world import WEST, add, publishing, rectangle

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
MAPLIBRE = HERE.parents[1] / "gisserver/web/node_modules/maplibre-gl/dist"
SHOWN = {"/map.html": HERE / "bare_viewer.html", "/maplibre-gl": MAPLIBRE}
LETTERS = "Iğdırlı İçeşme Çağşöü Îlâhî"
HATCH = (0xF5, 0x7A, 0x7A)
INK = (0x7A, 0x14, 0x14)


@pytest.fixture
def flood(client, database) -> tuple[float, float]:
    """Longitude and latitude of a published constraint, 160 by 120 metres."""
    registry = Registry.of_folder()
    area = {"ref": "f-1", "kind": "flood", "label": LETTERS, "status": "final", "geom": rectangle(0, 0, 160, 120)}
    with publishing(database, WEST) as connection:
        add(connection, WEST, "plan_constraints", [area])
        epoch = connection.exec_driver_sql("SELECT epoch_from FROM pool.plan_constraints").scalar_one()
        refresh(connection, registry, [registry["plan_constraints"]], epoch)
    ring = client.get("/api/collections/plan_constraints/items/f-1").get_json()["geometry"]["coordinates"][0][0]
    return sum(lon for lon, _ in ring[:4]) / 4, sum(lat for _, lat in ring[:4]) / 4


def test_a_plain_viewer_draws_letters_and_hatches_and_asks_nobody_else(visitor, address, elsewhere, flood):
    page = visitor()
    asked: list[str] = []
    page.on("response", lambda response: asked.append(f"{response.status} {response.url}"))
    lon, lat = flood
    style = f"{address}/api/styles/pool?lang=tr"
    viewer = elsewhere(SHOWN)
    page.goto(f"{viewer}/map.html?{urlencode({'style': style, 'lon': lon, 'lat': lat})}")
    expect(page.locator("output")).to_contain_text(f"plan_constraints/hatch: {LETTERS}", timeout=30_000)
    expect(page.locator("output")).to_contain_text(f"plan_constraints/name: {LETTERS}", timeout=30_000)
    picture = Image.open(io.BytesIO(page.locator("#map").screenshot())).convert("RGB")
    assert _pixels_like(picture, HATCH) > 2000
    assert _pixels_like(picture, INK, within=60) > 100
    assert _paths_asked(asked, "/fonts/") == {"0-255.pbf", "256-511.pbf"}
    assert _paths_asked(asked, "/sprites/")
    assert {urlsplit(line.split(" ", 1)[1]).netloc for line in asked} <= {
        urlsplit(viewer).netloc,
        urlsplit(address).netloc,
    }
    assert not [line for line in asked if not line.startswith(("200", "204"))]


def test_a_layers_own_style_is_complete_too(visitor, address, elsewhere, flood):
    page: Page = visitor()
    lon, lat = flood
    style = f"{address}/api/styles/plan_constraints"
    page.goto(f"{elsewhere(SHOWN)}/map.html?{urlencode({'style': style, 'lon': lon, 'lat': lat})}")
    expect(page.locator("output")).to_contain_text(f"plan_constraints/name: {LETTERS}", timeout=30_000)


def _paths_asked(asked: list[str], folder: str) -> set[str]:
    """The last part of each address below a folder."""
    return {urlsplit(line.split(" ", 1)[1]).path.rpartition("/")[2] for line in asked if folder in line}


def _pixels_like(picture: Image.Image, color: tuple[int, int, int], within: int = 24) -> int:
    """How many pixels are that colour, but for smoothing."""
    return sum(
        all(abs(seen - wanted) < within for seen, wanted in zip(pixel, color, strict=True))
        for pixel in picture.get_flattened_data()
    )
