"""Answers that any page and any cache may keep: the parts of a map style."""

from flask import Response, request

from gisserver.assets import YEAR


def kept(body: bytes, media_type: str, digest: str, *, is_current: bool) -> Response:
    """For ever where the address carries the digest of what there is now; else only for as long as the tag holds."""
    response = Response(body, content_type=media_type)
    response.set_etag(digest)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_current else "public, no-cache"
    response.make_conditional(request)
    return response
