"""Issuing an answer to whoever asks: found, kept with its number, and shown from what was kept."""

import uuid

from flask_babel import gettext as _

from gisserver.errors import NotHere
from gisserver.service import service
from layers.answers.answer import EndedParcel
from layers.answers.ask import zoning_answer
from layers.answers.issued import IssuedAnswer, issue, issued_answer
from layers.core.store import Connection


def answered(
    connection: Connection, uid: uuid.UUID, as_of: int | None = None, repeats: str | None = None
) -> IssuedAnswer | EndedParcel:
    """The answer about a parcel. Raises NotHere."""
    answer = zoning_answer(connection, uid, service().profile, as_of)
    if answer is None:
        raise NotHere(_("There is no such parcel. Ask again by address or by block and parcel."))
    if isinstance(answer, EndedParcel):
        return answer
    return issue(service().store, answer, _parent(connection, uid, repeats))


def kept_answer(connection: Connection, written: str) -> IssuedAnswer:
    """By number or short code. Raises NotHere."""
    found = issued_answer(connection, written)
    if found is None:
        raise NotHere(
            _(
                "No answer with the number “%(number)s” is kept here. Compare it with the printout; answers are "
                "forgotten after %(days)s days.",
                number=written[:40],
                days=service().settings.answer_days,
            )
        )
    return found


def _parent(connection: Connection, uid: uuid.UUID, repeats: str | None) -> str | None:
    """Only an answer about the same parcel is repeated."""
    earlier = issued_answer(connection, repeats) if repeats else None
    return earlier.number if earlier and earlier.parcel_uid == uid else None
