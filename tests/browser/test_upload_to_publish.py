"""A district's file on its way into the map."""

import random

import morecantile
import pytest

from tests.browser.district_files import parcels_file, shapefile_without_crs
from tests.server_process import server_process
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser


def send(page, file) -> None:
    page.goto("/district")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Send the file").click()
    page.wait_for_url("**/upload/*")


def test_a_file_goes_from_the_district_to_everybody(person, visitor, work_once, database, tmp_path):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    parcels = {"w-2": square(1, 0), "w-3": square(2, 0), "w-4": square(2.5, 0)}
    editor = person("editor", WEST)
    send(editor, parcels_file(tmp_path / "north.gpkg", parcels, malik="somebody"))
    work_once()
    editor.get_by_role("heading", name="3 records in the file").wait_for()
    assert editor.get_by_role("row", name="malik").inner_text().endswith("removed, because it may tell about a person")
    assert editor.get_by_text("of w-4").or_(editor.get_by_text("of w-3")).count() > 0

    editor.get_by_role("link", name="See what it changes and submit it").click()
    editor.get_by_role("button", name="Submit").click()
    editor.get_by_role("heading", name="Not done").wait_for()
    editor.get_by_label("Leave the refused records out").check()
    editor.get_by_role("button", name="Submit").click()
    editor.get_by_role("heading", name="With the department").wait_for()

    department = person("department")
    department.get_by_role("link", name="north.gpkg").click()
    department.get_by_role("button", name="Accept and publish").click()
    department.get_by_text("Published with number 2").wait_for()

    citizen = visitor()
    feature = citizen.request.get("/api/collections/parcels/items/w-2")
    assert feature.status == 200
    lon, lat = feature.json()["geometry"]["coordinates"][0][0][0]
    square_16 = morecantile.tms.get("WebMercatorQuad").tile(lon, lat, 16)
    tile = citizen.request.get(f"/tiles/parcels/16/{square_16.x}/{square_16.y}?v=2")
    assert b"w-2" in tile.body()


def test_a_file_without_a_coordinate_system_asks_which_one(person, work_once, database, tmp_path):
    publish_parcels(database, WEST, {f"w-{n}": square(n, 0) for n in range(1, 8)})
    editor = person("editor", WEST)
    send(editor, shapefile_without_crs(tmp_path, {f"w-{n}": square(n, 0) for n in range(1, 8)}))
    work_once()
    editor.get_by_text("The file does not say which coordinate system it is in").wait_for()
    editor.get_by_role("button", name="Use this: TUREF / TM27").click()
    editor.get_by_text("is being checked").wait_for()
    work_once()
    editor.get_by_role("heading", name="7 records in the file").wait_for()


def test_sending_can_be_done_without_script(person, work_once, tmp_path):
    file = parcels_file(tmp_path / "north.gpkg", {"w-2": square(1, 0)})
    editor = person("editor", WEST, java_script_enabled=False)
    send(editor, file)
    work_once()
    editor.get_by_role("link", name="Load the page again").click()
    editor.get_by_role("heading", name="1 record in the file").wait_for()


def test_a_file_goes_on_after_the_server_was_killed(chromium, signed_in, database, tmp_path):
    """And after the page was loaded again: the same file is chosen once more."""
    content = random.Random(1).randbytes(30_000_000)
    file = tmp_path / "Çiğli kuzey.gpkg"
    file.write_bytes(content)
    cookie = signed_in("editor", WEST).get_cookie("gis").value
    with server_process(database, tmp_path) as server:
        page = chromium.new_context(base_url=server.address, locale="en-GB").new_page()
        page.context.add_cookies([{"name": "gis", "value": cookie, "url": server.address}])
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        throttle(line, bytes_per_second=3_000_000)
        choose(page, file)
        page.get_by_text("left.", exact=False).wait_for()
        server.kill()
        page.get_by_text("The line is down").wait_for()
        server.start()
        page.get_by_text("left.", exact=False).wait_for()
        page.reload()
        page.get_by_text("% is here").wait_for()
        throttle(line, bytes_per_second=-1)
        choose(page, file)
        page.wait_for_url("**/upload/*")
        assert page.get_by_role("heading", name="Çiğli kuzey.gpkg").count() == 1
        address = page.url.replace("/upload/", "/api/uploads/")
        assert page.request.get(f"{address}/original").body() == content
        assert len(page.request.get(f"{server.address}/api/uploads").json()["uploads"]) == 1
        page.context.close()


def choose(page, file) -> None:
    page.goto("/district")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Send the file").click()


def throttle(line, bytes_per_second: int) -> None:
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_per_second},
    )


def test_loose_files_are_sent_as_one(person, work_once, tmp_path):
    shapefile_without_crs(tmp_path, {"w-1": square(0, 0)})
    editor = person("editor", WEST)
    send(editor, [tmp_path / f"parcels{suffix}" for suffix in (".shp", ".shx", ".dbf")])
    editor.get_by_role("heading", name="parcels.zip").wait_for()
    work_once()
    editor.get_by_text("The file does not say which coordinate system it is in").wait_for()
