"""The application behind the asynchronous server: bodies in, streams out, and callers who are slow or leave."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask, request

from gisserver.wsgi import WsgiBridge
from tests.http_server import Browser, listening, raw, read_answers, wait_until

THREADS = 4
LONG = 300_000


@pytest.fixture
def stream_ended() -> threading.Event:
    return threading.Event()


@pytest.fixture
def address(stream_ended) -> Iterator[str]:
    with listening(WsgiBridge(_application(stream_ended), THREADS), lifespan="off", http="httptools") as found:
        yield found


@pytest.fixture
def browser(address) -> Iterator[Browser]:
    with Browser(address) as found:
        yield found


def _application(stream_ended: threading.Event) -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000

    @app.post("/length")
    def length() -> str:
        return str(sum(len(piece) for piece in iter(lambda: request.stream.read(65536), b"")))

    @app.get("/seen/<name>")
    def seen(name: str) -> dict[str, str | None]:
        names = ("HTTP_COOKIE", "HTTP_X_FORWARDED_FOR", "QUERY_STRING", "REMOTE_ADDR", "wsgi.url_scheme")
        return {"name": name, **{key: request.environ.get(key) for key in names}}

    @app.get("/endless")
    def endless() -> tuple[Iterator[bytes], dict[str, str]]:
        return _endless(stream_ended), {"Content-Type": "text/event-stream"}

    return app


def _endless(ended: threading.Event) -> Iterator[bytes]:
    try:
        while not ended.wait(0.01):
            yield b"data: more\n\n"
    finally:
        ended.set()


@pytest.mark.parametrize("size", [0, 10, LONG])
def test_a_body_arrives_whole(browser, size):
    assert browser.ask("/length", "POST", b"x" * size).body == b"%d" % size


def test_a_body_in_chunks_arrives_whole(browser):
    pieces = (b"x" * 1000 for _ in range(300))
    assert browser.ask("/length", "POST", pieces).body == b"300000"


@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_beyond_the_limit_is_refused(browser, is_chunked):
    body = (b"x" * 100_000 for _ in range(11)) if is_chunked else b"x" * 1_100_000
    try:
        status = browser.ask("/length", "POST", body).status
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # the answer came and the connection closed before everything was sent
    assert status == 413


def test_the_application_sees_the_request_as_it_was(browser):
    seen = browser.ask("/seen/%C5%9Fehir%20x?a=%20b", Cookie="a=1", X_Forwarded_For="10.0.0.1").body
    assert b"\\u015fehir" in seen or "şehir".encode() in seen
    assert b"a=%20b" in seen
    assert b"127.0.0.1" in seen


def test_a_header_with_an_underscore_cannot_pass_for_another(address):
    with raw(address) as connection:
        connection.sendall(b"GET /seen/x HTTP/1.1\r\nHost: x\r\nX_Forwarded_For: 6.6.6.6\r\n\r\n")
        (answer,) = read_answers(connection, 1)
    assert b"6.6.6.6" not in answer.body


def test_events_arrive_one_by_one_and_end_when_the_caller_leaves(address, stream_ended):
    with raw(address) as connection:
        connection.sendall(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
        received = b""
        while received.count(b"data: more") < 3:
            received += connection.recv(1000)
        assert not stream_ended.is_set()
    assert stream_ended.wait(10), "the thread goes on for a caller who has left"


@pytest.mark.parametrize("length", [100, LONG])
def test_who_sends_slowly_holds_up_nobody(address, length):
    """More unfinished bodies than there are threads, and others are answered."""
    begun = f"POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\nx".encode()
    slow = [raw(address) for _ in range(2 * THREADS)]
    try:
        for connection in [one.__enter__() for one in slow]:
            connection.sendall(begun)
        with Browser(address) as browser:
            assert browser.ask("/seen/x").status == 200
    finally:
        for one in slow:
            one.__exit__(None, None, None)


def test_an_upload_that_is_cut_off_is_not_taken_for_a_whole_one(address):
    taken = []
    app = Flask(__name__)

    @app.post("/take")
    def take() -> str:
        taken.append(len(request.get_data()))
        return ""

    @app.get("/alive")
    def alive() -> str:
        return ""

    with listening(WsgiBridge(app, THREADS), lifespan="off", http="httptools") as found:
        with raw(found) as connection:
            connection.sendall(b"POST /take HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
        with Browser(found) as browser:
            assert browser.ask("/alive").status == 200
    assert taken == []


def test_what_is_refused_without_reading_leaves_the_server_well(address):
    with raw(address) as connection:
        connection.sendall(b"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\nxxx")
        (answer,) = read_answers(connection, 1)
        assert answer.status in (404, 413)
    with Browser(address) as browser:
        wait_until(lambda: browser.ask("/seen/x").status == 200)
