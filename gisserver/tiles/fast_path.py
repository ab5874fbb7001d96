"""Public tiles answered before Flask: most requests of a map need nothing of it."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from gisserver.tiles.cache import TileCache
from gisserver.tiles.reply import TileReply, TileWish, reply
from layers.core.registry import Registry
from layers.core.tiles import TileAddress

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PATH = re.compile(r"/tiles/([a-z_]+)/(\d{1,2})/(\d{1,8})/(\d{1,8})")
_VERSION = re.compile(r"v=(\d{1,18})")

_UNKNOWN = -1
"""A query string that only the application understands."""


class TilesFirst:
    """Answers GET and HEAD of public tiles; hands everything else, errors included, to the application."""

    def __init__(self, application: "WSGIApplication", tiles: TileCache, registry: Registry) -> None:
        self._application = application
        self._tiles = tiles
        self._layers = {layer.id: layer for layer in registry if tiles.is_public(layer.id)}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """WSGI."""
        path = environ["PATH_INFO"]
        if path.startswith("/tiles/") and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            answer = self._answer(path, environ)
            if answer is not None:
                start_response(f"{answer.status.value} {answer.status.phrase}", list(answer.headers))
                return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]
        return self._application(environ, start_response)

    def _answer(self, path: str, environ: "WSGIEnvironment") -> TileReply | None:
        asked = _PATH.fullmatch(path)
        version = _version(environ.get("QUERY_STRING", ""))
        if asked is None or version == _UNKNOWN:
            return None
        layer = self._layers.get(asked[1])
        address = TileAddress(int(asked[2]), int(asked[3]), int(asked[4]))
        if layer is None or address.z not in layer.tile_zooms or not address.is_in_grid:
            return None
        try:
            tile = self._tiles.tile(layer, address, version)
        except SQLAlchemyError:
            return None
        return reply(
            tile,
            TileWish(
                takes_gzip="gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""),
                if_none_match=environ.get("HTTP_IF_NONE_MATCH", ""),
                is_versioned=version is not None and version <= self._tiles.known_epoch,
            ),
        )


def _version(query: str) -> int | None:
    if not query:
        return None
    asked = _VERSION.fullmatch(query)
    return int(asked[1]) if asked else _UNKNOWN
