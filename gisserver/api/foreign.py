"""/api/foreign: layers of other people's servers, fetched by this one from the hosts that its operator allows."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, Response, jsonify, request
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api._media import answered
from gisserver.api.looks import LOOK_SCHEMA, look_into
from gisserver.errors import NotYours, Refused
from gisserver.foreign import capabilities, collections
from gisserver.foreign.fetching import MOST_TILE_BYTES, VECTOR, Body, NotHad, Why, fetched
from gisserver.foreign.gathering import gathered
from gisserver.foreign.grid import placed
from gisserver.foreign.offered import KINDS, Offered
from gisserver.limits import FOREIGN_FEATURES, FOREIGN_LIST, FOREIGN_TILE, limiter
from gisserver.service import service
from layers.core.hosts import LONGEST_URL, Hosts, NotAllowed

bp = Blueprint("foreign", __name__)
CONFORMS: tuple[str, ...] = ()
MOST_TOLD_BYTES = 8_000_000
"""Of what a server offers; the longest lists of this world are shorter."""
LAST_ZOOM = 24
DRAWABLE = f"image/png, image/jpeg, image/webp, {VECTOR}"
_TEXT = {"type": "string"}
_WORD = {**_TEXT, "nullable": True}
_OFFERED = {
    "type": "object",
    "required": ["name", "title", "pictures", "tiles", "features", "credit"],
    "properties": {
        "name": _TEXT,
        "title": _TEXT,
        "pictures": {**_WORD, "description": "An address with {z}, {x}, {y} or {bbox} in it"},
        "tiles": {**_WORD, "description": "The same for vector tiles"},
        "features": {**_WORD, "description": "The address of the first page of its features"},
        "credit": _TEXT,
    },
}
_LISTED = {"type": "object", "required": ["layers"], "properties": {"layers": {"type": "array", "items": _OFFERED}}}
_GATHERED = {
    **LOOK_SCHEMA,
    "required": [*LOOK_SCHEMA["required"], "matched", "is_whole"],
    "properties": {
        **LOOK_SCHEMA["properties"],  # type: ignore[dict-item]
        "matched": {"type": "integer", "nullable": True, "description": "So many are there, where the server says so"},
        "is_whole": {"type": "boolean", "description": "False where there are more than these"},
    },
}
_KIND = parameters.described_words("kind", KINDS, "What the server speaks") | {"required": True}
_ADDRESS = {"name": "address", "in": "query", "required": True, "schema": {"type": "string", "maxLength": LONGEST_URL}}
_REFUSALS = {
    "403": {"description": "The operator does not let the map call this host"},
    "502": {"description": "The other server gave nothing usable; the sentence says what"},
}
PATHS = {
    "/api/foreign": {
        "get": {
            "summary": "What another server offers: the layers of a WMS, WMTS, WFS or OGC API",
            "parameters": [_KIND, _ADDRESS],
            "responses": {**answered(_LISTED, "Its layers"), **_REFUSALS},
        }
    },
    "/api/foreign/tile": {
        "get": {
            "summary": "A picture or a vector tile of another server",
            "parameters": [
                _ADDRESS,
                *({"name": name, "in": "query", "required": True, "schema": {"type": "integer"}} for name in "zxy"),
            ],
            "responses": {"200": {"description": "The tile", "content": {"image/png": {}}}, **_REFUSALS},
        }
    },
    "/api/foreign/features": {
        "get": {
            "summary": "Up to 20,000 features of another server's layer, as /api/looks tells those of a file",
            "parameters": [_KIND, _ADDRESS],
            "responses": {**answered(_GATHERED, "What is in it"), **_REFUSALS},
        }
    },
}


class NothingUsable(Refused):
    """The other server's fault, or the line's."""

    status = HTTPStatus.BAD_GATEWAY


@bp.get("/api/foreign")
@limiter.limit(FOREIGN_LIST)
def listed() -> Response:
    """Nobody is asked anything before a person names an address."""
    parameters.only(request.args, ("kind", "address"))
    kind, address = _kind(), _address()
    with told_trouble(address):
        return jsonify(layers=[asdict(one) for one in _offered(kind, address)])


@bp.get("/api/foreign/tile")
@limiter.limit(FOREIGN_TILE)
def tile() -> Response:
    """Only what is a picture or a tile by its first bytes goes on to the page."""
    parameters.only(request.args, ("address", *"zxy"))
    z = parameters.whole_number(request.args, "z", 0, 0, LAST_ZOOM)
    x, y = (parameters.whole_number(request.args, name, 0, 0, 2**z - 1) for name in "xy")
    address = _address()
    with told_trouble(address):
        return drawn(fetched(_hosts(), placed(address, z, x, y), DRAWABLE, MOST_TILE_BYTES), "private, max-age=600")


@bp.get("/api/foreign/features")
@limiter.limit(FOREIGN_FEATURES)
def features() -> Response:
    """Read as a file of one's own is, in a process apart; kept nowhere."""
    parameters.only(request.args, ("kind", "address"))
    kind, address = _kind(), _address()
    accept = "application/geo+json, application/json" if kind == "ogcapi" else "application/gml+xml, text/xml"

    def fetch(page: str, most_bytes: int) -> Body:
        return fetched(_hosts(), page, accept, most_bytes)

    with told_trouble(address):
        found = gathered(kind, address, fetch, service().settings.look_limit_mb * 1_000_000)
    told = {"matched": found.matched, "is_whole": found.is_whole}
    look = look_into(found.name, BytesIO(found.content), None)
    return Response(f"{json.dumps(told)[:-1]},{look.removeprefix('{')}", content_type="application/json")


def drawn(body: Body, keeping: str) -> Response:
    """A tile as it goes on, and how long it may be kept. Raises NotHad."""
    drawable = body.drawable
    if not drawable.content:
        return Response(status=HTTPStatus.NO_CONTENT)
    response = Response(drawable.content, content_type=drawable.media_type)
    response.headers["Cache-Control"] = keeping
    return response


def _offered(kind: str, address: str) -> list[Offered]:
    if kind == "ogcapi":
        asked = collections.asked(address)
        return collections.offered(address, fetched(_hosts(), asked, "application/json", MOST_TOLD_BYTES).content)
    return _of_document(kind, address, capabilities.SPOKEN[kind])


def _of_document(kind: str, address: str, versions: Sequence[str]) -> list[Offered]:
    """Some servers do not answer with what they speak, but refuse what they do not."""
    newest, *older = versions
    asked = capabilities.asked(kind, address, newest)
    try:
        document = fetched(_hosts(), asked, "text/xml, application/xml", MOST_TOLD_BYTES).content
        return capabilities.offered(kind, address, document)
    except NotHad as trouble:
        if trouble.why != Why.REFUSED or not older:
            raise
    return _of_document(kind, address, older)


def _hosts() -> Hosts:
    settings = service().settings
    return Hosts.named_in(settings.map_hosts, may_be_private=settings.map_private)


@contextmanager
def told_trouble(address: str) -> Iterator[None]:
    """What the other server did, in a sentence for who named it."""
    where = address.partition("?")[0]
    try:
        yield
    except NotAllowed as refused:
        why = refused.words.in_language(str(get_locale()))
        sentence = _(
            "The map takes nothing from %(where)s: %(why)s. The operator allows hosts by GIS_MAP_HOSTS.",
            where=where,
            why=why,
        )
        raise NotYours(sentence, parameter="address") from refused
    except NotHad as trouble:
        raise NothingUsable(_told(trouble, where), parameter="address", code=trouble.why.value) from trouble


def _told(trouble: NotHad, where: str) -> str:
    about = trouble.about
    match trouble.why:
        case Why.UNREACHABLE:
            return str(_("%(where)s does not answer. Check the address, or try again later.", where=where))
        case Why.SLOW:
            return str(_("%(where)s did not finish within %(about)s s. Try again later.", where=where, about=about))
        case Why.BUSY:
            return str(_("Too much is being asked of other servers at this moment. Try again in some seconds."))
        case Why.REFUSED:
            return str(
                _("%(where)s gave nothing (its answer: %(about)s). Check the address.", where=where, about=about)
            )
        case Why.LEADS_ELSEWHERE:
            return str(_("%(where)s leads to other addresses without end. Ask for the final one.", where=where))
        case Why.PAGE:
            return str(
                _(
                    "%(where)s answered with a web page instead of data, perhaps to sign in. Open the address in a "
                    "browser and look.",
                    where=where,
                )
            )
        case Why.TOO_MUCH:
            return str(
                _(
                    "%(where)s answered with more than %(about)s MB. Choose a layer with less in it.",
                    where=where,
                    about=about,
                )
            )
        case Why.SPEAKS_OTHER:
            return str(
                _(
                    "%(where)s speaks %(about)s. Understood are WMS 1.3.0 and 1.1.1, WMTS 1.0.0, WFS 2.0, 1.1.0 and "
                    "1.0.0, and OGC API. Ask there for a newer address.",
                    where=where,
                    about=about,
                )
            )
        case Why.NOT_UNDERSTOOD:
            return str(
                _(
                    "What %(where)s answered is no %(about)s. Choose another kind, or check it.",
                    where=where,
                    about=about,
                )
            )


def _kind() -> str:
    kind = request.args.get("kind", "")
    if kind not in KINDS:
        raise Refused(_("“%(name)s” must be one of: %(known)s.", name="kind", known=", ".join(KINDS)), parameter="kind")
    return kind


def _address() -> str:
    said = request.args.get("address", "")
    if not said.startswith(("https://", "http://")) or len(said) > LONGEST_URL:
        raise Refused(_("“address” must be an address with https:// or http://."), parameter="address")
    return said
