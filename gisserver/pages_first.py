"""Pages of public features in the order of the pool, answered by the server's loop.

Who fetches a whole layer asks for thousands of them; a thread, Flask and seven round trips took a third of the time of
each. Whatever selects, sorts, moves or shapes features is the application's; how an answer looks is its own.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from gisserver.api._layers import readable
from gisserver.api._negotiation import NotAcceptable, chosen
from gisserver.api._page_answer import Variant, described
from gisserver.api._page_answer import variant as variant_of
from gisserver.api._page_links import page_links
from gisserver.formats import feature_formats, geojson
from gisserver.formats._collection import head_text, tail_text
from gisserver.lines import Lines, Listed, Listing
from gisserver.plain_requests import PlainRequest, standing
from gisserver.reply import Headers, Reply
from layers.core.query import FeatureQuery, PageEnd, WrongQuery, page_asked_at_once
from layers.core.query.page import BLOCK
from layers.core.query.sorting import Cursor, cursor_text, parse_cursor
from layers.core.registry import Registry

if TYPE_CHECKING:
    from asgiref.typing import HTTPScope

_PATH = re.compile(r"/api/collections/([a-z_]+)/items")
_ASKED = re.compile(rb"(?:(?:^|&)(?:f=json|limit=[1-9][0-9]{0,3}|after=(?P<after>[\w-]{1,100})))*", re.ASCII)
_EARLIER, _FIRST, _LAST = (Cursor((), 2**61 + number) for number in range(3))
_MARK_BEFORE, _MARK_FIRST, _MARK_LAST = (cursor_text(cursor, ()) for cursor in (_EARLIER, _FIRST, _LAST))
"""Of no feature: in a form they stand for the one before the page, its first and its last one."""


@dataclass(frozen=True)
class _Form:
    """An answer to be filled in."""

    listing: Listing
    limit: int
    headers: Headers
    variant: Variant
    followed: str
    """Links of a page after which there is another."""
    last: str
    """Links of the last one."""
    beyond: str
    """Links of a page on which there is nothing."""


class PagesFirst:
    """Forms are taken from the application once for each kind of request."""

    def __init__(self, app: Flask, lines: Lines, registry: Registry) -> None:
        self._app = app
        self._lines = lines
        self._layers = {layer.id: layer for layer in registry.public}
        self._listings: dict[str, Listing] = {}
        self._form = lru_cache(maxsize=512)(self._ask_application)

    async def answer(self, scope: "HTTPScope") -> Reply | None:
        """None where the application has to. Raises what is in lines.TROUBLE."""
        path, asked = _PATH.fullmatch(scope["path"]), _ASKED.fullmatch(scope["query_string"])
        plain = PlainRequest.of(scope)
        if path is None or asked is None or plain is None or path[1] not in self._layers:
            return None
        after = (asked["after"] or b"").decode()
        shape = asked[0].decode()
        try:
            begins_after = parse_cursor(after, (), "after").id if after else 0
            form = self._form(path[1], plain, shape.replace(after, _MARK_BEFORE) if after else shape)
        except WrongQuery:
            return None
        if form is None:
            return None
        listed = await self._lines.list(form.listing, {"after": begins_after, "limit": form.limit})
        return _filled(form, after, listed)

    def _ask_application(self, layer_id: str, plain: PlainRequest, asked: str) -> _Form | None:
        """None where it would answer in another way, or with more than a block. Raises WrongQuery."""
        with plain.context(self._app, f"/api/collections/{layer_id}/items", asked):
            try:
                wanted = chosen(feature_formats())
            except NotAcceptable:
                return None
            met = readable(self._layers[layer_id])
            query = FeatureQuery.parse(request.args, met, wanted.format.unsaid(met))
            is_twice = len(request.args) < asked.count("=")
            if wanted.format is not geojson.FORMAT or query.limit is None or query.limit > BLOCK or is_twice:
                return None
            links, first = page_links(query, wanted), _FIRST if query.after else None
            response = described(Response(content_type=wanted.content_type), query, 0, None)
            return _Form(
                self._listing(layer_id, query),
                query.limit,
                standing(self._app.process_response(response).headers),
                variant_of(wanted),
                *(
                    json.dumps(links(end), ensure_ascii=False)
                    for end in (PageEnd(0, _LAST, first), PageEnd(0, None, first), PageEnd(0, None, None))
                ),
            )

    def _listing(self, layer_id: str, query: FeatureQuery) -> Listing:
        """One for each layer: after which feature, and how many, is told when it runs."""
        if layer_id not in self._listings:
            text = page_asked_at_once(query)
            self._listings[layer_id] = Listing.around(f"page_{layer_id}", text, ("after", "limit"))
        return self._listings[layer_id]


def _filled(form: _Form, after: str, listed: Listed) -> Reply:
    (page,) = listed.rows
    marks = [(_MARK_BEFORE, after)]
    if page.returned:
        marks += [(_MARK_FIRST, _mark(Cursor((), page.first))), (_MARK_LAST, _mark(Cursor((), page.last)))]
    links = form.followed if page.is_more else form.last if page.returned else form.beyond
    told = {"numberMatched": page.matched}
    body = (head_text(told) + page.bodies + tail_text(page.returned, _marked(links, marks))).encode()
    variant = replace(form.variant, url=_marked(form.variant.url, marks))
    return Reply(
        HTTPStatus.OK,
        (
            *form.headers,
            ("etag", f'"{variant.tag(listed.epoch)}"'),
            ("gis-epoch", str(listed.epoch)),
            ("content-length", str(len(body))),
        ),
        body,
    )


def _marked(text: str, marks: Sequence[tuple[str, str]]) -> str:
    for placeholder, mark in marks:
        text = text.replace(placeholder, mark)
    return text


def _mark(cursor: Cursor) -> str:
    return cursor_text(cursor, ())
