"""How large tiles and a web process are, and how true the shapes of low zooms."""

from pathlib import Path

from sqlalchemy import text

from bench.deployment import Deployment
from bench.figures import Figure
from bench.processes import family_of, listener, resident_mb
from bench.rivals import warm
from gisserver.settings import Settings
from layers.core.epochs import current_epoch
from layers.core.store import WORKER, Store

SAMPLED = 1000

LARGEST = text(
    "SELECT DISTINCT ON (layer_id) layer_id, z, octet_length(body) AS size FROM tiles.tile WHERE z BETWEEN 5 AND 13 "
    "ORDER BY layer_id, octet_length(body) DESC"
)
LARGE_TILES = text(
    "SELECT layer_id, z, x, y, octet_length(body) AS size FROM tiles.tile WHERE octet_length(body) > 0 "
    "AND layer_id IN ('parcels', 'buildings', 'zones', 'addresses') ORDER BY z, layer_id, x, y"
)
AREAS = text(
    "SELECT max(abs(100 * blocks.area / parcels.area - 100)) FROM "
    "(SELECT district_id, sum(ST_Area(ST_Transform(geom, storage_srid))) AS area FROM tiles.dissolved, ops.profile "
    " WHERE layer_id = 'parcels' AND level = 'blocks' GROUP BY district_id) AS blocks "
    "JOIN (SELECT district_id, sum(ST_Area(geom)) AS area FROM pool.parcels GROUP BY district_id) AS parcels "
    "USING (district_id)"
)
OVERLAPS = text(
    "SELECT coalesce(sum(ST_Area(ST_Intersection(one.geom, other.geom))), 0) FROM "
    "(SELECT * FROM tiles.dissolved WHERE layer_id = 'parcels' AND level = 'blocks' ORDER BY md5(key) LIMIT :most) "
    "AS one JOIN tiles.dissolved AS other ON other.layer_id = 'parcels' AND other.level = 'blocks' "
    "AND other.key <> one.key AND other.geom && one.geom"
)


def of_tiles(url: str) -> list[Figure]:
    """The largest tile of all, and of each layer."""
    store = Store(url)
    with store.reading(WORKER) as connection:
        rows = sorted(connection.execute(LARGEST), key=lambda row: -row.size)
    store.close()
    largest, *_ = rows
    return [
        Figure("largest tile, z5–z13, any layer", largest.size / 1000, "{:.0f} kB", None, 150, largest.layer_id),
        *(Figure(f"largest tile of {row.layer_id}", row.size / 1000, "{:.0f} kB", remark=f"z{row.z}") for row in rows),
    ]


def of_blocks(url: str) -> list[Figure]:
    """Blocks against the parcels they are made of."""
    store = Store(url)
    with store.reading(WORKER) as connection:
        worst = connection.execute(AREAS).scalar_one()
        overlaps = connection.execute(OVERLAPS, {"most": SAMPLED}).scalar_one()
    store.close()
    return [
        Figure("area of blocks against that of their parcels, worst district", worst, "{:.2f} % off", None, 0.5),
        Figure(f"overlaps of {SAMPLED} blocks with others", overlaps, "{:.1f} m²", None, 0.0),
    ]


def of_web_process(running: Deployment, folder: Path) -> Figure:
    """Its memory once its cache is full, or holds all there is."""
    cache_mb = Settings.load(running.environment).tile_cache_mb
    store = Store(running.urls.web)
    listed, read = folder / "all.txt", 0
    with store.reading(WORKER) as connection, listed.open("w") as file:
        newest = current_epoch(connection)
        for row in connection.execute(LARGE_TILES):
            file.write(f"/tiles/{row.layer_id}/{row.z}/{row.x}/{row.y}?v={newest}\n")
            read += row.size
            if read > 1.5e6 * cache_mb:
                break
    store.close()
    warm(running.address, listed)
    size = resident_mb(family_of(listener(running.address)))
    remark = f"cache of {cache_mb} MB, {read / 1e6:.0f} MB of tiles read"
    return Figure("memory of a web process", size, "{:.0f} MB", None, 300, remark)
