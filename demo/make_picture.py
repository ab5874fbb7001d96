"""`python -m demo.make_picture ADDRESS`: make docs/images/map.png anew from a running demo, in Debian's chromium.

The banner that says “sample data” stands in it, as on every page of a filled pool.
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

PICTURE = Path(__file__).parent.parent / "docs/images/map.png"
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1280, "height": 800}
VIEW = "map?lang=en#map=17.1/38.43665/27.14235"
"""Alsancak, where buildings and streets are real: numbers of parcels, zones, a park, the shore."""


def main() -> None:
    """Needs the packages of `script/bootstrap tests`."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--enable-unsafe-swiftshader"])
        page = browser.new_page(viewport=SIZE, locale="en-GB", color_scheme="light", reduced_motion="reduce")
        page.goto(f"{sys.argv[1].rstrip('/')}/{VIEW}")
        _ask_at_the_centre(page)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.activeElement.blur()")
        page.screenshot(path=PICTURE)
        browser.close()
    with Image.open(PICTURE) as picture:
        picture.quantize(256, dither=Image.Dither.NONE).save(PICTURE, optimize=True)


def _ask_at_the_centre(page: Page) -> None:
    """By the keyboard; the parcel's card opens, and the parcel is outlined."""
    page.locator("#map[data-ready]").wait_for()
    page.locator("#map canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map-card dl")).to_be_visible()
    expect(page.locator("#map-legend")).to_contain_text("Park")


if __name__ == "__main__":
    main()
