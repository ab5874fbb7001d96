"""The body of a request as an object."""

from typing import Any

from flask import request
from flask_babel import gettext as _

from gisserver.errors import Refused


def json_object(most_bytes: int) -> dict[str, Any]:
    """Of this request, which may be so large. Raises Refused."""
    request.max_content_length = most_bytes
    said = request.get_json(silent=True)
    if not isinstance(said, dict):
        raise Refused(_("Send a JSON object, with Content-Type: application/json."))
    return said
