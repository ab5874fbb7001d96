"""Which requests are answered from memory by their bytes, and which are left to the server's parser."""

from types import SimpleNamespace

import pytest

from gisserver.tiles.hits import MemoryHits
from gisserver.tiles.memory import KeptTile
from layers.core.tiles import StoredTile

PATH = b"/tiles/parcels/16/1/2"
BROWSER = b"Host: x\r\nUser-Agent: y\r\nAccept-Encoding: gzip, br\r\nConnection: keep-alive\r\n"


@pytest.fixture
def hits() -> MemoryHits:
    kept = KeptTile.of(StoredTile(3, b"the tile"))
    return MemoryHits(SimpleNamespace(kept={PATH: kept}.get, known_epoch=7))


def request(line: bytes = b"GET " + PATH + b" HTTP/1.1", headers: bytes = BROWSER) -> bytes:
    return line + b"\r\n" + headers + b"\r\n"


def test_a_browsers_request_is_answered_with_head_and_bytes(hits):
    answer = hits.answer(request(), [(b"date", b"today")])
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b'etag: "3"' in head
    assert b"cache-control: public, no-cache" in head
    assert head.endswith(b"date: today")
    assert body == b"the tile"


def test_the_date_is_that_of_the_answer(hits):
    for day in (b"monday", b"tuesday"):
        assert b"date: " + day in hits.answer(request(), [(b"date", day)])


@pytest.mark.parametrize("query", [b"v=0", b"v=7", b"v=007"])
def test_a_publish_that_is_known_may_be_kept_for_ever(hits, query):
    assert b"immutable" in hits.answer(request(b"GET " + PATH + b"?" + query + b" HTTP/1.1"), [])


@pytest.mark.parametrize(
    "query", [b"v=8", b"v=", b"v=-1", b"v=+1", b"v=1_0", b"v= 1", b"w=1", b"v=1&v=2", b"", b"v=" + b"1" * 19, b"v=\xb2"]
)
def test_any_other_question_is_left_to_the_server(hits, query):
    assert hits.answer(request(b"GET " + PATH + b"?" + query + b" HTTP/1.1"), []) is None


@pytest.mark.parametrize(
    "line",
    [
        b"HEAD " + PATH + b" HTTP/1.1",
        b"GET " + PATH + b" HTTP/1.0",
        b"GET " + PATH + b"  HTTP/1.1",
        b"GET  " + PATH + b" HTTP/1.1",
        b"GET " + PATH + b"/ HTTP/1.1",
        b"GET " + PATH + b"# HTTP/1.1",
        b"GET http://x" + PATH + b" HTTP/1.1",
        b"GET /tiles/parcels/16/01/2 HTTP/1.1",
        b"GET /health HTTP/1.1",
        b"",
    ],
)
def test_any_other_line_is_left_to_the_server(hits, line):
    assert hits.answer(request(line), []) is None


@pytest.mark.parametrize(
    "headers",
    [
        b"",
        b"Host: x\r\n",
        b"Accept-Encoding: gzip\r\n",
        BROWSER + b"Host: y\r\n",
        BROWSER + b"Content-Length: 5\r\n",
        BROWSER + b"Transfer-Encoding: chunked\r\n",
        BROWSER + b"Expect: 100-continue\r\n",
        BROWSER + b"Upgrade: h2c\r\n",
        BROWSER + b'If-None-Match: "3"\r\n',
        BROWSER + b"Range: bytes=0-5\r\n",
        BROWSER + b" folded\r\n",
        BROWSER + b"Name : space\r\n",
        BROWSER + b"no colon\r\n",
        BROWSER + b"A: \x00\r\n",
        BROWSER + b"A: b\nB: c\r\n",
        BROWSER.replace(b"keep-alive", b"close"),
        BROWSER.replace(b"gzip", b"gzip;q=0"),
        BROWSER + b"A: " + b"x" * 10_000 + b"\r\n",
        BROWSER + b"\r\nGET / HTTP/1.1\r\nHost: x\r\n",
        BROWSER + b"\r\nbody",
    ],
)
def test_any_other_headers_are_left_to_the_server(hits, headers):
    assert hits.answer(request(headers=headers), []) is None


@pytest.mark.parametrize("length", range(0, len(request()), 7))
def test_half_a_request_is_left_to_the_server(hits, length):
    assert hits.answer(request()[:length], []) is None


def test_what_is_remembered_of_headers_is_bounded(hits):
    for number in range(5000):
        assert hits.answer(request(headers=BROWSER + b"Cookie: a=%d\r\n" % number), []) is not None
        assert len(hits._plain._known) <= 1000
