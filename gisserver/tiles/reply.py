"""A stored tile as an HTTP answer: encoding, validators, what a cache may do with it."""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header, parse_etags

from gisserver.assets import YEAR
from gisserver.reply import Headers, Reply
from layers.core.tiles import StoredTile

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"


@dataclass(frozen=True)
class TileWish:
    """What of a request decides how a tile is sent."""

    takes_gzip: bool
    if_none_match: str
    is_versioned: bool
    """Asked with a ?v= that the process has reached: the address will never show anything older."""
    is_public: bool = True


PREFLIGHT = Reply(
    HTTPStatus.NO_CONTENT,
    (
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "GET, HEAD"),
        ("access-control-allow-headers", "*"),
        ("access-control-max-age", "86400"),
    ),
    b"",
)
"""The answer to a browser that asks on behalf of another site's map; every public tile has it."""


def reply(tile: StoredTile, wish: TileWish) -> Reply:
    """204 where nothing is drawn, 304 where the caller has it, else the bytes."""
    tag = _tag(tile, wish.takes_gzip)
    headers = (*_standing(wish.is_public), ("etag", f'"{tag}"'), ("cache-control", cache_control(wish)))
    if _has_already(wish.if_none_match, tag):
        return Reply(HTTPStatus.NOT_MODIFIED, headers, b"")
    if not tile.body:
        return Reply(HTTPStatus.NO_CONTENT, headers, b"")
    body = tile.body if wish.takes_gzip else gzip.decompress(tile.body)
    encoding: Headers = (("content-encoding", "gzip"),) if wish.takes_gzip else ()
    about_body = (("content-type", MEDIA_TYPE), *encoding, ("content-length", str(len(body))))
    return Reply(HTTPStatus.OK, (*headers, *about_body), body)


def cache_control(wish: TileWish) -> str:
    """For ever where the address names a publish that has happened; else to be asked again each time."""
    reach = "public" if wish.is_public else "private"
    return f"{reach}, max-age={YEAR}, immutable" if wish.is_versioned else f"{reach}, no-cache"


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: str) -> bool:
    """Whether the caller can read gzip; who says nothing gets the tile as it is."""
    return parse_accept_header(accept_encoding, Accept).quality("gzip") > 0


def _standing(is_public: bool) -> Headers:
    """Headers of every tile."""
    standing = (("vary", "Accept-Encoding"), ("x-content-type-options", "nosniff"))
    return (*standing, ("access-control-allow-origin", "*")) if is_public else standing


def _tag(tile: StoredTile, is_gzip: bool) -> str:
    """Other bytes need another tag; the epoch tells everything else."""
    return str(tile.epoch) if is_gzip else f"{tile.epoch}-i"


def _has_already(if_none_match: str, tag: str) -> bool:
    return bool(if_none_match) and parse_etags(if_none_match).contains_weak(tag)
