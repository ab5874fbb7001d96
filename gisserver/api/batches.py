"""/api/edits: many edits of one district, over one layer or several, as one changeset: all of them or none."""

from http import HTTPStatus

from flask import Blueprint, Response
from flask_babel import get_locale

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api._batch import BATCH, EDITS, read_batch
from gisserver.api._edit_description import CHANGESET, TRIAL, failures, submitted
from gisserver.api.edits import is_trial, sent_body
from gisserver.editing.answers import address_of_changeset, refuse_unless_done, told_outcome
from gisserver.editing.body import BATCH_BODIES
from gisserver.editing.order import Became, Order
from gisserver.service import service
from layers.core.edits import Action, Wish

bp = Blueprint("batches", __name__)
CONFORMS: tuple[str, ...] = ()
_EXAMPLE = {
    EDITS: [
        {
            "action": Action.PATCH,
            "collection": "parcels",
            "id": "example-1",
            "if_match": "*",
            "feature": {"properties": {"valid_from": "2026-01-01"}},
        },
        {"action": Action.DELETE, "collection": "parcels", "id": "example-2", "if_match": "*"},
    ]
}
PATHS = {
    "/api/edits": {
        "post": {
            "summary": "Many edits of one district as one changeset: all of them, or none",
            "parameters": [TRIAL],
            "requestBody": {"required": True, "content": {"application/json": {"schema": BATCH, "example": _EXAMPLE}}},
            "responses": {
                "200": {
                    "description": "Published, unchanged or only tried",
                    "content": {"application/json": {"schema": CHANGESET}},
                },
                **submitted(),
                **failures(),
            },
        }
    }
}


@bp.post("/api/edits")
@needs_role(*EDITORS)
def send() -> Response:
    """Checked together, published together."""
    trial, body = is_trial(), sent_body(BATCH_BODIES)
    batch = read_batch(body.said)
    wish = Wish(batch.edits, batch.crs.srid, actor().district_id, f"edits-{len(batch.edits)}.json", trial)
    outcome = service().edits.outcome(Order(actor(), wish, body.raw, str(get_locale())))
    refuse_unless_done(outcome, None)
    response = told_outcome(outcome)
    if outcome.changeset_id is not None:
        response.headers["Location"] = address_of_changeset(outcome)
    if outcome.became is Became.SUBMITTED:
        response.status_code = HTTPStatus.ACCEPTED
    return response
