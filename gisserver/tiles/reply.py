"""A stored tile as an HTTP answer: encoding, validators, what a cache may do with it."""

import gzip
from dataclasses import dataclass
from http import HTTPStatus

from layers.core.tiles import StoredTile

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
YEAR = 365 * 86400


@dataclass(frozen=True)
class TileReply:
    """Status, headers and body, for WSGI and Flask alike."""

    status: HTTPStatus
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class TileWish:
    """What of a request decides how a tile is sent."""

    takes_gzip: bool
    if_none_match: str
    is_versioned: bool
    """Asked with a ?v= that the process has reached: the address will never show anything else."""
    is_public: bool = True


def reply(tile: StoredTile, wish: TileWish) -> TileReply:
    """204 where nothing is drawn, 304 where the caller has it, else the bytes."""
    tag = f'"{tile.epoch}"' if wish.takes_gzip else f'"{tile.epoch}-i"'
    headers = [
        ("ETag", tag),
        ("Cache-Control", _cache_control(wish)),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    if wish.is_public:
        headers.append(("Access-Control-Allow-Origin", "*"))
    if tag in wish.if_none_match:
        return TileReply(HTTPStatus.NOT_MODIFIED, tuple(headers), b"")
    if not tile.body:
        return TileReply(HTTPStatus.NO_CONTENT, tuple(headers), b"")
    headers.append(("Content-Type", MEDIA_TYPE))
    body = tile.body
    if wish.takes_gzip:
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = gzip.decompress(body)
    headers.append(("Content-Length", str(len(body))))
    return TileReply(HTTPStatus.OK, tuple(headers), body)


def _cache_control(wish: TileWish) -> str:
    reach = "public" if wish.is_public else "private"
    return f"{reach}, max-age={YEAR}, immutable" if wish.is_versioned else f"{reach}, no-cache"
