"""Memento (RFC 7089): a feature is asked for as of a moment, and a version says when it was published.

The address of a feature is original and time gate in one; a version is the same address with its epoch.
"""

import datetime
from collections.abc import Iterable
from http import HTTPStatus

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.http import http_date, parse_date

from gisserver.access import actor
from gisserver.api._layers import no_feature
from gisserver.api._page_links import address
from gisserver.errors import Ended, Refused
from gisserver.service import service
from layers.core.changes import Memento, feature_uid, mementos, nearest, was_over
from layers.core.layer import Layer

LINK_FORMAT = "application/link-format"
_WISH = "Accept-Datetime"


def is_timed() -> bool:
    """Whether the caller asks for a feature as of a moment; an epoch in the address says more."""
    return _WISH in request.headers and "epoch" not in request.args


def to_memento(layer: Layer, feature_id: str) -> Response:
    """To the version of that moment. Raises Refused, NotHere, Ended."""
    moment = parse_date(request.headers[_WISH])
    if moment is None:
        raise Refused(
            _("“Accept-Datetime” is a time such as Fri, 01 May 2026 09:30:00 GMT."), parameter="Accept-Datetime"
        )
    with service().store.reading(actor()) as connection:
        uid = feature_uid(connection, layer, feature_id)
        found = () if uid is None else mementos(connection, layer, uid)
    if not found:
        raise no_feature(layer.id, feature_id)
    memento = nearest(found, moment)
    if was_over(memento, moment):
        raise Ended(
            _("“%(id)s” had ended by then. Its versions are in its history.", id=feature_id),
            history=url_for("history.history", layer_id=layer.id, feature_id=uid, _external=True),
        )
    there = version_address(layer, str(uid), memento.epoch, request.args.to_dict())
    response = Response(status=HTTPStatus.FOUND, headers={"Location": there})
    _say(response, original_links(layer, feature_id))
    response.headers["Cache-Control"] = "no-cache"
    return response


def describe(response: Response, layer: Layer, feature_id: str, published_at: datetime.datetime | None) -> None:
    """Of a feature's representation: where its past is, and of a version when it was published."""
    _say(response, original_links(layer, feature_id))
    if published_at is not None:
        response.headers["Memento-Datetime"] = http_date(published_at)


def original_links(layer: Layer, feature_id: str) -> list[str]:
    """As the Link header writes them."""
    here = url_for("items.item", layer_id=layer.id, feature_id=feature_id, _external=True)
    return [
        f'<{here}>; rel="original timegate"',
        f'<{_timemap(layer, feature_id)}>; rel="timemap"; type="{LINK_FORMAT}"',
    ]


def timemap(layer: Layer, feature_id: str, found: Iterable[Memento]) -> str:
    """All versions as links (RFC 6690), oldest first."""
    listed = list(found)
    last = len(listed) - 1
    lines = original_links(layer, feature_id)
    lines[1] = lines[1].replace('rel="timemap"', 'rel="self"')
    for place, memento in enumerate(listed):
        rel = " ".join([*(["first"] if place == 0 else []), *(["last"] if place == last else []), "memento"])
        href = version_address(layer, feature_id, memento.epoch)
        lines.append(f'<{href}>; rel="{rel}"; datetime="{http_date(memento.published_at)}"')
    return ",\n".join(lines) + "\n"


def version_address(layer: Layer, feature_id: str, epoch: int, asked: dict[str, str] | None = None) -> str:
    """Where a feature is as it was after that publish."""
    here = url_for("items.item", layer_id=layer.id, feature_id=feature_id, _external=True)
    return address(here, {**(asked or {}), "epoch": str(epoch)})


def _timemap(layer: Layer, feature_id: str) -> str:
    here = url_for("history.history", layer_id=layer.id, feature_id=feature_id, _external=True)
    return address(here, {"f": "link"})


def _say(response: Response, links: Iterable[str]) -> None:
    response.headers.add("Link", ", ".join(links))
    response.vary.add(_WISH)
