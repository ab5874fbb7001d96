"""/api/events: publishes, as a list, as a stream (Server-Sent Events) and as a feed (Atom)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from flask import Blueprint, Response, json, jsonify, request
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api._layers import seen_layers
from gisserver.api._media import JSON, for_this_reader
from gisserver.api._negotiation import by_word_or_accept
from gisserver.api._openapi import described
from gisserver.api._page_links import address, link
from gisserver.api._reading import reading
from gisserver.api._root import root
from gisserver.errors import NotHere, Refused
from gisserver.events import EventStream
from gisserver.events.telling import atom, told
from gisserver.service import service
from layers.core.epochs import current_epoch
from layers.core.events import EVENTS, Block, Event, EventsQuery, Interest, told_after, told_before
from layers.core.query.parameters import LARGEST_EPOCH
from layers.core.store import Connection

bp = Blueprint("events", __name__)
CONFORMS: tuple[str, ...] = ()
STREAM = "text/event-stream"
ATOM = "application/atom+xml"
FORMATS = {"json": JSON, "sse": STREAM, "atom": ATOM}
_RESUME = "Last-Event-ID"
_MOST_BLOCKS = 5
"""Blocks of publishes that one answer looks at; the next page goes on from there."""
_EVENT = {"name": "event", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
_RESUMING = {
    "name": _RESUME,
    "in": "header",
    "description": "Of a stream: the last event that was received; what came since is sent first",
    "schema": {"type": "integer", "minimum": 0},
}
_SAID = {
    "200": {
        "description": "Events: a list, a feed or a stream without an end",
        "content": {media_type: {"schema": {}} for media_type in FORMATS.values()},
    }
}
PATHS = {
    "/api/events": {
        "get": {
            "summary": "Publishes, of some layers, a district or a box: listed, as a stream (SSE) or as Atom",
            "parameters": [*described(EVENTS), _RESUMING],
            "responses": _SAID,
        }
    },
    "/api/events.atom": {
        "get": {
            "summary": "Publishes as an Atom feed",
            "parameters": described(EVENTS),
            "responses": {"200": {"description": "A feed", "content": {ATOM: {"schema": {"type": "string"}}}}},
        }
    },
    "/api/events/{event}": {
        "get": {
            "summary": "One publish",
            "parameters": [_EVENT],
            "responses": {"200": {"description": "When, whose, what it touched and where"}},
        }
    },
}


class TooManyListeners(Refused):
    """Every place for a listener is taken."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


@dataclass(frozen=True)
class Page:
    """Some events, and where the ones beyond are asked for."""

    events: tuple[Event, ...]
    following: dict[str, str] | None


@bp.get("/api/events")
def events() -> Response:
    """As the caller wants them."""
    query = EventsQuery.parse(request.args, _seen())
    return answer(query, by_word_or_accept(FORMATS))


@bp.get("/api/events.atom")
def feed() -> Response:
    """For feed readers, which know no Accept."""
    return answer(EventsQuery.parse(request.args, _seen()), ATOM)


@bp.get("/api/events/<int:number>")
def event(number: int) -> Response:
    """One publish, as far as the caller may see it."""
    interest = Interest(frozenset(_seen()))
    with reading(is_whole=False) as (connection, _newest):
        block = _told_after(connection, interest, min(number, LARGEST_EPOCH) - 1)
    if not block.events or block.events[0].epoch != number:
        raise NotHere(_("There is no publish %(number)s.", number=number))
    return _open(jsonify(told(block.events[0], root())))


def answer(query: EventsQuery, media_type: str) -> Response:
    """Also for who watches something."""
    if media_type == STREAM:
        return _stream(query)
    with reading(is_whole=False) as (connection, _newest):
        page = _page(connection, query)
    kept = {name: value for name, value in request.args.items() if name not in ("after", "before")}
    following = None if page.following is None else address(request.base_url, {**kept, **page.following})
    if media_type == ATOM:
        title = _("Publishes – %(city)s", city=service().profile.title(str(get_locale())))
        body = atom(title, request.url, following, page.events, root(), _sentence)
        return _open(Response(body, content_type=ATOM))
    links = [link("self", request.url)] + ([] if following is None else [link("next", following)])
    return _open(jsonify(events=[told(one, root()) for one in page.events], links=links))


def _stream(query: EventsQuery) -> Response:
    """The server's loop goes on with it: no thread and no connection is held."""
    with service().store.reading(actor()) as connection:
        newest = current_epoch(connection)
    position = _resumed(newest)
    if position is None:
        position = newest if query.after is None else min(query.after, newest)
    feed = service().events
    if feed.is_full:
        raise TooManyListeners(_("Too many programs are listening at the moment. Try again in a minute."))
    stream = EventStream(feed, query.interest, position, partial(_as_data, root=root()))
    response = Response(stream, content_type=STREAM, direct_passthrough=True)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep events until there are many
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _resumed(newest: int) -> int | None:
    said = request.headers.get(_RESUME, "")
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < 19 and int(said) <= newest):
        sentence = _(
            "“Last-Event-ID” is the number of a publish, %(newest)s at most. Leave it out to begin now.", newest=newest
        )
        raise Refused(sentence, parameter=_RESUME)
    return int(said)


def _as_data(event: Event, *, root: str) -> str:
    """On one line."""
    return json.dumps(told(event, root), ensure_ascii=False)


def _page(connection: Connection, query: EventsQuery) -> Page:
    """At most so many, out of a bounded number of publishes."""
    is_forward = query.after is not None
    start = query.after if query.after is not None else LARGEST_EPOCH if query.before is None else query.before
    read: Callable[[int], Block] = partial(_told_after if is_forward else _told_before, connection, query.interest)
    name = "after" if is_forward else "before"
    found: list[Event] = []
    for _block in range(_MOST_BLOCKS):
        block = read(start)
        found += block.events
        start = block.position
        if len(found) > query.limit:
            return Page(tuple(found[: query.limit]), {name: str(found[query.limit - 1].epoch)})
        if block.is_last:
            return Page(tuple(found), None)
    return Page(tuple(found), {name: str(start)})


def _told_after(connection: Connection, interest: Interest, epoch: int) -> Block:
    return told_after(connection, interest, epoch, service().registry, service().profile)


def _told_before(connection: Connection, interest: Interest, epoch: int) -> Block:
    return told_before(connection, interest, epoch, service().registry, service().profile)


def _sentence(event: Event) -> str:
    language = str(get_locale())
    parts = (
        _(
            "%(layer)s: %(added)s added, %(modified)s modified, %(removed)s removed",
            layer=service().registry[one.layer_id].title.in_language(language),
            added=one.added,
            modified=one.modified,
            removed=one.removed,
        )
        for one in event.touched
    )
    names = {district.id: district.name for district in service().profile.districts}
    return f"{event.epoch} – {names.get(event.district_id or 0, '')} – {'; '.join(parts)}".replace(" –  – ", " – ")


def _seen() -> list[str]:
    return [layer.id for layer in seen_layers()]


def _open(response: Response) -> Response:
    return for_this_reader(response, "Accept", "Accept-Language", "Cookie")
