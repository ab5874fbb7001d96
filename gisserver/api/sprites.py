"""/sprites: hatches and point symbols of our styles, in one picture."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api._kept import kept
from gisserver.errors import NotHere
from gisserver.service import service
from gisserver.sprite import SCALES, Sprite, sprite_of
from gisserver.style import signs_of

bp = Blueprint("sprites", __name__)
CONFORMS: tuple[str, ...] = ()
PATHS = {
    "/sprites/{sprite}": {
        "get": {
            "summary": "The signs of the legend: .json, .png, @2x.json or @2x.png after the name that a style gives",
            "parameters": [{"name": "sprite", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": {"200": {"description": "Index or picture", "content": {"image/png": {}}}},
        }
    }
}


@bp.get("/sprites/<name>.json", defaults={"kind": "json"})
@bp.get("/sprites/<name>.png", defaults={"kind": "png"})
def sprite(name: str, kind: str) -> Response:
    """A style of yesterday may name another digest; it gets the signs of today."""
    parameters.only(request.args, ())
    digest, _at, scale = name.partition("@")
    if scale not in ("", *(f"{scale}x" for scale in SCALES)):
        raise NotHere(_("Signs come at scale 1 and, with @2x, at scale 2."))
    signs = current_sprite()
    sheet = signs.sheets[int(scale.removesuffix("x") or 1)]
    body, media_type = (sheet.png, "image/png") if kind == "png" else (sheet.index, "application/json")
    return kept(body, media_type, f"{signs.digest}{_at}{scale}-{kind}", is_current=digest == signs.digest)


def current_sprite() -> Sprite:
    """All signs of this deployment's legend, whoever may see their layers: a sign alone tells nothing."""
    return sprite_of(signs_of(service().registry, service().profile))
