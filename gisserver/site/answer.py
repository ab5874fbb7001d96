"""/answer/UID: what may be built on a parcel."""

import uuid

from flask import Blueprint

from gisserver.errors import NotHere

bp = Blueprint("answer", __name__)
NAV = None


@bp.get("/answer/<uuid:uid>")
def page(uid: uuid.UUID) -> str:
    """In the making."""
    raise NotHere(str(uid))
