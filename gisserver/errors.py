"""Errors that the edge raises, and the shape every error goes out in.

RFC 9457 problem documents for programs, a page for people.
"""

from dataclasses import dataclass
from enum import IntEnum
from http import HTTPStatus

from flask import Response, jsonify, render_template, request

FOR_PROGRAMS = ("/api", "/tiles", "/fonts", "/sprites", "/ows", "/wmts", "/health", "/ready")
"""Addresses that people rarely open; a browser still gets a page."""


class OwnStatus(IntEnum):
    """Codes that a protocol we speak has given itself, beside those of HTTP."""

    CHECKSUM_MISMATCH = 460

    @property
    def phrase(self) -> str:
        """As HTTPStatus has it."""
        return self.name.replace("_", " ").title()


class Refused(Exception):
    """A request that cannot be answered as it stands; the sentence names the parameter and the remedy."""

    status: HTTPStatus | OwnStatus = HTTPStatus.BAD_REQUEST

    def __init__(self, sentence: str, *, parameter: str | None = None, **more: object) -> None:
        self.sentence = sentence
        self.parameter = parameter
        self.more = more
        super().__init__(sentence)


class NotHere(Refused):
    """There is nothing at this address."""

    status = HTTPStatus.NOT_FOUND


class Ended(Refused):
    """The thing existed once and has ended."""

    status = HTTPStatus.GONE


class NotYours(Refused):
    """The caller is known and may not do this."""

    status = HTTPStatus.FORBIDDEN


class SignInFirst(Refused):
    """The caller must say who they are."""

    status = HTTPStatus.UNAUTHORIZED


class Overtaken(Refused):
    """Somebody else was faster."""

    status = HTTPStatus.CONFLICT


class NotYet(Refused):
    """It may be there in a moment."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


@dataclass(frozen=True)
class Problem:
    """What goes out."""

    status: HTTPStatus | OwnStatus
    sentence: str
    parameter: str | None = None
    more: dict[str, object] | None = None
    retry_after_s: int = 1
    """When to come again, where the answer is that it cannot be done at the moment."""


def wants_json() -> bool:
    """Programs get problem documents, people get a page."""
    if request.path.startswith(FOR_PROGRAMS):
        return not request.accept_mimetypes.accept_html or request.accept_mimetypes["application/json"] > 0
    return bool(request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json")


def respond(problem: Problem) -> tuple[Response, int]:
    """The problem in the shape the caller reads."""
    response = _for_programs(problem) if wants_json() else _for_people(problem)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"  # and not Basic, for which browsers put up a window
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(problem.retry_after_s)
        response.headers["Cache-Control"] = "no-store"
    return response, int(problem.status)


def _for_programs(problem: Problem) -> Response:
    body: dict[str, object] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": int(problem.status),
        "detail": problem.sentence,
    }
    if problem.parameter:
        body["parameter"] = problem.parameter
    response = jsonify({**body, **(problem.more or {})})
    response.content_type = "application/problem+json"
    return response


def _for_people(problem: Problem) -> Response:
    return Response(render_template("problem.html", problem=problem), content_type="text/html; charset=utf-8")
