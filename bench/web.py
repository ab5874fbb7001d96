"""How fast the planner's map is in Debian's chromium: first picture, size, card, shapes, legend, table.

Usage: script/bench web [PARCELS] [--write]

The browser begins with an empty cache on the same machine; times are medians, of the picture from the address to the
first one with parcels, of all else from the click to what is read. The service sends a picture until the map has drawn
itself; both are told. MapLibre with a bare style of the same parcels is measured beside ours: without a graphics card
most of the time is drawing; there our map moves a drawn picture with the pointer, and MapLibre draws each anew.
"""

import gzip
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from sqlalchemy import text

from bench.bare_map import serve_bare_map
from bench.deployment import Deployment, deployment
from bench.figures import Figure
from bench.print import DENSEST
from bench.report import machine, numbers, report
from layers.core.store import Store

CHROMIUM = "/usr/bin/chromium"
BUILT = Path(__file__).parent.parent / "gisserver/static/dist"
AROUND = text(
    "SELECT ST_X(degrees) AS lon, ST_Y(degrees) AS lat, max(geom <-> place) AS reach "
    "FROM ST_SetSRID(ST_MakePoint(:east, :north), (SELECT storage_srid FROM ops.profile)) AS place, "
    "ST_Transform(place, 4326) AS degrees, "
    "LATERAL (SELECT geom FROM pool.parcels ORDER BY geom <-> place LIMIT :most) AS near GROUP BY degrees"
)
ROUNDS = 5
ZOOM = 15
_PIXEL = 0.00002
"""Degrees of longitude at that zoom."""
STEPS = 20
WALK = 60
_REST_MS = 3000
_HIDE_RENDERER = """{
  const draws = WebGL2RenderingContext.prototype;
  const own = draws.getExtension;
  draws.getExtension = function (name) { return name === "WEBGL_debug_renderer_info" ? null : own.call(this, name); };
}"""
"""The map then takes it that a graphics card draws."""
_NEXT_PICTURE = "() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))"
_AWAIT_CARD = """() => {
  const begin = (seen) => ({ timeStamp }) => new MutationObserver((_, watch) => {
    if (document.querySelector("#map-card dl") === null) return;
    watch.disconnect();
    requestAnimationFrame(() => requestAnimationFrame((now) => seen(now - timeStamp)));
  }).observe(document.querySelector("#map-card"), { childList: true });
  window.cardSeen = new Promise((seen) => addEventListener("pointerdown", begin(seen), { capture: true, once: true }));
}"""
SHAPE_PARCELS = 5_000
ORDERS = ("-registered_area_m2", "block_no", "-epoch_from")
FILTERS = ("block_no = '101'", "registered_area_m2 > 5000", "CASEI(locality) LIKE CASEI('%a%')")


def main(parcels: int = 2_000_000) -> None:
    """Measure and report."""
    with deployment(parcels) as running, _browser() as browser:
        place = _densest(running)
        figures = [
            *_first_pictures(browser, running, place),
            _size(),
            *_frames(browser, running, place),
            _wandering(browser, running, place),
            *_on_the_map(browser, running, place),
        ]
        report(figures, [f"a pool of {parcels:,} sample parcels, one web process", *machine(running.urls.worker)])


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _densest(running: Deployment) -> tuple[float, float, float]:
    """The middle of the densest square kilometre, and how many metres around it hold 5,000 parcels."""
    store = Store(running.urls.web)
    with store.reading() as connection:
        east, north, _ = connection.execute(DENSEST).one()
        place = connection.execute(AROUND, {"east": east, "north": north, "most": SHAPE_PARCELS}).one()
    store.close()
    return place.lon, place.lat, place.reach


def _first_pictures(browser: Browser, running: Deployment, place: tuple[float, float, float]) -> list[Figure]:
    """Each turn a pixel further on, so that the service draws a picture; then once more, when it remembers that."""
    lon, lat, reach = place
    places = [(lon + turn * _PIXEL, lat, reach) for turn in range(ROUNDS)]
    turns = [[_first_picture(browser, running, there, path) for path in ("bare", "map", "map")] for there in places]
    bare, ours, again = ([median(spent) for spent in zip(*each, strict=True)] for each in zip(*turns, strict=True))
    poor = _first_picture(browser, running, (lon - _PIXEL, lat, reach), "map", is_poor=True)
    return [
        Figure("first map with parcels, cold cache", ours[0], "{:.2f} s", at_most=1.5),
        Figure("the same where somebody has looked at this view since the last publish", again[0], "{:.2f} s"),
        Figure("the map draws itself", ours[1], "{:.2f} s"),
        Figure("the same by MapLibre with a bare style", bare[1], "{:.2f} s"),
        Figure("first map with a fourth of the processor and 1.6 Mbit/s", poor[0], "{:.2f} s", at_most=6),
        Figure("the map draws itself there", poor[1], "{:.2f} s"),
    ]


def _first_picture(
    browser: Browser, running: Deployment, place: tuple[float, float, float], path: str, *, is_poor: bool = False
) -> tuple[float, float]:
    """Seconds to the first picture with parcels, drawn by the service or by the browser, and to the browser's own."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    if is_poor:
        line = context.new_cdp_session(page)
        line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        rate = 1.6e6 / 8
        line.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 40, "downloadThroughput": rate, "uploadThroughput": rate},
        )
    started = time.perf_counter()
    _open(page, running, place, path, "pictured], #map[data-painted")
    page.evaluate(_NEXT_PICTURE)
    first = time.perf_counter() - started
    page.locator("#map[data-painted]").wait_for(timeout=60_000)
    own = time.perf_counter() - started
    context.close()
    return first, own


def _open(
    page: Page, running: Deployment, place: tuple[float, float, float], path: str = "map", until: str = "painted"
) -> None:
    serve_bare_map(page)
    page.goto(f"{running.address}/{path}?lang=en#map={ZOOM}/{place[1]}/{place[0]}")
    page.locator(f"#map[data-{until}]").wait_for(timeout=60_000)


def _frames(browser: Browser, running: Deployment, place: tuple[float, float, float]) -> list[Figure]:
    """All are dragged in turn, so that whatever else the machine does falls on all."""
    pages = []
    for path, script in (("bare", ""), ("map", ""), ("map", _HIDE_RENDERER)):
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.add_init_script(script)
        _open(page, running, place, path, "drawn")
        pages.append(page)
    turns = [[_dragged(page) for page in pages] for _ in range(ROUNDS)]
    bare, ours, each_drawn = (median(spent) for spent in zip(*turns, strict=True))
    for page in pages:
        page.context.close()
    return [
        Figure("frame while dragging, ours : bare style", ours / bare, "{:.2f} : 1", at_most=1.2),
        Figure("frame while dragging, ours", ours, "{:.0f} ms"),
        Figure("the same where each is drawn anew, as with a graphics card", each_drawn, "{:.0f} ms"),
        Figure("the same, ours : bare style", each_drawn / bare, "{:.2f} : 1"),
    ]


def _dragged(page: Page) -> float:
    """Milliseconds from a move of the pointer to the picture of it."""
    page.mouse.move(800, 400)
    page.mouse.down()
    spent = []
    for step in range(1, STEPS + 1):
        started = time.perf_counter()
        page.mouse.move(800 - 8 * step, 400 - 3 * step)
        page.evaluate(_NEXT_PICTURE)
        spent.append(1000 * (time.perf_counter() - started))
    page.mouse.up()
    return median(spent)


def _wandering(browser: Browser, running: Deployment, place: tuple[float, float, float]) -> Figure:
    """Megabytes of script objects that stay, at the end against the end of the first third."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    _open(page, running, place)
    page.locator("#map canvas").first.focus()
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")
    kept = [_walked(page, tools) for _ in range(3)]
    page.context.close()
    return Figure("memory after wandering, last third : first third", kept[-1] / kept[0], "{:.2f} : 1", at_most=1.1)


def _walked(page: Page, tools: CDPSession) -> float:
    for step in range(WALK):
        page.keyboard.press(("ArrowRight", "ArrowDown", "-", "ArrowLeft", "ArrowUp", "+")[step // 5 % 6])
        page.wait_for_timeout(300)
    tools.send("HeapProfiler.collectGarbage")
    told = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
    return float(told["JSHeapUsedSize"])


def _size() -> Figure:
    """What the manifest says the page loads at once, without MapLibre and its worker."""
    manifest = json.loads((BUILT / "manifest.json").read_bytes())
    files: set[str] = set()

    def collect(name: str) -> None:
        chunk = manifest[name]
        if chunk["file"] not in files:
            files.update((chunk["file"], *chunk.get("css", ())))
            for imported in chunk.get("imports", ()):
                collect(imported)

    for entry in ("src/main.ts", "src/first_picture.ts", "src/map.ts"):
        collect(entry)
    own = [name for name in files if not Path(name).name.startswith("maplibre-gl")]
    size = sum(len(gzip.compress((BUILT / name).read_bytes(), 9)) for name in own)
    return Figure("our own script and style, first view, gzip", size / 1000, "{:.1f} kB", at_most=90)


def _on_the_map(browser: Browser, running: Deployment, place: tuple[float, float, float]) -> list[Figure]:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    _open(page, running, place, until="drawn")
    ask = _asking(page)
    west, south, east, north = _sides(place)
    box = f"{west},{south},{east},{north}"
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    shape = {"shape": {"type": "Polygon", "coordinates": [ring]}, "layers": ["parcels"]}
    everything = "parcels,zones,plan_constraints,buildings,addresses,roads"
    found = json.loads(page.evaluate(_POST, ["/api/summary", json.dumps(shape)]))["layers"][0]["count"]
    items = "/api/collections/parcels/items?f=json&limit=50"
    return [
        Figure("click to card", median(_to_card(page) for _ in range(ROUNDS)), "{:.0f} ms", at_most=150),
        Figure(
            "what lies in this shape",
            _spent(lambda: page.evaluate(_POST, ["/api/summary", json.dumps(shape)])),
            "{:.0f} ms",
            at_most=500,
            remark=f"{found:,} parcels",
        ),
        *(
            Figure(
                "legend of a view, six layers",
                _spent(ask(f"/api/summary?bbox={box}&layers={everything}&zoom={zoom}")),
                "{:.0f} ms",
                at_most=300,
                remark=f"zoom {zoom}",
            )
            for zoom in (16, 12)
        ),
        Figure("table, first page", _spent(ask(items)), "{:.0f} ms", at_most=300),
        *(
            Figure("table, sorted", _spent(ask(f"{items}&sortby={order}")), "{:.0f} ms", at_most=300, remark=order)
            for order in ORDERS
        ),
        *(
            Figure("table, filtered", _spent(ask(f"{items}&{_filter(one)}")), "{:.0f} ms", at_most=300, remark=one)
            for one in FILTERS
        ),
        *(
            Figure(
                "exact count of the filter",
                _spent(ask(f"{items}&count=exact&{_filter(one)}")),
                "{:.0f} ms",
                remark=one,
            )
            for one in FILTERS
        ),
    ]


_GET = "async (address) => (await (await fetch(address)).text()).length"
_POST = """async ([address, body]) => {
  const headers = { "Content-Type": "application/json" };
  return (await fetch(address, { method: "POST", body, headers })).text();
}"""


def _asking(page: Page) -> Callable[[str], Callable[[], object]]:
    return lambda address: lambda: page.evaluate(_GET, address)


def _filter(condition: str) -> str:
    return urlencode({"filter": condition})


def _spent(ask: Callable[[], object]) -> float:
    """Milliseconds, the median of some."""
    return median(_once(ask) for _ in range(ROUNDS))


def _once(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - started)


def _to_card(page: Page) -> float:
    """Milliseconds from a press on a map at rest to the picture with the card, by the browser's own clock."""
    card = page.locator("#map-card dl")
    if card.is_visible():
        page.locator("#map-card .map-card-close").click()
        page.wait_for_timeout(_REST_MS)
    page.evaluate(_AWAIT_CARD)
    page.mouse.click(640, 460)
    return float(page.evaluate("() => window.cardSeen"))


def _sides(place: Sequence[float]) -> tuple[float, float, float, float]:
    """A square of about the circle's ground, in degrees."""
    lon, lat, reach = place
    half = reach * 0.886
    return lon - half / 87_000, lat - half / 111_000, lon + half / 87_000, lat + half / 111_000


if __name__ == "__main__":
    main(*numbers())
