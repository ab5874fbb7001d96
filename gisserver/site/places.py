"""/upload/ID/places: the places where a file may lie, the one that is used among them."""

import uuid

from flask import Blueprint, render_template
from flask_babel import get_locale

from gisserver.access import EDITORS, actor, needs_role
from gisserver.service import service
from gisserver.site._understood import Failure, Place, Understood
from layers.core import inbox
from layers.core.inbox_views import UploadReport, report, upload
from layers.core.layer import Layer

bp = Blueprint("places", __name__)
NAV = None


@bp.get("/upload/<uuid:upload_id>/places")
@needs_role(*EDITORS)
def page(upload_id: uuid.UUID) -> str:
    """What was found out when the file was checked; the file itself is not opened again."""
    with service().store.reading(actor()) as connection:
        found = upload(connection, upload_id)
        if found is None:
            raise inbox.UnknownUpload
        told = report(connection, upload_id)
    layer = service().registry[found.layer_id]
    return render_template("places.html", upload=found, layer=layer, places=_places(told, layer))


def _places(told: UploadReport, layer: Layer) -> tuple[Place, ...]:
    language = str(get_locale())
    failure = Failure.parse(told.failure, language)
    understood = Understood.parse(told.report, layer, language)
    if failure is not None:
        return failure.places
    return understood.places if understood is not None else ()
