"""Single public features by their lasting number, answered by the server's loop.

A thread and Flask would cost ten times what the database needs for one. What is out of the ordinary, a session, a key,
a parameter, a feature that is not there, is left to the application; the rest is its own answer with other numbers.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask

from gisserver.api._item_answer import item_answer, item_variant
from gisserver.api._layers import readable
from gisserver.api._negotiation import NotAcceptable, chosen
from gisserver.editing.versions import version_tag
from gisserver.formats import feature_formats
from gisserver.lines import Lines, Statement
from gisserver.reply import Headers, Reply
from gisserver.wsgi.environ import environ_of
from gisserver.wsgi.proxy import told_of_proxy
from layers.core.layer import Layer
from layers.core.query import FeatureQuery, FoundFeature, items_asked_together, read_feature
from layers.core.registry import Registry

if TYPE_CHECKING:
    from asgiref.typing import HTTPScope

_PATH = re.compile(r"/api/collections/([a-z_]+)/items/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
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
_NOBODY = FoundFeature("{}", uuid.UUID(int=0), 0)


@dataclass(frozen=True)
class _Kind:
    """Requests whose answers differ in the feature only."""

    layer_id: str
    scheme: str
    server: tuple[str, int | None] | None
    headers: tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class _Form:
    """An answer to be filled in."""

    statement: Statement[uuid.UUID, "_Found | None"]
    headers: Headers
    """With nobody's number where the feature's belongs."""
    end: str
    """Of the body, from the links on."""
    variant: str


@dataclass(frozen=True)
class _Found:
    epoch: int
    text: str
    version: int


class ItemsFirst:
    """Forms are taken from the application once for each kind of request."""

    def __init__(self, app: Flask, lines: Lines, registry: Registry) -> None:
        self._app = app
        self._lines = lines
        self._layers = {layer.id: layer for layer in registry.public}
        self._statements: dict[str, Statement[uuid.UUID, _Found | None]] = {}
        self._form = lru_cache(maxsize=512)(self._ask_application)

    async def answer(self, scope: "HTTPScope") -> Reply | None:
        """None where the application has to. Raises what is in lines.TROUBLE."""
        asked = _PATH.fullmatch(scope["path"])
        if asked is None or scope["query_string"] or asked[1] not in self._layers:
            return None
        kind = _kind(asked[1], scope)
        form = self._form(kind) if kind is not None else None
        if form is None:
            return None
        uid = uuid.UUID(asked[2])
        found = await self._lines.ask(form.statement, uid)
        return None if found is None else _filled(form, uid, found)

    def _ask_application(self, kind: _Kind) -> _Form | None:
        """None where it would answer in another way than by the feature as the database writes it."""
        path = f"/api/collections/{kind.layer_id}/items/{_NOBODY.uid}"
        with self._app.request_context(told_of_proxy(environ_of(_scope(kind, path)))):
            try:
                wanted = chosen([one for one in feature_formats() if one.item is not None])
            except NotAcceptable:
                return None
            if wanted.format.item is not read_feature:
                return None
            layer = self._layers[kind.layer_id]
            met = readable(layer)
            query = FeatureQuery.parse_item({}, met, wanted.format.unsaid(met))
            answer = item_answer(wanted, query, str(_NOBODY.uid), _NOBODY, epoch=0)
            response = self._app.process_response(answer)
            return _Form(
                self._statement(layer, query),
                _standing(response.headers),
                response.get_data(as_text=True)[1:],
                item_variant(wanted),
            )

    def _statement(self, layer: Layer, query: FeatureQuery) -> Statement[uuid.UUID, _Found | None]:
        """One for each layer: the answers to all kinds of request are read together."""
        if layer.id not in self._statements:
            self._statements[layer.id] = _statement(layer, query)
        return self._statements[layer.id]


def _kind(layer_id: str, scope: "HTTPScope") -> _Kind | None:
    headers = tuple(scope["headers"])
    if any(name in _OUT_OF_THE_ORDINARY for name, _ in headers):
        return None
    shaping = tuple((name, value) for name, value in headers if name in _SHAPING)
    if sum(len(value) for _, value in shaping) > _MOST_SHAPING:
        return None
    return _Kind(layer_id, scope["scheme"], scope["server"], shaping)


def _scope(kind: _Kind, path: str) -> "HTTPScope":
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": kind.scheme,
        "path": path,
        "raw_path": path.encode("ascii"),
        "query_string": b"",
        "root_path": "",
        "headers": kind.headers,
        "client": None,
        "server": kind.server,
        "state": {},
        "extensions": None,
    }


def _statement(layer: Layer, query: FeatureQuery) -> Statement[uuid.UUID, _Found | None]:
    return Statement(
        name=f"item_{layer.id}",
        text=items_asked_together(query),
        types=("uuid[]",),
        columns=lambda uid: (str(uid),),
        found=_Found,
        absent=None,
    )


def _standing(headers: Iterable[tuple[str, str]]) -> Headers:
    changing = ("etag", "gis-epoch", "content-length")
    return tuple((name.lower(), value) for name, value in headers if name.lower() not in changing)


def _filled(form: _Form, uid: uuid.UUID, found: _Found) -> Reply:
    body = (found.text[:-1] + form.end.replace(str(_NOBODY.uid), str(uid))).encode()
    return Reply(
        HTTPStatus.OK,
        (
            *((name, value.replace(str(_NOBODY.uid), str(uid))) for name, value in form.headers),
            ("etag", f'"{version_tag(uid, found.version, form.variant)}"'),
            ("gis-epoch", str(found.epoch)),
            ("content-length", str(len(body))),
        ),
        body,
    )
