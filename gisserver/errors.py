"""Errors in two voices: what the reader may know and can do goes out, the cause goes to the log.

Bodies are RFC 9457 problem documents for programs and a page for people.
"""

from dataclasses import dataclass
from http import HTTPStatus

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException

from layers.core.epochs import UnknownTime
from layers.core.inbox import AlreadyUnderReview, TooLarge, UnknownUpload
from layers.core.publish import StaleVersions
from layers.core.registry import UnknownLayer
from layers.core.review import NothingToSubmit, NotAllowed, RefusalsRemain, ReviewRefused, UnknownChangeset

log = structlog.get_logger()


class Refused(Exception):
    """A request that cannot be answered as it stands; the sentence names the parameter and the remedy."""

    status = HTTPStatus.BAD_REQUEST

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


@dataclass(frozen=True)
class Problem:
    """What goes out."""

    status: HTTPStatus
    sentence: str
    parameter: str | None = None
    more: dict[str, object] | None = None


def wants_json() -> bool:
    """Programs get problem documents, people get a page."""
    if request.path.startswith(("/api", "/tiles")):
        return not request.accept_mimetypes.accept_html or "application/json" in request.accept_mimetypes
    return bool(request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json")


def respond(problem: Problem) -> tuple[Response, int]:
    """The problem in the shape the caller reads."""
    if wants_json():
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
        return response, int(problem.status)
    page = render_template("problem.html", problem=problem)
    return Response(page, content_type="text/html; charset=utf-8"), int(problem.status)


def init_app(app: Flask) -> None:
    """One table maps class to answer."""

    @app.errorhandler(Refused)
    def refused(error: Refused) -> tuple[Response, int]:
        return respond(Problem(error.status, error.sentence, error.parameter, error.more))

    @app.errorhandler(UnknownLayer)
    def unknown_layer(error: UnknownLayer) -> tuple[Response, int]:
        sentence = _("There is no layer “%(asked)s”. There are: %(known)s.", asked=error.asked, known=", ".join(error.known))
        return respond(Problem(HTTPStatus.NOT_FOUND, sentence))

    @app.errorhandler(UnknownTime)
    def unknown_time(_error: UnknownTime) -> tuple[Response, int]:
        sentence = _("Nothing was published yet at that time. Ask for a later one.")
        return respond(Problem(HTTPStatus.NOT_FOUND, sentence, "datetime"))

    for kind in (UnknownUpload, TooLarge, AlreadyUnderReview, ReviewRefused, StaleVersions):
        app.register_error_handler(kind, lambda error: respond(problem_of_the_inbox(error)))

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> tuple[Response, int]:
        sentence = _("The page was open for too long. Go back, load it again and repeat the step.")
        return respond(Problem(HTTPStatus.BAD_REQUEST, sentence))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[Response, int] | HTTPException:
        if error.code is None or error.code < 400:
            return error
        return respond(Problem(HTTPStatus(error.code), _sentence_for(error.code)))

    @app.errorhandler(OperationalError)
    def unreachable(error: OperationalError) -> tuple[Response, int]:
        log.error("database not reachable", cause=str(error.orig))
        sentence = _("The database cannot be reached at the moment. Try again in a minute.")
        return respond(Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence))

    @app.errorhandler(DBAPIError)
    def database(error: DBAPIError) -> tuple[Response, int]:
        if getattr(error.orig, "pgcode", None) == "42501":
            log.warning("refused by the database", path=request.path, actor=str(g.get("actor")))
            sentence = _("This belongs to another district, so the pool refuses the change.")
            return respond(Problem(HTTPStatus.FORBIDDEN, sentence))
        return surprise(error)

    @app.errorhandler(Exception)
    def surprise(error: Exception) -> tuple[Response, int]:
        log.exception("unexpected", path=request.path, error=error)
        sentence = _("Something went wrong here, not with you. It has been noted. Try again later.")
        return respond(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, sentence))


def problem_of_the_inbox(error: Exception) -> Problem:
    """What may go wrong with uploads and changesets, most special class first."""
    match error:
        case UnknownUpload():
            return Problem(HTTPStatus.NOT_FOUND, _("There is no such upload in your area."))
        case UnknownChangeset():
            return Problem(HTTPStatus.NOT_FOUND, _("There is no such changeset in your area."))
        case TooLarge():
            most = error.limit_bytes // 1_000_000
            sentence = _("The file is larger than %(most)s MB. Split it and send the parts.", most=most)
            return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)
        case AlreadyUnderReview():
            sentence = _("The department is already looking at this file. Ask for it to be returned first.")
            return Problem(HTTPStatus.CONFLICT, sentence)
        case NotAllowed():
            return Problem(HTTPStatus.FORBIDDEN, _("This decision belongs to the department."))
        case RefusalsRemain():
            sentence = _(
                "%(refused)s records are refused. Correct them and send the file again, or leave them out.",
                refused=error.refused,
            )
            return Problem(HTTPStatus.CONFLICT, sentence, more={"refused": error.refused})
        case NothingToSubmit():
            return Problem(HTTPStatus.CONFLICT, _("The file changes nothing: the pool holds all of it already."))
        case StaleVersions():
            refs = [conflict.ref for conflict in error.conflicts]
            sentence = _(
                "%(refs)s changed after this file was checked. Check the file again, then submit it anew.",
                refs=", ".join(refs[:5]) + (" …" if len(refs) > 5 else ""),
            )
            return Problem(HTTPStatus.CONFLICT, sentence, more={"conflicts": refs})
    return Problem(HTTPStatus.CONFLICT, _("This cannot be done to the changeset in the state it is in. Load it again."))


def _sentence_for(code: int) -> str:
    return {
        404: _("There is nothing at this address. Check it or start from the first page."),
        405: _("This address does not take that kind of request."),
        413: _("The file is larger than this service takes. Split it and send the parts."),
        429: _("Too many requests in a short time. Wait a minute and try again."),
    }.get(code, _("The request cannot be answered as it stands."))
