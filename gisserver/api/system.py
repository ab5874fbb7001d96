"""/health, /ready and /api/epoch: is it alive, can it answer, what is published."""

from flask import Blueprint, Response, jsonify, request

from gisserver.api import _parameters as parameters
from gisserver.api._media import answered
from gisserver.service import service
from layers.core.epochs import current_epoch, epoch_details

bp = Blueprint("system", __name__)
CONFORMS: tuple[str, ...] = ()
_SCHEMA = {
    "type": "object",
    "required": ["epoch", "published_at"],
    "properties": {
        "epoch": {"type": "integer"},
        "published_at": {"type": "string", "format": "date-time", "nullable": True},
    },
}
PATHS = {"/api/epoch": {"get": {"summary": "The newest publish", "responses": answered(_SCHEMA, "Number and time")}}}


@bp.get("/health")
def health() -> Response:
    """This process runs."""
    return jsonify(status="ok")


@bp.get("/ready")
def ready() -> Response:
    """The database answers; 503 by the error table where it does not."""
    with service().store.reading() as connection:
        return jsonify(status="ok", epoch=current_epoch(connection))


@bp.get("/api/epoch")
def epoch() -> Response:
    """Clients ask this to learn that tiles have changed."""
    parameters.only(request.args, ())
    with service().store.reading() as connection:
        number = current_epoch(connection)
        details = epoch_details(connection, number)
    response = jsonify(epoch=number, published_at=details.published_at.isoformat() if details else None)
    response.headers["Cache-Control"] = "no-cache"
    return response
