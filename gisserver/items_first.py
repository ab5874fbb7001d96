"""Single public features by their lasting number, answered by the server's loop.

A thread and Flask would cost ten times what the database needs for one. What is out of the ordinary, a session, a key,
a parameter, a feature that is not there, is left to the application; the rest is its own answer with other numbers.
"""

import re
import uuid
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
from gisserver.plain_requests import PlainRequest, standing
from gisserver.reply import Headers, Reply
from layers.core.layer import Layer
from layers.core.query import FeatureQuery, FoundFeature, items_asked_together, read_feature
from layers.core.registry import Registry

if TYPE_CHECKING:
    from asgiref.typing import HTTPScope

_PATH = re.compile(r"/api/collections/([a-z_]+)/items/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_NOBODY = FoundFeature("{}", uuid.UUID(int=0), 0)


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
        plain = PlainRequest.of(scope)
        form = self._form(asked[1], plain) if plain is not None else None
        if form is None:
            return None
        uid = uuid.UUID(asked[2])
        found = await self._lines.ask(form.statement, uid)
        return None if found is None else _filled(form, uid, found)

    def _ask_application(self, layer_id: str, plain: PlainRequest) -> _Form | None:
        """None where it would answer in another way than by the feature as the database writes it."""
        with plain.context(self._app, f"/api/collections/{layer_id}/items/{_NOBODY.uid}"):
            try:
                wanted = chosen([one for one in feature_formats() if one.item is not None])
            except NotAcceptable:
                return None
            if wanted.format.item is not read_feature:
                return None
            layer = self._layers[layer_id]
            met = readable(layer)
            query = FeatureQuery.parse_item({}, met, wanted.format.unsaid(met))
            answer = item_answer(wanted, query, str(_NOBODY.uid), _NOBODY, epoch=0)
            response = self._app.process_response(answer)
            return _Form(
                self._statement(layer, query),
                standing(response.headers),
                response.get_data(as_text=True)[1:],
                item_variant(wanted),
            )

    def _statement(self, layer: Layer, query: FeatureQuery) -> Statement[uuid.UUID, _Found | None]:
        """One for each layer: the answers to all kinds of request are read together."""
        if layer.id not in self._statements:
            self._statements[layer.id] = _statement(layer, query)
        return self._statements[layer.id]


def _statement(layer: Layer, query: FeatureQuery) -> Statement[uuid.UUID, _Found | None]:
    return Statement(
        name=f"item_{layer.id}",
        text=items_asked_together(query),
        types=("uuid[]",),
        columns=lambda uid: (str(uid),),
        found=_Found,
        absent=None,
    )


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
