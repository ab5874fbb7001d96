"""Acts of the audit as somebody asks for them, and as a table."""

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.errors import Refused
from gisserver.service import service
from layers.core.audit import ACTIONS, Act, ActsQuery

NAMES = ("who", "action", "district", "layer", "since", "until", "changeset", "before")
HEADERS = ("id", "at", "action", "who", "role", "district", "layer", "subject", "changeset", "upload", "why", "detail")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def asked_acts(arguments: Mapping[str, str]) -> ActsQuery:
    """An empty field of a form asks for nothing. Raises Refused."""
    said = {name: arguments[name].strip() for name in NAMES if arguments.get(name, "").strip()}
    numbers = {
        name: parameters.whole_number(said, name, 0, 0, 2**62) for name in ("changeset", "before") if name in said
    }
    return ActsQuery(
        who=said.get("who", "")[:200],
        action=_one_of("action", said, ACTIONS),
        district=_district(said),
        layer=_one_of("layer", said, [layer.id for layer in service().registry]),
        since=_day("since", said),
        until=_day("until", said, after=1),
        changeset=numbers.get("changeset"),
        before=numbers.get("before"),
    )


def table(found: Iterable[Act]) -> Iterator[str]:
    """RFC 4180, line by line; a cell that a spreadsheet would take for a formula is told as text."""
    yield _line(HEADERS)
    for act in found:
        cells = (
            act.id,
            act.at.isoformat(),
            act.action,
            act.who,
            act.role,
            act.district_id,
            act.layer_id,
            act.subject,
            act.changeset_id,
            act.upload_id,
            act.why,
            json.dumps(act.detail, ensure_ascii=False, sort_keys=True),
        )
        yield _line(["" if cell is None else _plain(str(cell)) for cell in cells])


def _line(cells: Iterable[object]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _one_of(name: str, said: Mapping[str, str], known: Iterable[str]) -> str | None:
    written = said.get(name)
    if written is not None and written not in known:
        raise Refused(_("“%(name)s” is one of %(known)s.", name=name, known=", ".join(known)), parameter=name)
    return written


def _district(said: Mapping[str, str]) -> int | None:
    if "district" not in said:
        return None
    known = {district.id: district.name for district in service().profile.districts}
    written = said["district"]
    if not (written.isascii() and written.isdecimal()) or int(written) not in known:
        numbers = ", ".join(f"{number} ({name})" for number, name in known.items())
        raise Refused(_("“%(name)s” is one of %(known)s.", name="district", known=numbers), parameter="district")
    return int(written)


def _day(name: str, said: Mapping[str, str], after: int = 0) -> datetime.datetime | None:
    """A day where the deployment is; the last one is meant with all its hours."""
    if name not in said:
        return None
    try:
        day = datetime.date.fromisoformat(said[name]) + datetime.timedelta(days=after)
        return datetime.datetime.combine(day, datetime.time(), ZoneInfo(service().profile.timezone))
    except (ValueError, OverflowError) as cause:
        raise Refused(_("“%(name)s” must be a day such as 2026-05-01.", name=name), parameter=name) from cause
