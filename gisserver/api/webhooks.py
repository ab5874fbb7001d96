"""/api/webhooks: receivers that are told of publishes; their owners add, test and remove them."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from gisserver.access import SIGNED_IN, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api._media import NEEDS_SESSION
from gisserver.api._root import root
from gisserver.api.watches import body_of, parse_watched, told_watched
from gisserver.errors import Refused
from gisserver.service import service
from gisserver.webhooks.signature import new_secret
from gisserver.webhooks.telling import receivers_of
from layers.core import watching
from layers.core.hosts import NotAllowed
from layers.core.jobs import enqueue
from layers.core.watching import QUEUE, TEST, Webhook

bp = Blueprint("webhooks", __name__)
CONFORMS: tuple[str, ...] = ()
MOST_PER_ACCOUNT = 20
_NUMBER = {"name": "webhook", "in": "path", "required": True, "schema": {"type": "integer"}}
PATHS = {
    "/api/webhooks": {
        "get": {
            **NEEDS_SESSION,
            "summary": "Your receivers, and how each is getting on",
            "responses": {"200": {"description": "Receivers"}},
        },
        "post": {
            **NEEDS_SESSION,
            "summary": "Add one; JSON body: url, and what to watch as in /api/watches. The secret is told this once",
            "responses": {"201": {"description": "The receiver with its secret"}},
        },
    },
    "/api/webhooks/{webhook}": {
        "get": {
            **NEEDS_SESSION,
            "summary": "One",
            "parameters": [_NUMBER],
            "responses": {"200": {"description": "The receiver"}},
        },
        "delete": {
            **NEEDS_SESSION,
            "summary": "Tell it nothing any more",
            "parameters": [_NUMBER],
            "responses": {"204": {"description": "Removed"}},
        },
    },
    "/api/webhooks/{webhook}/test": {
        "post": {
            **NEEDS_SESSION,
            "summary": "Send a test message; one that was given up is told again from where it was left",
            "parameters": [_NUMBER],
            "responses": {"202": {"description": "It is sent in a moment; “outcome” says how it went"}},
        }
    },
}


@bp.get("/api/webhooks")
@needs_role(*SIGNED_IN)
def listed() -> Response:
    """One's own; the department sees all."""
    parameters.only(request.args, ())
    with service().store.reading(actor()) as connection:
        found = watching.webhooks(connection)
    return jsonify(webhooks=[_told(one) for one in found])


@bp.post("/api/webhooks")
@needs_role(*SIGNED_IN)
def add() -> tuple[Response, HTTPStatus]:
    """From the next publish on."""
    said = body_of()
    url = str(said.pop("url", "") or "")
    _check(url)
    secret = new_secret()
    with service().store.writing(actor()) as connection:
        own = [one for one in watching.webhooks(connection) if one.account_id == actor().account_id]
        if len(own) >= MOST_PER_ACCOUNT:
            raise Refused(_("You have %(most)s receivers already. Remove one first.", most=MOST_PER_ACCOUNT))
        watched = parse_watched(connection, said)
        number = watching.add_webhook(connection, actor(), watched, url, root(), secret)
        made = watching.webhook(connection, number)
    response = jsonify({**_told(made), "secret": secret})
    response.headers["Cache-Control"] = "no-store"
    return response, HTTPStatus.CREATED


@bp.get("/api/webhooks/<int:number>")
@needs_role(*SIGNED_IN)
def one(number: int) -> Response:
    """How it is getting on."""
    with service().store.reading(actor()) as connection:
        return jsonify(_told(watching.webhook(connection, number)))


@bp.delete("/api/webhooks/<int:number>")
@needs_role(*SIGNED_IN)
def remove(number: int) -> Response:
    """With its secret."""
    with service().store.writing(actor()) as connection:
        watching.remove_webhook(connection, number)
    return Response(status=HTTPStatus.NO_CONTENT)


@bp.post("/api/webhooks/<int:number>/test")
@needs_role(*SIGNED_IN)
def test(number: int) -> tuple[Response, HTTPStatus]:
    """By the worker: a web process neither has the secret nor waits for a receiver."""
    with service().store.writing(actor()) as connection:
        found = watching.webhook(connection, number)
        enqueue(connection, TEST, queue=QUEUE, webhook_id=number)
    return jsonify(_told(found)), HTTPStatus.ACCEPTED


def _check(url: str) -> None:
    allowed = receivers_of(service().settings)
    if not allowed.names:
        raise Refused(_("This service tells no receivers: its operator has to set GIS_WEBHOOK_HOSTS."), parameter="url")
    try:
        allowed.check(url)
    except NotAllowed as refused:
        sentence = _(
            "“url” cannot be used (%(why)s). It is an https address at one of these hosts: %(hosts)s.",
            why=str(refused),
            hosts=", ".join(allowed.names),
        )
        raise Refused(sentence, parameter="url") from refused


def _told(one: Webhook) -> dict[str, Any]:
    return {
        "id": one.id,
        "url": one.url,
        "account": one.account,
        "watched": told_watched(one.subscription.watched),
        "created_at": one.subscription.created_at.isoformat(),
        "is_active": one.is_active,
        "told_epoch": one.told_epoch,
        "failures": one.failures,
        "failing_since": one.failing_since and one.failing_since.isoformat(),
        "tried_at": one.tried_at and one.tried_at.isoformat(),
        "outcome": one.outcome,
    }
