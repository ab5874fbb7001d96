"""/api/changesets/N/operations: what became of what, and the kind that a person says it is."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api._media import NEEDS_SESSION, answered
from gisserver.errors import Refused
from gisserver.operation_names import name_of_operation
from gisserver.service import service
from layers.core import changeset_views, review
from layers.core.changeset_views import Operation
from layers.core.chosen_operations import UnknownOperation, choose_operation
from layers.core.operations import DECLARABLE, OperationKind

bp = Blueprint("operations", __name__)
CONFORMS: tuple[str, ...] = ()
_CHANGESET = {"name": "changeset", "in": "path", "required": True, "schema": {"type": "integer"}}
_NUMBER = {
    "name": "number",
    "in": "path",
    "required": True,
    "schema": {"type": "integer"},
    "description": "The operation's number within the changeset",
}
_KIND = {"type": "string", "enum": [kind.value for kind in DECLARABLE]}
_CHOICE = {"type": "object", "required": ["kind"], "properties": {"kind": _KIND}}
_OPERATION = {
    "type": "object",
    "required": ["number", "operation", "title", "parents", "children", "is_sure", "is_open", "doubts", "declared"],
    "properties": {
        "number": {"type": "integer", "nullable": True},
        "operation": {"type": "string"},
        "title": {"type": "string"},
        "parents": {"type": "array", "items": {"type": "string"}},
        "children": {"type": "array", "items": {"type": "string"}},
        "is_sure": {"type": "boolean"},
        "is_open": {"type": "boolean", "description": "It waits for somebody to say which it is"},
        "doubts": {"type": "array", "items": {"type": "string"}},
        "declared": {"type": "array", "items": {"type": "string"}, "description": "What the file says of it"},
        "balance": {"type": "object", "description": "Square metres before and after, lost, gained, passing"},
        "seen_as": {"type": "string", "nullable": True, "description": "What the ground showed, where one was chosen"},
        "chosen_by": {"type": "string", "nullable": True},
        "area_m2": {"type": "number"},
    },
}
_LIST = {
    "type": "object",
    "required": ["operations"],
    "properties": {"operations": {"type": "array", "items": _OPERATION}},
}
PATHS = {
    "/api/changesets/{changeset}/operations": {
        "get": {
            **NEEDS_SESSION,
            "summary": "What became of what, those that wait for a person first",
            "parameters": [_CHANGESET],
            "responses": answered(_LIST, "Operations with their balance of areas"),
        }
    },
    "/api/changesets/{changeset}/operations/{number}": {
        "post": {
            **NEEDS_SESSION,
            "summary": "Say which operation it is, where the ground does not; kept with who said it. The department "
            "may until it is published, the district before it submits",
            "parameters": [_CHANGESET, _NUMBER],
            "requestBody": {"required": True, "content": {"application/json": {"schema": _CHOICE}}},
            "responses": {
                **answered(_OPERATION, "The operation as it stands then"),
                "403": {"description": "The changeset is another district's"},
                "404": {"description": "The changeset has no such operation"},
                "409": {"description": "It is decided already"},
                "422": {"description": "An operation of that kind has another number of parents or children"},
            },
        }
    },
}


@bp.get("/api/changesets/<int:changeset_id>/operations")
@needs_role(*EDITORS)
def listed(changeset_id: int) -> Response:
    """All of a changeset's."""
    parameters.only(request.args, ())
    return jsonify(operations=[_told(one) for one in _operations(changeset_id)])


@bp.post("/api/changesets/<int:changeset_id>/operations/<int:number>")
@needs_role(*EDITORS)
def choose(changeset_id: int, number: int) -> Response:
    """One kind for one operation."""
    said = request.get_json(silent=True)
    kind = said.get("kind") if isinstance(said, dict) else None
    if kind not in DECLARABLE:
        raise Refused(_("Say in “kind” one of: %(known)s.", known=", ".join(DECLARABLE)), parameter="kind")
    with service().store.writing(actor()) as connection:
        choose_operation(connection, actor(), changeset_id, number, OperationKind(kind))
    found = next((one for one in _operations(changeset_id) if one.number == number), None)
    if found is None:
        raise UnknownOperation
    return jsonify(_told(found))


def _operations(changeset_id: int) -> tuple[Operation, ...]:
    with service().store.reading(actor()) as connection:
        review.changeset(connection, changeset_id)
        return changeset_views.operations(connection, changeset_id)


def _told(operation: Operation) -> dict[str, object]:
    title = name_of_operation(operation.operation)
    return {**asdict(operation), "title": title, "is_open": operation.is_open}
