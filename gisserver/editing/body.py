"""The body of a request that edits: of a known type, not too large, and JSON that means what it says."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import request
from flask_babel import gettext as _

from gisserver.errors import Refused

GEOJSON_BODIES = ("application/geo+json", "application/fg+json", "application/vnd.ogc.fg+json", "application/json")
PATCH_BODIES = ("application/merge-patch+json",)
BATCH_BODIES = ("application/json",)


class WrongType(Refused):
    """The body is of a kind that is not read here."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class TooLargeBody(Refused):
    """More than one request may bring."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class NotJson(Refused):
    """The body cannot be read at all."""


class Unusable(Refused):
    """The body can be read, but not be used."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True)
class Body:
    """As it came, and what it says."""

    raw: bytes
    said: Mapping[str, Any]


def read_body(accepted: Sequence[str], most_mb: int) -> Body:
    """A JSON object. Raises Refused."""
    if request.mimetype not in accepted:
        raise WrongType(_("Send the body as %(known)s.", known=", ".join(accepted)), parameter="Content-Type")
    most = most_mb * 1_000_000
    raw = request.stream.read(most + 1)
    if len(raw) > most:
        sentence = _(
            "The body is larger than %(most)s MB. Send it in parts, or as a file to /api/uploads.", most=most_mb
        )
        raise TooLargeBody(sentence)
    said = _parsed(raw)
    if not isinstance(said, dict):
        raise NotJson(_("The body is no JSON object."))
    return Body(raw, said)


def _parsed(raw: bytes) -> Any:
    try:
        said = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_finite)
        json.dumps(said, ensure_ascii=False).encode()  # half a character, such as "\ud800", is none
    except _NotFinite as cause:
        sentence = _("The body holds a number that is none (NaN, Infinity or too large). Correct it and send it again.")
        raise NotJson(sentence) from cause
    except UnicodeError as cause:
        raise NotJson(_("The body is no text in UTF-8.")) from cause
    except json.JSONDecodeError as cause:
        sentence = _("The body is no JSON: line %(line)s, character %(column)s.", line=cause.lineno, column=cause.colno)
        raise NotJson(sentence, line=cause.lineno, column=cause.colno) from cause
    except (ValueError, RecursionError) as cause:
        raise NotJson(_("The body is nested too deeply, or a number in it is too long.")) from cause
    return said


class _NotFinite(Exception):
    """JSON knows no such number."""


def _no_number(_word: str) -> float:
    raise _NotFinite


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise _NotFinite
    return number
