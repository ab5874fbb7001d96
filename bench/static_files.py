"""The limit: nginx with the same bytes as files."""

import os
import statistics
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from layers.core.store import WORKER, Store

NGINX_PORT = 8398
MOST_TILES = 20_000

# Sorted by a hash, so that a part of them is spread over the whole area.
TILES = text(
    "SELECT z, x, y, epoch, body FROM tiles.tile WHERE layer_id = 'parcels' AND z = :z AND body <> '' "
    "ORDER BY hashint8(x * 65536::bigint + y), x, y LIMIT :most"
)
NGINX = """
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error;
daemon off;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile off;  # for small files faster than sendfile
    keepalive_requests 1000000000;
    open_file_cache max=50000 inactive=600s;
    open_file_cache_valid 600s;
    types {{ application/vnd.mapbox-vector-tile mvt; }}
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        gzip_static always;
        default_type application/vnd.mapbox-vector-tile;
        add_header Cache-Control "public, max-age=31536000, immutable";
        add_header Access-Control-Allow-Origin "*";
        add_header Vary Accept-Encoding;
        add_header X-Content-Type-Options nosniff;
    }}
}}
"""


def lay_out(url: str, folder: Path, zoom: int, most: int = MOST_TILES) -> Path:
    """The tiles as files for nginx, and the list of their addresses."""
    store = Store(url)
    with store.reading(WORKER) as connection:
        newest = connection.execute(text("SELECT pool.current_epoch()")).scalar_one()
        rows = connection.execute(TILES, {"z": zoom, "most": most}).all()
    store.close()
    listed = folder / f"z{zoom}.txt"
    paths = [f"/tiles/parcels/{row.z}/{row.x}/{row.y}" for row in rows]
    listed.write_text("".join(f"{path}?v={newest}\n" for path in paths))
    for path, row in zip(paths, rows, strict=True):
        file = folder / "files" / f"{path[1:]}.gz"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(row.body)
    sizes = [len(row.body) for row in rows]
    print(f"z{zoom}: {len(rows)} tiles, {statistics.mean(sizes):.0f} bytes on average, {max(sizes)} at most")
    return listed


@contextmanager
def nginx(folder: Path) -> Iterator[str]:
    """One process of nginx over the files laid out."""
    configuration = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    configuration.write_text(NGINX.format(folder=folder, port=NGINX_PORT, user=user))
    process = subprocess.Popen(["nginx", "-c", configuration])
    try:
        yield f"http://127.0.0.1:{NGINX_PORT}"
    finally:
        process.terminate()
        process.wait()
