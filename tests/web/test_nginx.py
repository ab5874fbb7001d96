"""deploy/nginx.conf in front of the service, with a real nginx."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gisserver.app import entry_of
from tests.event_stream import open_stream
from tests.http_server import Browser, listening, raw, read_answers, wait_until
from tests.web.test_serving import GET, drawn
from tests.web.test_tiles import tile_of
from tests.worlds import WEST, publish_parcels, square

CONFIGURATION = Path(__file__).parent.parent.parent / "deploy/nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed; script/bootstrap installs it")

FRAME = """
{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/gisserver.conf;
}}
"""


@contextmanager
def nginx(folder: Path, upstream: str) -> Iterator[str]:
    """The file as it is shipped; only addresses and the folder of the cache are others."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    shipped = CONFIGURATION.read_text(encoding="utf-8")
    for ours, tried in (
        ("server 127.0.0.1:8080;", f"server {urlsplit(upstream).netloc};"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/var/cache/nginx/gisserver", f"{folder}/cache"),
    ):
        assert shipped.count(ours) == 1
        shipped = shipped.replace(ours, tried)
    (folder / "gisserver.conf").write_text(shipped, encoding="utf-8")
    frame = folder / "nginx.conf"
    frame.write_text(FRAME.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""), encoding="utf-8")
    process = subprocess.Popen([NGINX, "-c", frame], stderr=subprocess.PIPE)
    try:
        wait_until(lambda: answers(port) or process.poll() is not None)
        assert process.poll() is None, process.stderr.read().decode()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()


def answers(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Deployment:
    """nginx before the service, which may be stopped."""

    address: str
    service: ExitStack


@pytest.fixture
def deployment(app, tmp_path) -> Iterator[Deployment]:
    with ExitStack() as service:
        folder = tmp_path / "nginx"
        folder.mkdir()
        upstream = service.enter_context(listening(entry_of(app)))
        with nginx(folder, upstream) as address:
            yield Deployment(address, service)


@pytest.fixture
def browser(deployment) -> Iterator[Browser]:
    with Browser(deployment.address) as found:
        yield found


@pytest.fixture
def world(client, database) -> tuple[str, int]:
    epoch = publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    z, x, y = tile_of(client, database, "w-1")
    return f"/tiles/parcels/{z}/{x}/{y}", epoch


def test_a_tile_of_a_publish_is_answered_by_nginx_the_second_time(world, browser):
    path, epoch = world
    first, second = (browser.ask(f"{path}?v={epoch}") for _ in range(2))
    assert (first.headers["gis-cache"], second.headers["gis-cache"]) == ("MISS", "HIT")
    assert second.body == first.body
    assert drawn(second) == {"w-1", "w-2"}
    for name in ("etag", "content-encoding", "cache-control", "access-control-allow-origin", "content-type"):
        assert second.headers[name] == first.headers[name]


def test_browsers_share_what_is_kept_and_who_cannot_gunzip_is_not_sent_gzip(world, browser):
    path, epoch = world
    assert browser.ask(f"{path}?v={epoch}", Accept_Encoding="gzip, deflate, br").headers["gis-cache"] == "MISS"
    assert browser.ask(f"{path}?v={epoch}", Accept_Encoding="br;q=1, gzip;q=0.8").headers["gis-cache"] == "HIT"
    for without in ("identity", "gzip;q=0"):
        plain = browser.ask(f"{path}?v={epoch}", Accept_Encoding=without)
        assert "content-encoding" not in plain.headers
        assert drawn(plain) == {"w-1", "w-2"}


def test_a_publish_is_seen_at_once_by_its_new_address(world, browser, database):
    path, epoch = world
    assert drawn(browser.ask(f"{path}?v={epoch}")) == {"w-1", "w-2"}
    second = publish_parcels(database, WEST, {"w-3": square(2, 0)}, retire=("w-1",))
    assert drawn(browser.ask(f"{path}?v={second}")) == {"w-2", "w-3"}


def test_an_address_without_a_publish_is_never_kept(world, browser, database):
    path, _ = world
    assert drawn(browser.ask(path)) == {"w-1", "w-2"}
    publish_parcels(database, WEST, {"w-3": square(2, 0)}, retire=("w-1",))
    wait_until(lambda: drawn(browser.ask(path)) == {"w-2", "w-3"})


def test_what_came_too_early_is_not_kept(world, browser, database):
    path, epoch = world
    assert browser.ask(f"{path}?v={epoch + 1}").status == 503
    second = publish_parcels(database, WEST, {"w-3": square(2, 0)})
    assert second == epoch + 1
    assert drawn(browser.ask(f"{path}?v={second}")) == {"w-1", "w-2", "w-3"}


def test_tiles_go_on_while_the_service_is_stopped(world, browser, deployment):
    path, epoch = world
    before = browser.ask(f"{path}?v={epoch}")
    deployment.service.close()
    after = browser.ask(f"{path}?v={epoch}")
    assert (after.status, after.body) == (200, before.body)
    assert browser.ask("/health").status == 502


def test_restricted_tiles_are_not_kept_for_others(world, browser, signed_in):
    path, epoch = "/tiles/water_lines/16/1/1", world[1]
    cookie = signed_in("planner").get_cookie("gis")
    assert browser.ask(f"{path}?v={epoch}", Cookie=f"gis={cookie.value}").status == 204
    assert browser.ask(f"{path}?v={epoch}").status == 404


def test_the_service_knows_by_which_name_it_was_asked(browser):
    described = browser.ask("/tiles/parcels.json", Host="maps.example", Accept_Encoding="identity")
    assert json.loads(described.body)["tiles"][0].startswith("http://maps.example/tiles/parcels/")


def test_nobody_passes_for_another(browser):
    """This machine may see the metrics; what the caller says of itself is replaced by what nginx sees."""
    assert browser.ask("/metrics", X_Forwarded_For="203.0.113.9").status == 200


def test_a_large_upload_arrives_while_it_is_sent(deployment, client):
    """The service refuses who may not send as soon as the headers are there, with the body still on its way."""
    length = 300_000_000
    with raw(deployment.address) as connection:
        head = f"POST /api/uploads HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
        connection.sendall(head.encode() + b"x" * 1000)
        (answer,) = read_answers(connection, 1)
    assert answer.status in (400, 401)


def test_who_dawdles_is_kept_by_nginx(world, deployment, browser):
    path, epoch = world
    slow = [raw(deployment.address) for _ in range(30)]
    for one in slow:
        one.__enter__().sendall(GET.format(path=path).encode()[:30])
    assert browser.ask(f"{path}?v={epoch}").status == 200
    for one in slow:
        one.__exit__(None, None, None)


def test_events_pass_as_they_happen_and_a_listener_who_leaves_frees_its_place(deployment, database, app):
    feed = app.extensions["gisserver"].events
    with open_stream(deployment.address) as listener:
        wait_until(lambda: feed.listeners == 1)
        epoch = publish_parcels(database, WEST, {"w-1": square(0, 0)})
        assert listener.event()["epoch"] == epoch
    wait_until(lambda: feed.listeners == 0)
