"""/ows and /wmts: WFS 2.0, WMS 1.3 and WMTS 1.0 for programs that know nothing newer."""

from collections.abc import Mapping
from http import HTTPStatus
from itertools import chain
from pathlib import Path

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api._layers import readable, seen_layers
from gisserver.api._media import for_this_reader
from gisserver.downloads.places import stopped_with_caller
from gisserver.ows import wmts as tiles
from gisserver.ows.asked import LONGEST, NotTaken, TooMuchAsked, handed_on, is_plain_xml, query_text
from gisserver.ows.files import configuration_in, fonts_in, mapfile_for
from gisserver.ows.mapfile import Reader
from gisserver.ows.process import PACKAGE, NoAnswer, NoPlace, NotInstalled, Question
from gisserver.security import csrf
from gisserver.service import service
from gisserver.style import lonlat_bounds

bp = Blueprint("ows", __name__)
CONFORMS: tuple[str, ...] = ()
PATHS = {
    "/ows": {
        "get": {
            "summary": "WFS 2.0 and WMS 1.3 by MapServer; begin with service=WFS&request=GetCapabilities",
            "responses": {"200": {"description": "What the standards say", "content": {"text/xml": {}}}},
        }
    },
    "/wmts": {
        "get": {
            "summary": "WMTS 1.0; begin with request=GetCapabilities",
            "responses": {"200": {"description": "What the standard says", "content": {"text/xml": {}}}},
        }
    },
}


class OwsTrouble(Exception):
    """Told in the way that WFS, WMS and WMTS tell it."""

    def __init__(self, status: HTTPStatus, code: str, sentence: str, locator: str = "") -> None:
        self.status, self.code, self.sentence, self.locator = status, code, sentence, locator
        super().__init__(sentence)


@bp.errorhandler(OwsTrouble)
def tell(trouble: OwsTrouble) -> Response:
    """An exception report, which these programs show to their users."""
    response = Response(render_template("ows_exception.xml", trouble=trouble), trouble.status, mimetype="text/xml")
    if trouble.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "5"
    return response


@bp.route("/ows", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]  # nothing is written
def ows() -> Response:
    """WFS and WMS; a body is XML and only read."""
    asked = _asked()
    body = _body() if request.method == "POST" else b""
    if not asked.get("service") and not body:
        raise OwsTrouble(
            HTTPStatus.BAD_REQUEST,
            "MissingParameterValue",
            _("Say in “service” what you want: WFS or WMS. For instance: %(address)s", address=_example("WFS")),
            "service",
        )
    return _answered(asked, body)


@bp.get("/wmts")
def wmts() -> Response:
    """Capabilities and tiles, by parameters."""
    asked = {name.lower(): value for name, value in request.args.items()}
    match asked.get("request", "").lower():
        case "getcapabilities" | "":
            return _wmts_capabilities()
        case "gettile":
            return _tile(*tiles.tile_asked(asked))
    raise OwsTrouble(
        HTTPStatus.BAD_REQUEST,
        "OperationNotSupported",
        _("There are GetCapabilities and GetTile."),
        "request",
    )


@bp.get("/wmts/1.0.0/WMTSCapabilities.xml")
def wmts_capabilities() -> Response:
    """By the address that the standard fixes."""
    return _wmts_capabilities()


@bp.get(f"/wmts/1.0.0/<layer>/{tiles.STYLE}/{tiles.GRID}/<z>/<row>/<column>.png")
def wmts_tile(layer: str, z: str, row: str, column: str) -> Response:
    """A tile by its address."""
    return _tile(layer, z, row, column)


def _wmts_capabilities() -> Response:
    text = render_template(
        "wmts.xml",
        layers=seen_layers(),
        language=str(get_locale()),
        bounds=lonlat_bounds(service().profile),
        grid=tiles.GRID,
        style=tiles.STYLE,
        pixels=tiles.PIXELS,
        zooms=tiles.ZOOMS,
        zooms_of=tiles.zooms_of,
        here=url_for(".wmts", _external=True),
    )
    return _kept(Response(text, mimetype="text/xml"))


def _tile(layer: str, z: str, row: str, column: str) -> Response:
    if layer not in {seen.id for seen in seen_layers()}:
        known = ", ".join(seen.id for seen in seen_layers())
        raise OwsTrouble(
            HTTPStatus.BAD_REQUEST,
            "InvalidParameterValue",
            _("There is no layer “%(asked)s”. There are: %(known)s.", asked=layer, known=known),
            "layer",
        )
    try:
        picture = tiles.as_picture(layer, z, row, column)
    except tiles.NoTile:
        raise OwsTrouble(
            HTTPStatus.BAD_REQUEST, "TileOutOfRange", _("The grid has no such tile."), "tilematrix"
        ) from None
    return _answered(picture, b"")


def _asked() -> dict[str, str]:
    try:
        return handed_on(request.args)
    except NotTaken as found:
        raise OwsTrouble(
            HTTPStatus.BAD_REQUEST,
            "InvalidParameterValue",
            _("Styles of callers are not taken. Leave “%(name)s” out.", name=found.parameter),
            found.parameter,
        ) from None
    except TooMuchAsked:
        raise _too_much() from None


def _too_much() -> OwsTrouble:
    sentence = _("The question is longer than %(most)s characters. Ask for less at a time.", most=LONGEST)
    return OwsTrouble(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "NoApplicableCode", sentence)


def _body() -> bytes:
    if (request.content_length or LONGEST + 1) > LONGEST:
        raise _too_much()
    body = request.get_data()
    if not is_plain_xml(body):
        raise OwsTrouble(
            HTTPStatus.BAD_REQUEST, "OperationParsingFailed", _("A question in XML brings no definitions of its own.")
        )
    return body


def _answered(asked: Mapping[str, str], body: bytes) -> Response:
    """The head is waited for, so that trouble can still be told; the rest is sent as it comes."""
    try:
        answer = service().mapserver.answer(_question(asked, body), stopped_with_caller)
    except NotInstalled:
        raise OwsTrouble(
            HTTPStatus.NOT_IMPLEMENTED,
            "NoApplicableCode",
            _(
                "WFS, WMS and WMTS need MapServer, which is not installed here (Debian package %(package)s). The same "
                "data is at %(address)s.",
                package=PACKAGE,
                address=url_for("landing.landing", _external=True),
            ),
        ) from None
    except NoPlace:
        raise OwsTrouble(
            HTTPStatus.SERVICE_UNAVAILABLE, "NoApplicableCode", _("Too many are asking at the moment. Try again.")
        ) from None
    except NoAnswer:
        raise OwsTrouble(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "NoApplicableCode",
            _("This took too long. Ask for a smaller box, fewer layers or a simpler filter."),
        ) from None
    # The first piece is read before the answer begins: a generator that was never begun would not be closed.
    sent = chain((next(answer.pieces, b""),), answer.pieces)
    response = Response(stream_with_context(sent), answer.status, content_type=answer.content_type)
    response.call_on_close(answer.pieces.close)
    return _kept(response)


def _question(asked: Mapping[str, str], body: bytes) -> Question:
    host, _colon, port = request.host.partition(":")
    return Question(
        mapfile=_mapfile(service().settings.data / "ows"),
        query=query_text(asked),
        actor=actor(),
        scheme=request.scheme,
        host=host,
        port=port or ("443" if request.scheme == "https" else "80"),
        path=url_for(".ows"),
        body=body,
        content_type=request.content_type or "text/xml" if body else "",
    )


def _mapfile(folder: Path) -> Path:
    configuration_in(folder)
    layers = [readable(layer) for layer in seen_layers()]
    return mapfile_for(folder, Reader(service().profile, layers, str(get_locale()), str(fonts_in(folder))))


def _kept(response: Response) -> Response:
    return for_this_reader(response, "Accept-Language", "Cookie")


def _example(name: str) -> str:
    return url_for(".ows", _external=True, service=name, request="GetCapabilities")
