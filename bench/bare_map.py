"""MapLibre with a bare style of the same parcels: what drawing costs on this machine before we add anything."""

from pathlib import Path

from playwright.sync_api import Page, Route

_MAPLIBRE = Path(__file__).parent.parent / "gisserver/web/node_modules/maplibre-gl/dist"
_PAGE = """<!doctype html><style>body { margin: 0 } #map { position: fixed; inset: 0 }</style><div id="map"></div>
<script type="module">
import { Map, setWorkerUrl } from "/bare/maplibre-gl.mjs";
setWorkerUrl("/bare/maplibre-gl-worker.mjs");
const { sources } = await (await fetch("/api/styles/pool?lang=en")).json();
const of = { source: "parcels", "source-layer": "parcels" };
const layers = [
  { id: "ground", type: "fill", ...of, paint: { "fill-color": "#f2efe9" } },
  { id: "border", type: "line", ...of, paint: { "line-color": "#3f4851", "line-width": 0.7 } },
];
const [zoom, lat, lon] = location.hash.slice(5).split("/").map(Number);
const style = { version: 8, sources: { parcels: sources.parcels }, layers };
const map = new Map({ container: "map", style, center: [lon, lat], zoom, attributionControl: false });
map.on("render", () => { if (map.areTilesLoaded()) map.getContainer().dataset.painted = "yes"; });
map.once("idle", () => { map.getContainer().dataset.drawn = "yes"; });
</script>"""


def serve_bare_map(page: Page) -> None:
    """From now on /bare on the service's address is that map; it reads the service's own tiles."""
    page.route("**/bare?*", lambda route: route.fulfill(body=_PAGE, content_type="text/html"))
    page.route("**/bare/*", _file)


def _file(route: Route) -> None:
    route.fulfill(path=_MAPLIBRE / route.request.url.rpartition("/")[2], content_type="text/javascript")
