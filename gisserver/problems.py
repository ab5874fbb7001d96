"""One table from the class of an error to what goes out.

Errors have two voices: what the reader may know and can do is said here, the cause goes to the log.
"""

from collections.abc import Callable
from http import HTTPStatus

import structlog
from flask import Flask, Response, g, request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from gisserver.errors import Problem, Refused, respond
from layers.core.chosen_operations import OperationDoesNotFit, UnknownOperation
from layers.core.comments import LONGEST, NothingSaid, UnknownChange
from layers.core.conflicts import NothingToChoose
from layers.core.epochs import PublishUnderWay, UnknownTime
from layers.core.exceptions import (
    AlreadyAsked,
    AlreadyDecided,
    ExceptionRefused,
    NoReason,
    NotExceptable,
    NothingFound,
    NotYoursToDecide,
    UnknownException,
)
from layers.core.inbox import (
    AlreadyUnderReview,
    ArrivedAlready,
    Expired,
    IsAnEdit,
    LongerThanAnnounced,
    NotWhole,
    PublishedAlready,
    QuotaExceeded,
    TooLarge,
    TooManyUnfinished,
    TooMuchWaiting,
    UnknownUpload,
    WaitsToBePublished,
    WrongOffset,
)
from layers.core.publish import StaleVersions
from layers.core.query import TooExpensive, WrongQuery
from layers.core.registry import UnknownLayer
from layers.core.repairs import NothingToDecide
from layers.core.review_refused import (
    BorderMoved,
    LostRole,
    NotAllowed,
    NothingLeft,
    NothingNamed,
    NothingToSubmit,
    RefusalsRemain,
    ReviewRefused,
    SameHands,
    UnknownChangeset,
)
from layers.core.store import NOT_PERMITTED
from layers.core.watching import TooManyWatches, UnknownWatch, UnknownWebhook

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    """Attach the table; the most special class wins."""
    table: dict[type[Exception], Callable[..., Problem]] = {
        Refused: lambda error: Problem(error.status, error.sentence, error.parameter, error.more),
        UnknownLayer: _unknown_layer,
        WrongQuery: _wrong_query,
        TooExpensive: _too_expensive,
        UnknownTime: _unknown_time,
        CSRFError: _page_too_old,
        IsAnEdit: _no_file,
        OperationalError: _unreachable,
        DBAPIError: _refused_by_the_database,
        Exception: _surprise,
        **dict.fromkeys(
            (UnknownUpload, AlreadyUnderReview, IsAnEdit, StaleVersions, PublishUnderWay),
            problem_of_the_inbox,
        ),
        **dict.fromkeys((ReviewRefused, UnknownChange, NothingSaid), problem_of_a_decision),
        **dict.fromkeys(
            (QuotaExceeded, Expired, ArrivedAlready, WrongOffset, LongerThanAnnounced, NotWhole), problem_of_sending
        ),
        **dict.fromkeys((UnknownOperation, OperationDoesNotFit), _problem_of_an_operation),
        NothingToDecide: _nothing_to_decide,
        NothingToChoose: _nothing_to_choose,
        ExceptionRefused: problem_of_an_exception,
        **dict.fromkeys((UnknownWatch, UnknownWebhook, TooManyWatches), problem_of_watching),
    }
    for kind, say in table.items():
        app.register_error_handler(kind, lambda error, say=say: respond(say(error)))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[Response, int] | HTTPException:
        if error.code is None or error.code < 400:
            return error
        response, status = respond(Problem(HTTPStatus(error.code), _sentence_for(error.code)))
        if isinstance(error, MethodNotAllowed):
            response.allow.update(error.valid_methods or ())
        return response, status


def _problem_of_an_operation(error: UnknownOperation | OperationDoesNotFit) -> Problem:
    if isinstance(error, UnknownOperation):
        return Problem(HTTPStatus.NOT_FOUND, _("The changeset has no such operation."), "operation")
    sentence = _("An operation of that kind has another number of parents or children. Choose another kind.")
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence, "kind")


def _unknown_layer(error: UnknownLayer) -> Problem:
    known = ", ".join(error.known)
    sentence = _("There is no layer “%(asked)s”. There are: %(known)s.", asked=error.asked, known=known)
    return Problem(HTTPStatus.NOT_FOUND, sentence)


def _wrong_query(error: WrongQuery) -> Problem:
    place = {"line": error.at[0], "column": error.at[1]} if error.at else {}
    return Problem(HTTPStatus.BAD_REQUEST, error.sentence(str(get_locale())), error.parameter, {**place})


def _too_expensive(error: TooExpensive) -> Problem:
    log.warning("question given up", path=request.full_path[:2000], seconds=error.seconds)
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, error.sentence(str(get_locale())), retry_after_s=60)


def _unknown_time(_error: UnknownTime) -> Problem:
    sentence = _("Nothing was published yet at that time. Ask for a later one.")
    return Problem(HTTPStatus.NOT_FOUND, sentence, "datetime")


def _page_too_old(_error: CSRFError) -> Problem:
    sentence = _("The page was open for too long. Go back, load it again and repeat the step.")
    return Problem(HTTPStatus.BAD_REQUEST, sentence)


def _no_file(_error: IsAnEdit) -> Problem:
    sentence = _("This was edited by a program and is no file to be read anew. Edit the feature again.")
    return Problem(HTTPStatus.CONFLICT, sentence)


def _unreachable(error: OperationalError) -> Problem:
    log.error("database not reachable", cause=str(error.orig))
    sentence = _("The database cannot be reached at the moment. Try again in a minute.")
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence)


def _refused_by_the_database(error: DBAPIError) -> Problem:
    if getattr(error.orig, "pgcode", None) != NOT_PERMITTED:
        return _surprise(error)
    log.warning("refused by the database", path=request.path, actor=str(g.get("actor")))
    sentence = _("This belongs to another district, so the pool refuses the change.")
    return Problem(HTTPStatus.FORBIDDEN, sentence)


def _surprise(error: Exception) -> Problem:
    log.error("unexpected", path=request.path, exc_info=error)
    sentence = _("Something went wrong here, not with you. It has been noted. Try again later.")
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, sentence)


def _nothing_to_decide(_error: NothingToDecide) -> Problem:
    sentence = _("None of these repairs waits for a decision any more. Load the report again.")
    return Problem(HTTPStatus.CONFLICT, sentence)


def _nothing_to_choose(_error: NothingToChoose) -> Problem:
    sentence = _("None of these conflicts is there any more. Load the page of the conflicts again.")
    return Problem(HTTPStatus.CONFLICT, sentence)


def problem_of_the_inbox(error: Exception) -> Problem:
    """What may go wrong with uploads and changesets, most special class first."""
    match error:
        case UnknownUpload():
            return Problem(HTTPStatus.NOT_FOUND, _("There is no such upload in your area."))
        case WaitsToBePublished():
            sentence = _("What this file brought, or part of it, is accepted. Check it again once that is published.")
            return Problem(HTTPStatus.CONFLICT, sentence)
        case PublishedAlready():
            sentence = _("What this file brought is published. Send a new file with what is to change now.")
            return Problem(HTTPStatus.CONFLICT, sentence)
        case AlreadyUnderReview():
            sentence = _("The department is already looking at this file. Ask for it to be returned first.")
            return Problem(HTTPStatus.CONFLICT, sentence)
        case StaleVersions():
            refs = [conflict.ref for conflict in error.conflicts]
            sentence = _(
                "%(refs)s changed after this file was checked. Check the file again, then submit it anew.",
                refs=", ".join(refs[:5]) + (" …" if len(refs) > 5 else ""),
            )
            return Problem(HTTPStatus.CONFLICT, sentence, more={"conflicts": refs})
        case PublishUnderWay():
            sentence = _("Another publish has to end before this one. Try again in a minute.")
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence, retry_after_s=60)
    return Problem(HTTPStatus.CONFLICT, _("This cannot be done to the changeset in the state it is in. Load it again."))


def problem_of_a_decision(error: Exception) -> Problem:
    """What may stand against a decision about a changeset, or against saying something about it."""
    match error:
        case UnknownChangeset():
            return Problem(HTTPStatus.NOT_FOUND, _("There is no such changeset in your area."))
        case UnknownChange():
            sentence = _("There is no such change in this changeset. Load the page again.")
            return Problem(HTTPStatus.NOT_FOUND, sentence, "changes")
        case NothingSaid():
            sentence = _("Write between 1 and %(most)s signs.", most=LONGEST)
            return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, sentence, "words")
        case RefusalsRemain():
            sentence = _(
                "%(refused)s records are refused. Correct them and send the file again, or leave them out.",
                refused=error.refused,
            )
            return Problem(HTTPStatus.CONFLICT, sentence, more={"refused": error.refused})
        case NothingToSubmit():
            return Problem(HTTPStatus.CONFLICT, _("The file changes nothing: the pool holds all of it already."))
        case NothingNamed():
            sentence = _("Name at least one change that is to be returned, or accept the whole.")
            return Problem(HTTPStatus.CONFLICT, sentence, "changes")
        case NothingLeft():
            sentence = _(
                "All of it belongs together: with what you named, nothing would be left to accept. Return the whole."
            )
            return Problem(HTTPStatus.CONFLICT, sentence)
    return _problem_of_who_decides(error)


def _problem_of_who_decides(error: Exception) -> Problem:
    """Also of what has moved while it waited."""
    match error:
        case NotAllowed():
            return Problem(HTTPStatus.FORBIDDEN, _("This decision belongs to the department."))
        case SameHands():
            sentence = _(
                "Two people decide here: who sent it does not accept it, or who accepted it does not publish it. "
                "Ask a colleague."
            )
            return Problem(HTTPStatus.FORBIDDEN, sentence)
        case LostRole():
            sentence = _(
                "%(name)s, who accepted it, no longer decides for the department. Accept it anew.", name=error.name
            )
            return Problem(HTTPStatus.CONFLICT, sentence)
        case BorderMoved():
            sentence = _(
                "Publish %(epoch)s moved the district's border after this was checked, and %(refs)s would lie "
                "outside now. Return it, so that the district checks it against the new border.",
                epoch=error.epoch,
                refs=", ".join(error.refs),
            )
            return Problem(HTTPStatus.CONFLICT, sentence, more={"refs": list(error.refs)})
    return problem_of_the_inbox(error)


def problem_of_sending(error: Exception) -> Problem:
    """What may go wrong while a file arrives."""
    match error:
        case TooLarge():
            most = error.limit_bytes // 1_000_000
            sentence = _("The file is larger than %(most)s MB. Split it and send the parts.", most=most)
            return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)
        case LongerThanAnnounced():
            sentence = _("More bytes come than were announced. Begin the file anew and announce its whole length.")
            return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence, "Upload-Length")
        case TooMuchWaiting():
            sentence = _(
                "%(waiting)s MB of your district wait already, and %(most)s MB is the most. "
                "Send the file when those have been checked, or stop one that is not finished.",
                waiting=error.waiting_bytes // 1_000_000,
                most=error.limit_bytes // 1_000_000,
            )
            return Problem(HTTPStatus.INSUFFICIENT_STORAGE, sentence)
        case TooManyUnfinished():
            sentence = _("You have begun to send %(most)s files. Finish or stop one of them first.", most=error.limit)
            return Problem(HTTPStatus.TOO_MANY_REQUESTS, sentence)
        case WrongOffset():
            sentence = _("%(here)s bytes are here. Go on from there.", here=error.offset)
            return Problem(HTTPStatus.CONFLICT, sentence, "Upload-Offset", {"offset": error.offset})
        case Expired():
            return Problem(HTTPStatus.GONE, _("The file was not sent on for too long. Begin it anew."))
        case NotWhole():
            return Problem(HTTPStatus.CONFLICT, _("The file has not arrived whole yet. Send the rest first."))
    return Problem(HTTPStatus.CONFLICT, _("The file has arrived whole already; there is nothing to stop."))


def problem_of_an_exception(error: ExceptionRefused) -> Problem:
    """What may stand against asking for an exception, or against deciding it."""
    match error:
        case UnknownException():
            return Problem(HTTPStatus.NOT_FOUND, _("There is no such exception in your area."))
        case NotYoursToDecide():
            return Problem(HTTPStatus.FORBIDDEN, _("This decision belongs to the department."))
        case NotExceptable():
            sentence = _("This rule knows no exceptions. Correct the record and send the file again.")
            return Problem(HTTPStatus.CONFLICT, sentence, "rule", {"known": list(error.known)})
        case NothingFound():
            sentence = _("The rule has found nothing about this feature, so there is nothing to let pass.")
            return Problem(HTTPStatus.CONFLICT, sentence, "ref")
        case AlreadyAsked():
            return Problem(HTTPStatus.CONFLICT, _("The department has this request before it already."))
        case AlreadyDecided():
            sentence = _("The department has decided this already. The district may ask anew.")
            return Problem(HTTPStatus.CONFLICT, sentence)
        case NoReason():
            return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("Give a reason."), "why")
    raise error


def problem_of_watching(error: Exception) -> Problem:
    """What may go wrong with addresses that tell of publishes, and with receivers."""
    match error:
        case UnknownWatch():
            return Problem(HTTPStatus.NOT_FOUND, _("Nothing is watched at this address, or not any more."))
        case UnknownWebhook():
            return Problem(HTTPStatus.NOT_FOUND, _("You have no receiver with that number."))
    sentence = _("There is no room for more addresses that watch. Try again in some days.")
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence, retry_after_s=86_400)


def _sentence_for(code: int) -> str:
    sentences: dict[int, str] = {
        404: _("There is nothing at this address. Check it or start from the first page."),
        405: _("This address does not take that kind of request."),
        413: _("The file is larger than this service takes. Split it and send the parts."),
        429: _("Too many requests in a short time. Wait a minute and try again."),
    }
    return sentences.get(code) or str(_("The request cannot be answered as it stands."))
