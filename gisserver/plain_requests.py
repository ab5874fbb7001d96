"""Requests of anybody, told apart by the few headers that shape an answer: those that are alike are answered alike."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask
from flask.ctx import RequestContext

from gisserver.reply import Headers
from gisserver.wsgi.environ import environ_of
from gisserver.wsgi.proxy import told_of_proxy

if TYPE_CHECKING:
    from asgiref.typing import HTTPScope

READING = ("GET", "HEAD")
_OUT_OF_THE_ORDINARY = frozenset({b"cookie", b"authorization", b"accept-datetime", b"if-none-match"})
_SHAPING = frozenset(
    {
        b"accept",
        b"accept-language",
        b"host",
        *(f"x-forwarded-{what}".encode() for what in ("host", "port", "prefix", "proto")),
    }
)
"""Headers that decide how an answer looks; of the others none does."""
_MOST_SHAPING = 1_000
"""Bytes of them: many answers are remembered by these headers."""


@dataclass(frozen=True)
class PlainRequest:
    """What requests have in common whose answers differ in what was found only."""

    scheme: str
    server: tuple[str, int | None] | None
    headers: tuple[tuple[bytes, bytes], ...]

    @classmethod
    def of(cls, scope: "HTTPScope") -> "PlainRequest | None":
        """None where a session, a key, a past day or too much is sent along."""
        headers = tuple(scope["headers"])
        if any(name in _OUT_OF_THE_ORDINARY for name, _ in headers):
            return None
        shaping = tuple((name, value) for name, value in headers if name in _SHAPING)
        if sum(len(value) for _, value in shaping) > _MOST_SHAPING:
            return None
        return cls(scope["scheme"], scope["server"], shaping)

    def context(self, app: Flask, path: str, asked: str = "") -> AbstractContextManager[RequestContext]:
        """As if such a request had reached the application."""
        return app.request_context(told_of_proxy(environ_of(self._scope(path, asked.encode("ascii")))))

    def _scope(self, path: str, asked: bytes) -> "HTTPScope":
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": self.scheme,
            "path": path,
            "raw_path": path.encode("ascii"),
            "query_string": asked,
            "root_path": "",
            "headers": self.headers,
            "client": None,
            "server": self.server,
            "state": {},
            "extensions": None,
        }


def standing(headers: Iterable[tuple[str, str]]) -> Headers:
    """Of an answer's headers those that do not tell what was found."""
    changing = ("etag", "gis-epoch", "content-length")
    return tuple((name.lower(), value) for name, value in headers if name.lower() not in changing)
