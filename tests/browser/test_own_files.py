"""Files of one's own on the map: let fall, placed, looked at, filtered, taken away."""

import base64
import csv
import io
from pathlib import Path

import ezdxf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_map import around, drawn
from tests.worlds import ORIGIN, WEST, publish_parcels, square

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 900}}
READING_MS = 30_000
"""A process starts for it, and loads the libraries of the format."""
PHONE = {"viewport": {"width": 360, "height": 740}}
DROP = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name));
    for (const kind of ["dragover", "drop"]) {
        document.querySelector("#map canvas").dispatchEvent(
            new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
    }
}"""


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    return around(client, "w-1")


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    """Two squares on the published ones, with a label in each, and no word about where."""
    document = ezdxf.new("R2010")
    for number in range(2):
        x, y = ORIGIN[0] + 20 * number, ORIGIN[1]
        corners = [(x, y), (x + 20, y), (x + 20, y + 20), (x, y + 20)]
        document.modelspace().add_lwpolyline(corners, close=True, dxfattribs={"layer": "PARSEL"})
    document.saveas(tmp_path / "plan.dxf")
    return tmp_path / "plan.dxf"


def before_the_map(visitor, address: str, sight: dict[str, object]) -> Page:
    page = visitor(is_refused=True, **sight)
    page.goto(address)
    drawn(page)
    return page


def let_fall(page: Page, file: Path) -> None:
    page.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])


def place(page: Page) -> None:
    """The likeliest of the places that are offered."""
    expect(page.locator("#map-panel")).to_contain_text("Where does “plan.dxf” lie?", timeout=READING_MS)
    page.get_by_role("button", name="Use this: TUREF / TM27 (EPSG:5253)", exact=True).click()
    expect(page.locator("#map-panel")).to_contain_text("“plan.dxf” is on the map: 2 features", timeout=READING_MS)


def test_a_drawing_without_a_system_is_let_fall_placed_and_seen(visitor, parcels, drawing):
    page = before_the_map(visitor, parcels, WIDE)
    let_fall(page, drawing)
    expect(page.locator("#map-panel")).to_contain_text("fall on corners of published features", timeout=READING_MS)
    page.get_by_role("button", name="Show on the map: TUREF / TM27 (EPSG:5253)", exact=True).click()
    assert found_by_axe(page) == []
    place(page)
    box = page.locator("#map canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 - 30, box["y"] + box["height"] / 2)
    expect(page.locator("#map-card .map-card-layer")).to_have_text("PARSEL")


def test_an_opened_layer_is_in_the_tree_and_goes_again(visitor, parcels, drawing):
    page = before_the_map(visitor, parcels, WIDE)
    let_fall(page, drawing)
    place(page)
    page.get_by_role("button", name="Layers").last.click()
    expect(page.get_by_role("checkbox", name="PARSEL")).to_be_checked()
    assert found_by_axe(page) == []
    page.get_by_label("More about PARSEL").click()
    page.get_by_role("button", name="Remove PARSEL").click()
    expect(page.get_by_role("checkbox", name="PARSEL")).to_have_count(0)


def test_a_list_is_filtered_sorted_and_taken_along_as_it_is(visitor, parcels, tmp_path):
    rows = [f"{ORIGIN[0] + 5 * n};{ORIGIN[1] + 5};Ağaç {n}" for n in range(1, 61)]
    (tmp_path / "plan.csv").write_text("\n".join(["Y;X;Ad", *rows]), encoding="utf-8")
    page = before_the_map(visitor, parcels, WIDE)
    page.locator("#map canvas").focus()
    page.keyboard.press("o")
    page.get_by_label("Files").set_input_files(tmp_path / "plan.csv")
    page.get_by_role("button", name="Use this: TUREF / TM27 (EPSG:5253)", exact=True).click()
    page.get_by_role("button", name="Table of").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(51)
    page.get_by_label("Field").select_option("Ad")
    page.get_by_label("Value").fill("ağaç 6")
    expect(table.get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="Sort by Ad").click()
    page.get_by_role("button", name="Sort by Ad").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download (CSV)").click()
    found = list(csv.DictReader(io.StringIO(coming.value.path().read_text(encoding="utf-8-sig"))))
    assert [row["Ad"] for row in found] == ["Ağaç 60", "Ağaç 6"]
    assert found_by_axe(page) == []


@pytest.mark.parametrize("sight", [WIDE, PHONE], ids=["desk", "phone"])
def test_a_broken_file_and_one_far_too_large_are_sentences(visitor, parcels, tmp_path, sight):
    page = before_the_map(visitor, parcels, sight)
    page.locator("#map canvas").focus()
    page.keyboard.press("o")
    (tmp_path / "torn.gpkg").write_bytes(b"SQLite format 3\0" + b"\1" * 5000)
    page.get_by_label("Files").set_input_files(tmp_path / "torn.gpkg")
    expect(page.locator("#map-panel")).to_contain_text("cannot be read", timeout=READING_MS)
    with (tmp_path / "huge.gpkg").open("wb") as file:
        file.truncate(500_000_000)
    page.get_by_label("Files").set_input_files(tmp_path / "huge.gpkg")
    expect(page.locator("#map-panel")).to_contain_text("“huge.gpkg” is larger than 30 MB")
    assert found_by_axe(page) == []
    assert sideways(page) == 0
