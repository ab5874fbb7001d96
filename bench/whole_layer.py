"""A whole layer over the service against ogr2ogr from the same table, and what it takes of the web process's memory."""

import http.client
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench.deployment import Deployment
from bench.figures import Figure

ROUNDS = 3
_MOST_TIME, _MOST_MB = 1.5, 50.0
_RIVALS = {
    "geojsonseq": ("GeoJSONSeq", "RS=YES"),
    "fgb": ("FlatGeobuf", "SPATIAL_INDEX=NO"),
}
_SAME_FIELDS = (
    "SELECT uid, ref, district_id, block_no, parcel_no, cadastral_neighbourhood, neighbourhood_ref, sheet_no, locality,"
    " land_use_text, registered_area_m2, computed_area_m2, coord_quality, status, condo_state, valid_from, valid_to,"
    " epoch_from, version, origin, geom FROM pool.parcels ORDER BY id"
)


def whole_layers(running: Deployment) -> Iterator[Figure]:
    """Each format by both in turn; both write to the same disk."""
    web = _web_process(running)
    for word, rival in _RIVALS.items():
        ours, theirs, grown = [], [], []
        with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
            for _ in range(ROUNDS):
                target = Path(folder) / f"theirs.{word}"
                theirs.append(_timed(lambda target=target, rival=rival: _by_ogr2ogr(running, rival, target)))
                target.unlink()
                with _memory(web) as peak:
                    ours.append(_timed(lambda word=word: _by_service(running, word, Path(folder) / "ours")))
                grown.append(peak[1] - peak[0])
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        yield Figure(f"{word} against ogr2ogr", ratio, "{:.2f} ×", at_most=_MOST_TIME)
        yield Figure(f"{word}: memory of the web process", max(grown), "{:+.0f} MB", at_most=_MOST_MB)
        yield Figure(f"{word}, whole layer", statistics.median(ours), "{:.1f} s")
        yield Figure(f"{word} by ogr2ogr", statistics.median(theirs), "{:.1f} s")


def _by_service(running: Deployment, word: str, target: Path) -> None:
    host = urlsplit(running.address)
    web = http.client.HTTPConnection(host.hostname, host.port)
    web.request("GET", f"/api/collections/parcels/items?f={word}")
    answer = web.getresponse()
    if answer.status != 200:
        raise SystemExit(f"{word}: {answer.status} {answer.read(300)!r}")
    with target.open("wb") as file:
        shutil.copyfileobj(answer, file, 1 << 18)
    web.close()


def _by_ogr2ogr(running: Deployment, rival: tuple[str, str], target: Path) -> None:
    driver, option = rival
    words = ["ogr2ogr", "-f", driver, "-lco", option, "-t_srs", "EPSG:4326", "-sql", _SAME_FIELDS, "-nln", "parcels"]
    subprocess.run([*words, target, running.urls.web], check=True, capture_output=True)


def _timed(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@contextmanager
def _memory(process: int) -> Iterator[list[float]]:
    """Megabytes of a process: before, and the most while the body runs."""
    seen = [_megabytes(process)] * 2
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(0.05):
            seen[1] = max(seen[1], _megabytes(process))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        is_over.set()
        watcher.join()


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _web_process(running: Deployment) -> int:
    """The one that serves this deployment's data."""
    ours = f"GIS_DATA={running.environment['GIS_DATA']}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            is_web = b"gisserver.server" in (folder / "cmdline").read_bytes()
            if is_web and ours in (folder / "environ").read_bytes().split(b"\0"):
                return int(folder.name)
        except OSError:
            continue
    raise SystemExit("The web process was not found.")
