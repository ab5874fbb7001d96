"""Requests a second of the service, the limit and the peers, and milliseconds of the raw render."""

import gzip
import statistics
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import mapbox_vector_tile
from shapely import box
from shapely.geometry import shape
from sqlalchemy import text

from bench.deployment import Deployment, another_web
from bench.figures import Figure
from bench.peers import Martin
from bench.rivals import Rate, Rival, in_turn, times, warm
from bench.static_files import lay_out, nginx
from layers.core.layer import Layer
from layers.core.store import WORKER, Store
from sql import query

MOST = {16: 6_000, 14: 1_200}
"""So many tiles of these zooms together fit into a cache of the default size, where parcels are dense (75 MB)."""
ROW_PORT, CACHED_PORT, UNCACHED_PORT = 8395, 8394, 8393
MARTIN_CACHE_MB = 1024
RENDERED = 200
COMPARED = 20

MEMORY, ROW, LIMIT = "memory hit", "row read", "nginx gzip_static"
CACHED, UNCACHED = "Martin, from its cache", "Martin, uncached"
GOALS = (
    (MEMORY, LIMIT, {16: 0.6, 14: 0.9}),
    (MEMORY, CACHED, {16: 12.0, 14: None}),
    (ROW, UNCACHED, {16: 6.0, 14: 20.0}),
)

Rates = Mapping[Rival, Sequence[Rate]]


def measure(
    running: Deployment, martin: Martin | None, folder: Path, rounds: int, seconds: float
) -> tuple[list[Figure], list[str]]:
    """Figures, and what is to be said about them."""
    addresses = {zoom: lay_out(running.urls.web, folder, zoom, most) for zoom, most in MOST.items()}
    with ExitStack() as stack:
        servers = {
            MEMORY: running.address,
            ROW: stack.enter_context(another_web(running, ROW_PORT, GIS_TILE_CACHE_MB="0")),
            LIMIT: stack.enter_context(nginx(folder)),
        }
        for listed in addresses.values():
            warm(running.address, listed)
        of_martin: dict[int, Path] = {}
        notes: list[str] = []
        if martin is not None:
            servers[CACHED] = stack.enter_context(martin.serving(CACHED_PORT, MARTIN_CACHE_MB))
            servers[UNCACHED] = stack.enter_context(martin.serving(UNCACHED_PORT, 0))
            of_martin = {zoom: _without_folder(listed) for zoom, listed in addresses.items()}
            notes.append(_compared(servers[CACHED], servers[MEMORY], martin.layer, of_martin, addresses))
            for listed in of_martin.values():
                warm(servers[CACHED], listed)
        rivals = [
            Rival(name, address, zoom, of_martin[zoom] if name in (CACHED, UNCACHED) else addresses[zoom])
            for zoom in MOST
            for name, address in servers.items()
        ]
        rates = in_turn(rivals, rounds, seconds)
    return [*_ratios(rates), *_each(rates)], notes


def raw_render(url: str, layer: Layer, addresses: Path, zoom: int) -> Figure:
    """The SQL alone, tile by tile."""
    store = Store(url)
    spent = []
    with store.reading(WORKER) as connection:
        for path in addresses.read_text().split()[:RENDERED]:
            z, x, y = (int(part) for part in path.partition("?")[0].split("/")[-3:])
            about = {"layer": layer.id, "fields": list(layer.tile_fields), "are_labels": False, "as_of": None}
            started = time.perf_counter()
            connection.execute(text(query("tiles.render")), {**about, "zs": [z], "xs": [x], "ys": [y]}).all()
            spent.append(1000 * (time.perf_counter() - started))
    store.close()
    return Figure(f"raw SQL render, z{zoom}", statistics.mean(spent), "{:.1f} ms a tile")


def _ratios(rates: Rates) -> Iterator[Figure]:
    by_name = {(rival.name, rival.zoom): measured for rival, measured in rates.items()}
    for name, other, goals in GOALS:
        for zoom, goal in goals.items():
            if (other, zoom) in by_name:
                ratio = times(by_name[name, zoom], by_name[other, zoom])
                yield Figure(f"{name} against {other}, z{zoom}", ratio, "{:.2f} ×", at_least=goal)


def _each(rates: Rates) -> Iterator[Figure]:
    for rival, measured in rates.items():
        rate = statistics.median(one.per_second for one in measured)
        cpu = statistics.median(one.cpu_microseconds for one in measured)
        yield Figure(f"{rival.name}, z{rival.zoom}", rate, "{:,.0f} requests/s", remark=f"{cpu:.0f} µs of CPU each")


def _without_folder(listed: Path) -> Path:
    """Martin's addresses: /parcels/z/x/y, without an epoch."""
    own = listed.with_name(f"martin-{listed.name}")
    own.write_text("".join(f"{path.removeprefix('/tiles').partition('?')[0]}\n" for path in listed.read_text().split()))
    return own


def _compared(
    martin: str, service: str, layer: Layer, of_martin: Mapping[int, Path], of_service: Mapping[int, Path]
) -> str:
    """Whether both draw the same parcels."""
    pairs = [
        (_drawn(f"{martin}{theirs}", layer), _drawn(f"{service}{ours}", layer))
        for zoom in MOST
        for theirs, ours in _pairs(of_martin[zoom], of_service[zoom])
    ]
    same = sum(theirs == ours for theirs, ours in pairs)
    parcels, of_both = sum(len(ours) for _, ours in pairs), sum(len(theirs & ours) for theirs, ours in pairs)
    return (
        f"{same} of {len(pairs)} tiles compared hold the same parcels in Martin and here, "
        f"those that lie in the buffer only left out; {of_both:,} of {parcels:,} parcels are in both"
    )


def _pairs(theirs: Path, ours: Path) -> list[tuple[str, str]]:
    return list(zip(theirs.read_text().split()[:COMPARED], ours.read_text().split()[:COMPARED], strict=True))


def _drawn(url: str, layer: Layer) -> set[int]:
    """Identifiers of the features that reach into the tile itself."""
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        body = answer.read()
    tile = mapbox_vector_tile.decode(gzip.decompress(body)) if body else {}
    features = tile[layer.id]["features"] if layer.id in tile else []
    square = box(0, 0, 4096, 4096)
    return {one["id"] for one in features if shape(one["geometry"]).intersection(square).area > 0}
