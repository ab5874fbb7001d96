"""/api/prints: a map on paper, drawn by the worker at an exact scale; fetched when it is done."""

import uuid
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from pyproj import CRS

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._json_body import json_object
from gisserver.api._layers import readable, seen_layer, seen_layers
from gisserver.errors import NotHere, NotYet, Refused
from gisserver.limits import PRINT, limiter
from gisserver.own_paths import own_path
from gisserver.prints.allowed import LARGEST_SCALE, MOST_BYTES, SMALLEST_SCALE, allowed_for
from gisserver.prints.asked import FORMATS, ORIENTATIONS, Asked
from gisserver.prints.order import Order, Place, Wish
from gisserver.prints.paper import NAMES, paper_of
from gisserver.readable_pages import page_words
from gisserver.service import service
from layers.core.print_jobs import PrintJob, TooManyPrints, add_print, print_of, printed, remove_print
from layers.core.query.drawn import extents_of
from layers.core.short_links import LONGEST, keep_link
from layers.core.store import Connection

bp = Blueprint("prints", __name__)
CONFORMS: tuple[str, ...] = ()
_LONGEST_IN_CODE = 300
"""Characters that a small code still holds legibly; a longer address is kept under a short one."""
_NUMBER = {"type": "number"}
_WISHES = {
    "paper": {"type": "string", "enum": list(NAMES), "default": "A4"},
    "orientation": {"type": "string", "enum": list(ORIENTATIONS), "default": "portrait"},
    "scale": {"type": "number", "minimum": LARGEST_SCALE, "maximum": SMALLEST_SCALE, "description": "1000 for 1:1,000"},
    "center": {"type": "array", "items": _NUMBER, "description": "Longitude and latitude of the middle"},
    "rotation": {"type": "number", "description": "Degrees from grid north to what is up on the paper, clockwise"},
    "layers": {
        "type": "array",
        "description": "From the top: their ids, or objects of id, opacity and at (a day)",
        "items": {"anyOf": [{"type": "string"}, {"type": "object"}]},
    },
    "format": {"type": "string", "enum": list(FORMATS), "default": "pdf"},
    "dpi": {"type": "number", "description": "Of a picture"},
    "title": {"type": "string"},
    "note": {"type": "string"},
    "author": {"type": "string"},
    "grid": {"type": "boolean", "default": True},
    "legend": {"type": "boolean", "default": True},
    "drawings": {"type": "object", "description": "GeoJSON in degrees, with stroke, fill and label as properties"},
    "background": {"type": "string", "description": "The map that all lies on, by its name in the profile"},
    "pictures": {
        "type": "array",
        "description": "Layers of other servers, from below: title, address with {z}, {x} and {y} or {bbox} in it, "
        "credit, opacity, and over: so many of the drawings lie beneath it",
        "items": {"type": "object"},
    },
    "series": {"type": "object", "description": "bbox in degrees and overlap_mm: sheets side by side"},
    "atlas": {"type": "object", "description": "layer and uids: a sheet about each; without scale the one that fits"},
    "epoch": {"type": "integer", "description": "As it was after that publish"},
    "datetime": {"type": "string", "description": "As it was then"},
    "view": {"type": "string", "description": "Path of the map with the same view, for the code on the sheet"},
    "language": {"type": "string"},
}
_STATE = {
    "type": "object",
    "required": ["id", "state", "done", "total", "note"],
    "properties": {
        "id": {"type": "string"},
        "state": {"type": "string", "enum": ["waiting", "working", "done", "failed"]},
        "done": {"type": "integer", "description": "steps"},
        "total": {"type": "integer"},
        "ahead": {"type": "integer", "description": "prints that come first"},
        "note": {
            "type": "string",
            "description": "where it failed: why, and what to do; where it is done: what is missing from it",
        },
        "file": {"type": "string", "nullable": True, "description": "the print, once it is done"},
    },
}
_TOLD = {"application/json": {"schema": _STATE}}
_PRINT = {"name": "print", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
PATHS = {
    "/api/prints": {
        "get": {
            "summary": "Papers, the part of each that is map, and how much you may print",
            "responses": {"200": {"description": "What a form needs", "content": {"application/json": {}}}},
        },
        "post": {
            "summary": "Have a map drawn as vector PDF or PNG at an exact scale",
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"type": "object", "properties": _WISHES}}},
            },
            "responses": {
                "202": {"description": "Received; Location says where its progress is told", "content": _TOLD},
                "413": {"description": "The drawings are too large"},
                "429": {"description": "Too many prints wait already"},
            },
        },
    },
    "/api/prints/{print}": {
        "get": {
            "summary": "How far a print is",
            "parameters": [_PRINT],
            "responses": {"200": {"description": "Its state", "content": _TOLD}},
        },
        "delete": {
            "summary": "Take the order back, or the print away",
            "parameters": [_PRINT],
            "responses": {"204": {"description": "Gone"}},
        },
    },
    "/api/prints/{print}/file": {
        "get": {
            "summary": "The print",
            "parameters": [_PRINT],
            "responses": {
                "200": {"description": "PDF or PNG", "content": {"application/pdf": {}, "image/png": {}}},
                "503": {"description": "Not finished yet"},
            },
        }
    },
}


class TooManyWait(Refused):
    """The worker's table is full."""

    status = HTTPStatus.TOO_MANY_REQUESTS


@bp.get("/api/prints")
def offered() -> Response:
    """What a form needs: measures of the papers, so that the frame on the screen is the one on paper."""
    parameters.only(request.args, ())
    allowed = allowed_for(actor())
    meridian = CRS.from_epsg(service().profile.storage_srid).to_cf().get("longitude_of_central_meridian", 0)
    response = jsonify(
        papers=[_paper(name, is_landscape=is_landscape) for name in NAMES for is_landscape in (False, True)],
        allowed={"papers": allowed.papers, "sheets": allowed.sheets},
        scales=[LARGEST_SCALE, SMALLEST_SCALE],
        central_meridian=meridian,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/api/prints")
@limiter.limit(PRINT)
def order() -> tuple[Response, int, dict[str, str]]:
    """Check every wish; the worker draws."""
    said = json_object(MOST_BYTES)
    asked = Asked(said, service().profile, allowed_for(actor()))
    asked.check_names()
    try:
        with service().store.writing(actor()) as connection:
            ordered = _order(connection, asked)
            print_id = add_print(connection, actor().account_id, ordered.words)
            job = print_of(connection, print_id)
    except TooManyPrints:
        raise TooManyWait(_("Several prints are still being drawn. Ask again when one of them is done.")) from None
    if job is None:
        raise _absent()
    return jsonify(_told(job)), HTTPStatus.ACCEPTED, {"Location": url_for(".state", print_id=print_id)}


@bp.get("/api/prints/<uuid:print_id>")
def state(print_id: uuid.UUID) -> Response:
    """For who waits."""
    response = jsonify(_told(_own(print_id)))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/api/prints/<uuid:print_id>/file")
def file(print_id: uuid.UUID) -> Response:
    """Once it is there."""
    job = _own(print_id)
    if job.state == "failed":
        raise NotHere(job.note)
    with service().store.reading(actor()) as connection:
        made = printed(connection, print_id)
    if made is None:
        raise NotYet(_("The print is not finished yet. Ask again in a moment."))
    media_type, body = made
    answer = Response(body, mimetype=media_type)
    suffix = media_type.rpartition("/")[2]
    answer.headers.set("Content-Disposition", "inline", filename=f"map-{str(print_id)[:8]}.{suffix}")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.delete("/api/prints/<uuid:print_id>")
def remove(print_id: uuid.UUID) -> tuple[str, int]:
    """A print that is being drawn ends at its next step."""
    _own(print_id)
    with service().store.writing(actor()) as connection:
        remove_print(connection, print_id)
    return "", HTTPStatus.NO_CONTENT


def _order(connection: Connection, asked: Asked) -> Order:
    said = asked.said
    moment = {name: str(said[name]) for name in ("epoch", "datetime") if said.get(name) is not None}
    as_of = parameters.as_of(connection, moment)
    return Order(
        paper=asked.paper.name,
        is_landscape=asked.is_landscape,
        format=asked.format,
        dots_per_inch=asked.dots_per_inch,
        places=tuple(_places(connection, asked, as_of)),
        layers=_wishes(connection, asked),
        title=asked.words("title"),
        note=asked.words("note"),
        author=asked.words("author"),
        language=_language(said),
        has_grid=asked.is_wanted("grid"),
        has_legend=asked.is_wanted("legend"),
        drawings=asked.drawings(),
        as_of=as_of,
        link=_link(connection, said),
        role=actor().role,
        district_id=actor().district_id,
        account_id=actor().account_id,
        background=asked.background(),
        pictures=asked.pictures(),
    )


def _wishes(connection: Connection, asked: Asked) -> tuple[Wish, ...]:
    """Each layer as of its own day, where it has one."""
    return tuple(
        replace(wish, as_of=parameters.as_of(connection, {"datetime": day}) if day else None)
        for wish, day in asked.wishes([layer.id for layer in seen_layers()])
    )


def _places(connection: Connection, asked: Asked, as_of: int | None) -> list[Place]:
    """One sheet, a series or an atlas."""
    if "series" in asked.said and "atlas" in asked.said:
        raise Refused(_("Choose a series or an atlas, not both."), parameter="atlas")
    places = [asked.first]
    if "series" in asked.said:
        places = asked.series()
    elif "atlas" in asked.said:
        layer, uids = asked.atlas_of()
        places = asked.atlas(extents_of(connection, readable(seen_layer(layer)), uids, as_of))
    if asked.format == "png" and len(places) > 1:
        raise Refused(_("A picture has one sheet only. Choose PDF for several."), parameter="format")
    return places


def _language(said: dict[str, Any] | Any) -> str:
    language = said.get("language", str(get_locale()))
    known = service().profile.languages
    if language not in known:
        raise Refused(
            _("“%(name)s” must be one of: %(known)s.", name="language", known=", ".join(known)), parameter="language"
        )
    return str(language)


def _link(connection: Connection, said: dict[str, Any] | Any) -> str:
    """The whole address of the same view, short enough for the code on the sheet."""
    path = own_path(said.get("view", "/map"), LONGEST, page_words())
    if path is None:
        raise Refused(
            _("“view” must be the path of one of our pages, for instance /map#map=15/38.4/27.1."), parameter="view"
        )
    if len(path) > _LONGEST_IN_CODE:
        path = url_for("short_links.follow", code=keep_link(connection, path))
    return f"{request.url_root.rstrip('/')}{path}"


def _paper(name: str, *, is_landscape: bool) -> dict[str, Any]:
    paper = paper_of(name, is_landscape=is_landscape)
    return {
        "name": name,
        "orientation": ORIENTATIONS[is_landscape],
        "width_mm": paper.width,
        "height_mm": paper.height,
        "map_width_mm": round(paper.map.width, 3),
        "map_height_mm": round(paper.map.height, 3),
    }


def _own(print_id: uuid.UUID) -> PrintJob:
    with service().store.reading(actor()) as connection:
        job = print_of(connection, print_id)
    if job is None:
        raise _absent()
    return job


def _absent() -> NotHere:
    return NotHere(_("There is no such print any more: prints are kept for a day. Ask for it again."))


def _told(job: PrintJob) -> dict[str, object]:
    return {
        "id": str(job.id),
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "ahead": job.ahead,
        "note": job.note,
        "bytes": job.size,
        "file": url_for(".file", print_id=job.id) if job.state == "done" else None,
    }
