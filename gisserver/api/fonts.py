"""/fonts: the letters of map labels, for any viewer of our styles."""

from pathlib import Path

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api._kept import kept
from gisserver.errors import NotHere
from gisserver.glyphs import RANGE, Glyphs, is_range

bp = Blueprint("fonts", __name__)
CONFORMS: tuple[str, ...] = ()
PATHS = {
    "/fonts/{fontstack}/{range}.pbf": {
        "get": {
            "summary": "Letters of a typeface as signed distance fields, 256 to a file",
            "parameters": [
                {"name": "fontstack", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "range", "in": "path", "required": True, "schema": {"type": "string"}, "example": "0-255"},
                {"name": "v", "in": "query", "schema": {"type": "string"}, "description": "Digest of the letters"},
            ],
            "responses": {
                "200": {
                    "description": "Glyphs",
                    "content": {"application/x-protobuf": {"schema": {"type": "string", "format": "binary"}}},
                }
            },
        }
    }
}


@bp.get("/fonts/<fontstack>/<int:first>-<int:last>.pbf")
def letters(fontstack: str, first: int, last: int) -> Response:
    """A range without letters is empty, not absent: a viewer asks for whatever range a name needs."""
    parameters.only(request.args, ("v",))
    there_are = built_glyphs()
    stack = there_are.stack_of(fontstack) if there_are is not None else None
    if there_are is None or stack is None:
        known = ", ".join(sorted(there_are.stacks)) if there_are is not None else "–"
        raise NotHere(_("There is no typeface “%(asked)s”. There are: %(known)s.", asked=fontstack, known=known))
    if not is_range(first, last):
        raise NotHere(_("Letters come in ranges of %(size)s: 0-255, 256-511 and so on.", size=RANGE))
    is_packed = request.accept_encodings["gzip"] > 0
    path = there_are.path(stack, first, is_packed=is_packed)
    body = path.read_bytes() if path.is_file() else b""
    tag = f"{there_are.digest}-{first}{'' if is_packed else '-i'}"
    response = kept(body, "application/x-protobuf", tag, is_current=request.args.get("v") == there_are.digest)
    if is_packed and body:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def built_glyphs() -> Glyphs | None:
    """Read anew each time, for a build may have come in between."""
    return Glyphs.built(Path(current_app.root_path) / "static/dist/fonts")
