"""Query parameters, parsed once; a wrong one is named together with what would be right."""

import datetime
import math
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from gisserver.errors import Refused
from layers.core.epochs import current_epoch, epoch_at
from layers.core.moments import moment_of
from layers.core.query import LonLatBox
from layers.core.query.parameters import EVERYWHERE
from layers.core.store import Connection

Arguments = Mapping[str, str]
UPLOAD = {"name": "upload", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
"""In a path, as the API's description has it."""
AFTER = {
    "name": "after",
    "in": "query",
    "schema": {"type": "integer", "minimum": 0},
    "description": "As the page before says it",
}
EPOCH = {
    "name": "epoch",
    "in": "query",
    "schema": {"type": "integer", "minimum": 0},
    "description": "As it was after that publish",
}
DATETIME = {
    "name": "datetime",
    "in": "query",
    "schema": {"type": "string"},
    "description": "A day or a moment: as it was then",
}

BBOX: dict[str, Any] = {
    "name": "bbox",
    "in": "query",
    "style": "form",
    "explode": False,
    "schema": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
    "description": "west,south,east,north in degrees",
}


def described_limit(default: int, most: int) -> dict[str, Any]:
    """`limit`, as the API's description has it."""
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return {"name": "limit", "in": "query", "schema": schema, "description": f"More than {most} is taken for {most}"}


def described_words(name: str, known: Iterable[str], about: str) -> dict[str, Any]:
    """A parameter that takes certain words."""
    return {"name": name, "in": "query", "schema": {"type": "string", "enum": list(known)}, "description": about}


def only(arguments: Arguments, known: Iterable[str]) -> None:
    """Refuse a parameter nobody reads: a misspelt filter must not look like an answer."""
    allowed = (*known, *EVERYWHERE)
    for name in arguments:
        if name not in allowed:
            sentence = _(
                "There is no parameter “%(name)s” here. Known: %(known)s.", name=name, known=", ".join(allowed)
            )
            raise Refused(sentence, parameter=name, known=list(allowed))


def truth(arguments: Arguments, name: str) -> bool:
    """The word true or false, false without it. Raises Refused."""
    said = arguments.get(name, "false")
    if said not in ("true", "false"):
        raise Refused(_("“%(name)s” is one of %(known)s.", name=name, known="true, false"), parameter=name)
    return said == "true"


def whole_number(arguments: Arguments, name: str, default: int, least: int, most: int) -> int:
    """An integer; above `most` it is clamped, as OGC API Features says for limit."""
    value = arguments.get(name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError:
        number = least - 1
    if number < least:
        raise Refused(_("“%(name)s” must be a whole number from %(least)s.", name=name, least=least), parameter=name)
    return min(number, most)


def box(arguments: Arguments, name: str = "bbox") -> LonLatBox | None:
    """West, south, east, north in degrees."""
    value = arguments.get(name)
    if value is None:
        return None
    wrong = Refused(
        _("“%(name)s” must be west,south,east,north in degrees, for instance 27.1,38.4,27.2,38.5.", name=name),
        parameter=name,
    )
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        raise wrong from None
    if not all(math.isfinite(side) for side in (west, south, east, north)):
        raise wrong
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise wrong
    return LonLatBox(west, south, east, north)


def needed_box(arguments: Arguments) -> LonLatBox:
    """The same where nothing can be answered without it."""
    found = box(arguments)
    if found is None:
        raise Refused(_("Say in “bbox” where: west,south,east,north in degrees."), parameter="bbox")
    return found


def degrees(arguments: Arguments) -> tuple[float, float]:
    """The parameters lon and lat."""
    try:
        lon, lat = float(arguments["lon"]), float(arguments["lat"])
    except (KeyError, ValueError):
        lon, lat = math.nan, math.nan
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Refused(_("“lon” and “lat” must be degrees, for instance lon=27.14&lat=38.42."), parameter="lon")
    return lon, lat


def as_of(connection: Connection, arguments: Arguments) -> int | None:
    """The past epoch asked for by `epoch` or `datetime`; None for now."""
    if "epoch" in arguments:
        number = whole_number(arguments, "epoch", 0, 0, 2**62)
        return number if number < current_epoch(connection) else None
    if "datetime" not in arguments:
        return None
    number = epoch_at(connection, moment(arguments["datetime"]))
    return number if number < current_epoch(connection) else None


def moment(value: str) -> datetime.datetime:
    """RFC 3339 time or a day; a day means its end, so that what was published on it counts."""
    try:
        return moment_of(value)
    except ValueError:
        raise Refused(
            _("“datetime” must be a day such as 2026-05-01 or a time such as 2026-05-01T09:30:00Z."),
            parameter="datetime",
        ) from None
