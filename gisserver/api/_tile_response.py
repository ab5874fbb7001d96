"""A tile as Flask sends it, for the addresses that the fast way leaves."""

from flask import Response, request

from gisserver.tiles.reply import TileWish, reply
from layers.core.tiles import StoredTile


def tile_response(tile: StoredTile, *, is_versioned: bool = False, is_public: bool = True) -> Response:
    """As the request's headers want it."""
    wish = TileWish(
        takes_gzip=request.accept_encodings["gzip"] > 0,
        if_none_match=request.headers.get("If-None-Match", ""),
        is_versioned=is_versioned,
        is_public=is_public,
    )
    answer = reply(tile, wish)
    return Response(answer.body, answer.status, list(answer.headers))
