"""Fetching by HTTP: to allowed hosts only, at each step; going on where the line broke; never more than allowed."""

import base64
import http.client
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from importers.source import Terms
from importers.unfetched import (
    AnsweredWithPage,
    CutShort,
    LeadsElsewhere,
    SourceNotAllowed,
    SourceNotReached,
    SourceRefused,
    SourceTooSlow,
    TooMuch,
)
from layers.core.calling import connection_to, path_of
from layers.core.declared_source import DeclaredSource
from layers.core.hosts import NotAllowed

MOST_STEPS = 5
MOST_TRIES = 4
_PIECE = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_PAGE = (b"<!doctype html", b"<html")


@dataclass(frozen=True)
class Answer:
    """What came, whole."""

    url: str
    headers: http.client.HTTPMessage
    size: int


@dataclass
class _Part:
    """What is here of a file."""

    path: Path
    size: int = 0
    expected: int | None = None
    validator: str | None = None
    """By which the rest is known to belong to it."""


class _Broken(Exception):
    """The line broke; what came is kept."""


class Caller:
    """The requests of one pull: they share its time and its bytes."""

    def __init__(self, source: DeclaredSource, terms: Terms) -> None:
        self._source = source
        self._terms = terms
        self._end = time.monotonic() + terms.patience_s
        self._left = terms.most_bytes

    @property
    def where(self) -> str:
        """As sentences name it: never with what may be secret in an address."""
        return _where(self._source.address)

    def get(self, url: str, path: Path, headers: Mapping[str, str]) -> Answer | None:
        """Into the file; None where it is as it was. Raises NotFetched."""
        part = _Part(path)
        path.write_bytes(b"")
        for _attempt in range(MOST_TRIES):
            try:
                with self._trouble():
                    answer = self._steps(url, part, headers)
            except _Broken:
                continue
            if answer is not None:
                self._left -= answer.size
                _refuse_page(answer, path, self.where)
            return answer
        raise CutShort(where=self.where, received=part.size, expected=part.expected or 0)

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except NotAllowed as refused:
            words = refused.words.written
            raise SourceNotAllowed(where=self.where, why=words) from refused
        except TimeoutError as cause:
            raise SourceTooSlow(where=self.where, minutes=round(self._terms.patience_s / 60)) from cause
        except ssl.SSLError as cause:
            raise SourceRefused(where=self.where, answer=f"TLS, {cause.reason or 'certificate'}") from cause
        except (OSError, http.client.HTTPException, ValueError) as cause:
            raise SourceNotReached(where=self.where) from cause

    def _steps(self, url: str, part: _Part, headers: Mapping[str, str]) -> Answer | None:
        """Each step is looked at as the first was; the secret stays with the source's own host."""
        for _step in range(MOST_STEPS):
            with connection_to(self._terms.hosts, url, max(self._end - time.monotonic(), 0.1)) as connection:
                connection.request("GET", path_of(url), headers=self._asked(url, part, headers))
                with connection.getresponse() as response:
                    if response.status not in _REDIRECTS:
                        return self._taken(response, url, part)
                    following = urljoin(url, response.headers.get("Location", ""))
            if urlsplit(url).scheme == "https" and urlsplit(following).scheme != "https":
                raise LeadsElsewhere(where=self.where)
            url = following
        raise LeadsElsewhere(where=self.where)

    def _asked(self, url: str, part: _Part, headers: Mapping[str, str]) -> Mapping[str, str]:
        asked = {"Connection": "close", "Accept-Encoding": "identity", "User-Agent": "gisserver-pull", **headers}
        if self._terms.secret is not None and _origin(url) == _origin(self._source.address):
            asked |= signed_in(self._source, self._terms.secret)
        if part.size and part.validator:
            asked |= {"Range": f"bytes={part.size}-", "If-Range": part.validator}
        return asked

    def _taken(self, response: http.client.HTTPResponse, url: str, part: _Part) -> Answer | None:
        if response.status == HTTPStatus.NOT_MODIFIED:
            return None
        if response.status == HTTPStatus.PARTIAL_CONTENT and _goes_on(response, part):
            mode = "ab"
        elif response.status == HTTPStatus.OK:
            part.size, mode = 0, "wb"
        else:
            raise SourceRefused(where=self.where, answer=str(response.status))
        part.expected = None if response.length is None else part.size + response.length
        part.validator = _strong(response.headers.get("ETag")) or response.headers.get("Last-Modified")
        if part.expected is not None and part.expected > self._left:
            raise self._too_much()
        with part.path.open(mode) as file:
            for piece in _pieces(response):
                part.size += file.write(piece)
                if part.size > self._left:
                    raise self._too_much()
        if part.expected is not None and part.size < part.expected:
            raise _Broken
        return Answer(url, response.headers, part.size)

    def _too_much(self) -> TooMuch:
        return TooMuch(where=self.where, limit_mb=self._terms.most_bytes // 1_000_000)


def signed_in(source: DeclaredSource, secret: str) -> Mapping[str, str]:
    """The secret as this source wants it."""
    if source.sign_in == "basic":
        return {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
    return {"Authorization": f"Bearer {secret}"} if source.sign_in == "bearer" else {}


def _pieces(response: http.client.HTTPResponse) -> Iterator[bytes]:
    try:
        while piece := response.read(_PIECE):
            yield piece
    except TimeoutError:
        raise
    except (OSError, http.client.HTTPException) as cause:
        raise _Broken from cause


def _goes_on(response: http.client.HTTPResponse, part: _Part) -> bool:
    return bool(part.size) and response.headers.get("Content-Range", "").startswith(f"bytes {part.size}-")


def _strong(etag: str | None) -> str | None:
    return etag if etag and not etag.startswith("W/") else None


def _refuse_page(answer: Answer, path: Path, where: str) -> None:
    with path.open("rb") as file:
        head = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if answer.headers.get_content_type() == "text/html" or head.startswith(_PAGE):
        raise AnsweredWithPage(where=where)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _where(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path}"
