"""What goes wrong around a person at the map: too much, too late, gone, or not meant well."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tests.application import PASSWORD
from tests.browser.test_map import around, drawn, open_tool
from tests.browser.test_planner import draw_polygon, middle
from tests.db.small_world import publishing
from tests.worlds import ORIGIN, WEST, publish_parcels, square

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 900}}
MANY = 100_000
COLUMNS = 400
MANY_PARCELS = text(
    "INSERT INTO pool.parcels (ref, district_id, block_no, parcel_no, geom) "
    "SELECT 'm-' || n, :district, '7', n, ST_Multi(ST_MakeEnvelope(x, y, x + 5, y + 5, 5253)) "
    "FROM (SELECT n, :east + 5 * (n % :columns) AS x, :north + 5 * (n / :columns) AS y "
    "FROM generate_series(0, :many - 1) AS n) AS places"
)
QUARTER = text(
    "INSERT INTO pool.neighbourhoods (ref, district_id, name, geom) VALUES ('n-1', :district, 'Merkez', "
    "ST_Multi(ST_MakeEnvelope(:east - 9, :north - 9, :east + 2009, :north + 1259, 5253))) RETURNING uid"
)


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    return around(client, "w-1")


@pytest.fixture
def crowded(client, database) -> str:
    """A hundred thousand parcels, with the card of the quarter open that holds them all."""
    place = {"district": WEST, "east": ORIGIN[0], "north": ORIGIN[1]}
    with publishing(database, WEST) as connection:
        connection.execute(MANY_PARCELS, {**place, "many": MANY, "columns": COLUMNS})
        uid = connection.execute(QUARTER, place).scalar_one()
    return f"{around(client, 'm-40400')}&layers=neighbourhoods;parcels&feature=neighbourhoods/{uid}"


def test_a_hundred_thousand_selected_features_are_counted_listed_and_taken_along(visitor, crowded):
    page = visitor(**WIDE)
    page.goto(crowded)
    drawn(page)
    expect(page.locator("#map-card")).to_contain_text("Merkez")
    open_tool(page, "Select")
    page.get_by_role("button", name="Within the open feature").click()
    row = page.locator("#map-panel [data-layer=parcels]")
    expect(row).to_contain_text("100,000 ·")
    row.get_by_role("button", name="Table of Parcels").click()
    expect(page.locator("#map-panel")).to_contain_text("100,000 features")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(51)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("button", name="Previous")).to_be_enabled()
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Table (CSV)").click()
    rows = csv.reader(io.StringIO(coming.value.path().read_text(encoding="utf-8-sig")))
    assert sum(1 for _ in rows) == MANY + 1
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#map-card")).to_be_hidden()


def test_while_the_service_is_gone_one_draws_on_and_sees_what_was_missed(visitor, parcels):
    page = visitor(is_refused=True, **WIDE)
    page.clock.install()
    page.goto(parcels)
    drawn(page)
    open_tool(page, "Draw")
    page.get_by_role("button", name="Area", exact=True).click()
    page.context.set_offline(True)
    page.clock.run_for(16_000)
    expect(page.locator("#map-status")).to_contain_text("The service cannot be reached. The map shows publish no.")
    draw_polygon(page)
    expect(page.get_by_text("1 shape is kept.")).to_be_visible()
    page.context.set_offline(False)
    with page.expect_request(lambda request: "/tiles/pool/" in request.url):
        page.clock.run_for(16_000)
    expect(page.locator("#map-status")).to_contain_text("The service is there again.")
    page.reload()
    drawn(page)
    expect(page.get_by_text("1 shape is kept.")).to_be_visible()


def test_a_session_that_ends_while_one_draws_takes_no_corner_with_it(person, parcels):
    page = person("editor", WEST, is_refused=True, **WIDE)
    page.goto(parcels)
    drawn(page)
    open_tool(page, "Draw")
    page.get_by_role("button", name="Area", exact=True).click()
    draw_polygon(page)
    expect(page.get_by_text("1 shape is kept.")).to_be_visible()
    x, y = middle(page)
    page.mouse.click(x + 100, y - 60)
    page.mouse.click(x + 160, y - 60)
    expect(page.locator("#map-pen")).to_contain_text("2 corners are set.")
    page.context.clear_cookies()
    ask_for_change(page)
    expect(page.get_by_text("Your session has ended. The drawing is kept")).to_be_visible()
    page.get_by_role("link", name="Sign in and go on").click()
    page.get_by_label("E-mail address").fill(f"editor{WEST}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    drawn(page)
    expect(page.get_by_text("1 shape is kept.")).to_be_visible()
    expect(page.locator("#map-pen")).to_contain_text("2 corners are set.")
    page.mouse.click(x + 130, y - 120)
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 shapes are kept.")).to_be_visible()
    ask_for_change(page)
    expect(page.get_by_text("2 shapes are in the inbox")).to_be_visible()


def ask_for_change(page: Page) -> None:
    page.get_by_text("Ask for a change").click()
    page.get_by_label("What the shapes are").select_option("parcels")
    page.get_by_label("Block", exact=True).fill("900")
    page.get_by_label("Parcel", exact=True).fill("1")
    page.get_by_role("button", name="Send to the inbox").click()


HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        (f"feature={HOSTILE}", "onerror"),
        (f"tool={HOSTILE}", "onerror"),
        (f"drawing={HOSTILE}", "onerror"),
        (f"layers={HOSTILE}", "onerror"),
        ("layers=parcels,,9;parcels@time=yesterday", "parcels,,9"),
        (f"map={HOSTILE}", "onerror"),
        ("map=NaN/1e99/-0x1", "1e99"),
        ("drawing=../../api/audit", "../../api/audit"),
    ],
)
def test_what_is_no_state_in_a_link_is_named_and_runs_nothing(visitor, parcels, words, sign):
    page = visitor(**WIDE)
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message) or dialog.dismiss())
    name, _, value = words.partition("=")
    base = parcels if name != "map" else "/map#"
    page.goto(f"{base}&{name}={quote(value)}")
    drawn(page)
    expect(page.locator("#map-status")).to_contain_text(sign)
    expect(page.locator("img[src=x]")).to_have_count(0)
    assert asked == []


def test_a_filter_of_a_link_is_text_whatever_stands_in_it(visitor, parcels):
    page = visitor(is_refused=True, **WIDE)
    page.goto(f"{parcels}&tool=table/parcels&filter={quote(HOSTILE)}")
    drawn(page)
    expect(page.locator("#map-panel").get_by_role("alert")).to_have_text(re.compile(r"\w"))
    expect(page.get_by_label("The filter as text")).to_have_value(HOSTILE)
    expect(page.locator("img[src=x]")).to_have_count(0)
