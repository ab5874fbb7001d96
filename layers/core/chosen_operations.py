"""A person says which operation it is, where the ground does not."""

from sqlalchemy import Connection, text

from layers.core.operations import OperationKind
from layers.core.review import changeset
from layers.core.review_refused import NotAllowed, ReviewRefused, WrongState
from layers.core.store import Actor
from sql import query

OPEN_TO_DISTRICT = ("checked", "returned")
OPEN_TO_DEPARTMENT = (*OPEN_TO_DISTRICT, "submitted", "accepted")
NEEDED: dict[OperationKind, tuple[range, range]] = {
    OperationKind.SUBDIVISION: (range(1, 2), range(2, 10**6)),
    OperationKind.AMALGAMATION: (range(2, 10**6), range(1, 2)),
    OperationKind.READJUSTMENT: (range(2, 10**6), range(2, 10**6)),
    OperationKind.ARTICLE18: (range(1, 10**6), range(1, 10**6)),
    OperationKind.ROAD_CESSION: (range(1, 2), range(1, 10**6)),
    OperationKind.RENUMBERING: (range(1, 2), range(1, 2)),
    OperationKind.ROAD_CREATION: (range(2), range(1, 2)),
    OperationKind.FIRST_REGISTRATION: (range(1), range(1, 2)),
    OperationKind.USE_CHANGE: (range(1, 2), range(1, 2)),
    OperationKind.CORRECTION: (range(1, 10**6), range(1, 10**6)),
}
"""How many parents and children an operation has."""


class UnknownOperation(ReviewRefused):
    """The changeset has no operation with that number."""


class OperationDoesNotFit(ReviewRefused):
    """An operation of that kind has another number of parents or children."""


def choose_operation(connection: Connection, actor: Actor, changeset_id: int, number: int, kind: OperationKind) -> None:
    """Kept with who chose it; the lineage is written so at the publish.

    Raises UnknownChangeset, UnknownOperation, NotAllowed, WrongState, OperationDoesNotFit.
    """
    connection.execute(text(query("changesets.lock")), {"changeset": changeset_id})
    found = changeset(connection, changeset_id)
    if not actor.may_handle(found.district_id):
        raise NotAllowed
    allowed = OPEN_TO_DEPARTMENT if actor.is_department else OPEN_TO_DISTRICT
    if found.state not in allowed:
        raise WrongState(found.state, allowed)
    asked = {"changeset": changeset_id, "number": number}
    row = connection.execute(text(query("operations.parties")), asked).one_or_none()
    if row is None:
        raise UnknownOperation
    parents, children = NEEDED[kind]
    if row.parents not in parents or row.children not in children:
        raise OperationDoesNotFit
    connection.execute(text(query("operations.choose")), {**asked, "kind": kind.value, "account": actor.account_id})
