"""/api/map: the map as a still picture."""

import hashlib
import threading
from collections.abc import Sequence

from flask import Blueprint, Response, request
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._layers import seen_layer, seen_layers
from gisserver.api._reading import reading
from gisserver.api.sprites import current_sprite
from gisserver.errors import NotYet, Refused
from gisserver.limits import PICTURE, limiter
from gisserver.prints.drawn_map import Pool
from gisserver.prints.letters import letters
from gisserver.prints.order import Wanted, Wish
from gisserver.prints.still import Frame, as_webp, drawn
from gisserver.service import service
from gisserver.style import lonlat_bounds, shown_at_first
from layers.core.layer import Layer
from layers.core.query.drawn import TooManyToDraw
from layers.core.store import ANONYMOUS

bp = Blueprint("still", __name__)
CONFORMS: tuple[str, ...] = ()
MOST_PIXELS = 2048
WIDEST = 60.0
"""Degrees."""
_BEING_DRAWN = threading.Lock()
"""One at a time in a process: a second one at once would make both take twice as long."""
_PATIENCE_S = 10
_SIDE = {"type": "integer", "minimum": 1, "maximum": MOST_PIXELS, "default": 1024}
PATHS = {
    "/api/map": {
        "get": {
            "summary": "The map as a still picture: north is up in its middle, all of the box is on it",
            "parameters": [
                {"name": "bbox", "in": "query", "required": True, "schema": {"type": "string"}},
                {"name": "width", "in": "query", "schema": _SIDE, "description": "pixels"},
                {"name": "height", "in": "query", "schema": _SIDE, "description": "pixels"},
                {
                    "name": "collections",
                    "in": "query",
                    "schema": {"type": "string"},
                    "description": "ids, comma-separated, the topmost first; what the map shows at first without it",
                },
                parameters.DATETIME,
                parameters.EPOCH,
                {
                    "name": "unless_busy",
                    "in": "query",
                    "schema": {"type": "boolean", "default": False},
                    "description": "for who can do without: no picture where others are being drawn",
                },
            ],
            "responses": {
                "200": {"description": "The picture", "content": {"image/webp": {}}},
                "204": {"description": "Others are being drawn, and `unless_busy` was asked"},
                "304": {"description": "Nothing has been published since"},
            },
        }
    }
}


@bp.get("/api/map")
@limiter.limit(PICTURE)
def still() -> Response:
    """Drawn by what draws maps on paper; one that the caller has, or that was drawn before, is not drawn again."""
    parameters.only(request.args, ("bbox", "width", "height", "collections", "datetime", "epoch", "unless_busy"))
    frame, layers = _frame(), _layers()
    can_do_without = parameters.truth(request.args, "unless_busy")
    with reading(is_whole=False) as (_connection, newest):
        known = _known(newest)
    if known.status_code == 304 or known.data:
        return known
    if not _BEING_DRAWN.acquire(timeout=0 if can_do_without else _PATIENCE_S):
        if can_do_without:
            return Response(status=204)
        raise NotYet(_("Other pictures are being drawn. Please try again in a moment."))
    try:
        return _picture(frame, layers)
    finally:
        _BEING_DRAWN.release()


def _picture(frame: Frame, layers: Sequence[Layer]) -> Response:
    letters(service().settings.data / "letters")
    with reading(is_whole=True) as (connection, newest):
        answer = _known(newest)
        if answer.status_code == 304 or answer.data:
            return answer  # published, or drawn for somebody else, while this one waited
        then = parameters.as_of(connection, request.args)
        wishes = tuple(Wish(layer.id) for layer in layers)
        wanted = Wanted(wishes, actor().audience, str(get_locale()), then)
        try:
            document = drawn(frame, wanted, Pool(connection, service().registry, service().profile))
        except TooManyToDraw:
            raise _too_much() from None
    answer.data = as_webp(document, frame)
    service().pictures.keep(_tag(answer), answer.data)
    return answer


def _frame() -> Frame:
    box = parameters.needed_box(request.args)
    west, south, east, north = lonlat_bounds(service().profile)
    if not (west <= (box.west + box.east) / 2 <= east and south <= (box.south + box.north) / 2 <= north):
        raise Refused(_("This place lies outside the area of this service."), parameter="bbox")
    if box.east - box.west > WIDEST:
        raise _too_much()
    width, height = (parameters.whole_number(request.args, name, 1024, 1, MOST_PIXELS) for name in ("width", "height"))
    return Frame(box, width, height)


def _too_much() -> Refused:
    return Refused(_("More lies there than a picture can show. Ask for less ground."), parameter="bbox")


def _layers() -> list[Layer]:
    asked = request.args.get("collections")
    if asked is None:
        return shown_at_first(seen_layers())
    return list(dict.fromkeys(seen_layer(name) for name in asked.split(",")))


def _known(epoch: int) -> Response:
    """304 for who has the picture, the picture where it was drawn before, else empty; right until the next publish.

    Whether it is still right is asked each time; that costs next to nothing.
    """
    seen_by = "public" if actor() == ANONYMOUS else "private"
    asked = sorted(item for item in request.args.items(multi=True) if item[0] != "unless_busy")
    said = (asked, get_locale(), actor().audience, epoch, current_sprite().digest)
    answer = Response(mimetype="image/webp")
    answer.set_etag(hashlib.sha256(repr(said).encode()).hexdigest()[:16])
    answer.headers["Cache-Control"] = f"{seen_by}, no-cache"
    answer.vary.add("Accept-Language")
    answer.data = service().pictures.get(_tag(answer)) or b""
    answer.make_conditional(request)
    return answer


def _tag(answer: Response) -> str:
    tag, _is_weak = answer.get_etag()
    return str(tag)
