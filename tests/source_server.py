"""A source on this machine that answers as it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class SourceServer:
    """What is answered at each path, and what was asked."""

    address: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    """By path; the last one stays."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def gives(body: bytes, status: int = 200, **headers: str) -> Answer:
    """A whole answer; headers with underscores for dashes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def if_other(body: bytes, etag: str) -> Answer:
    """304 to who has it already."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            gives(b"", 304, ETag=etag)(handler)
        else:
            gives(body, ETag=etag)(handler)

    return answer


def breaks_off(body: bytes, after: int, etag: str) -> Answer:
    """Promises the whole and sends its beginning."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("ETag", etag)
        handler.end_headers()
        handler.wfile.write(body[:after])

    return answer


def goes_on(body: bytes, etag: str) -> Answer:
    """The rest that is asked for."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        start = int(handler.headers["Range"].removeprefix("bytes=").rstrip("-"))
        assert handler.headers["If-Range"] == etag
        rest = f"bytes {start}-{len(body) - 1}/{len(body)}"
        gives(body[start:], 206, ETag=etag, Content_Range=rest)(handler)

    return answer


@contextmanager
def giving() -> Iterator[SourceServer]:
    """Listens until the end."""
    source = SourceServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            source.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answers = source.answers.get(self.path) or source.answers.get(self.path.partition("?")[0])
            if not answers:
                gives(b"", 404)(self)
                return
            (answers.pop(0) if len(answers) > 1 else answers[0])(self)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    source.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield source
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
