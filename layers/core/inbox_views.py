"""What people see of the inbox: the files sent, and what was found in each."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from layers.core.query import LonLatBox
from sql import query

SEVERITIES = ("refusal", "warning", "note")
"""Worst first, as a report lists them."""


@dataclass(frozen=True)
class LonLat:
    """A place in degrees (WGS 84, longitude first)."""

    lon: float
    lat: float


@dataclass(frozen=True)
class Arriving:
    """How far a file has come."""

    received_bytes: int
    expected_bytes: int
    expires_at: datetime.datetime
    """Until then it can be sent on."""

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.received_bytes / self.expected_bytes


@dataclass(frozen=True)
class UploadSummary:
    """One sent file in a list."""

    id: uuid.UUID
    district_id: int
    layer_id: str
    filename: str
    size_bytes: int
    is_whole_state: bool
    declared_crs: str | None
    state: str
    received_at: datetime.datetime
    checked_at: datetime.datetime | None
    findings: Mapping[str, int]
    """Severity -> number of findings."""
    changeset_id: int | None
    changeset_state: str | None
    arriving: Arriving | None
    """How far it is, while it is not here whole."""

    @property
    def is_waiting(self) -> bool:
        """The worker has not finished with it."""
        return self.state in ("received", "checking")


@dataclass(frozen=True)
class UploadReport:
    """What the worker understood of a file, or why it understood nothing."""

    report: Mapping[str, Any]
    failure: Mapping[str, Any] | None


@dataclass(frozen=True)
class Finding:
    """What a rule says about one record, ready to be read."""

    id: int
    rule: str
    severity: str
    line: int | None
    ref: str | None
    sentences: Mapping[str, str]
    place: LonLat | None
    other_line: int | None = None
    other_ref: str | None = None
    area_m2: float | None = None
    """Of the error's own shape, where it is an area; its width likewise."""
    width_m: float | None = None
    was_there_before: bool = False
    is_exact: bool = True
    """False where the place is that of the whole record, for want of a shape of the finding's own."""
    drawn: str | None = None
    """GeoJSON geometry in degrees, where it was asked for."""

    def sentence(self, language: str) -> str:
        """English stands in for a language the rule does not speak."""
        return self.sentences.get(language) or self.sentences.get("en") or self.rule


@dataclass(frozen=True)
class FindingFilter:
    """Which findings somebody wants to see; all of them where nothing is said."""

    severity: str | None = None
    rule: str | None = None
    words: str = ""
    """Anything that stands in the sentence or the ref, whatever its accents."""
    language: str = "en"
    finding_id: int | None = None

    @property
    def is_unfiltered(self) -> bool:
        """Nothing is left out."""
        return not (self.severity or self.rule or self.words or self.finding_id)


@dataclass(frozen=True)
class FindingCursor:
    """Where a page of findings begins: after this rank, line and finding."""

    rank: int = -1
    line: int = -1
    finding_id: int = 0

    @classmethod
    def parse(cls, spelled: str) -> "FindingCursor":
        """The cursor of a link; anything else begins at the beginning."""
        parts = spelled.split("-")
        if len(parts) == 3 and all(part.isdecimal() and len(part) < 19 for part in parts):
            return cls(*map(int, parts))
        return cls()

    def __str__(self) -> str:
        return f"{self.rank}-{self.line}-{self.finding_id}"


@dataclass(frozen=True)
class FindingPage:
    """Some findings, worst first, and where the next page begins."""

    findings: tuple[Finding, ...]
    after: FindingCursor | None


@dataclass(frozen=True)
class FindingExtent:
    """How many findings there are, and the box around those that have a place."""

    count: int
    box: LonLatBox | None


@dataclass(frozen=True)
class RuleTally:
    """How often a rule has found something, by severity."""

    rule: str
    severity: str
    count: int


@dataclass(frozen=True)
class DrawnRecord:
    """A record of the file that is not published as it is."""

    line: int
    ref: str | None
    outcome: str
    drawn: str
    """GeoJSON geometry in degrees."""


def uploads(
    connection: Connection, *, district_id: int | None = None, state: str | None = None, limit: int = 50
) -> tuple[UploadSummary, ...]:
    """The newest files; of one district or of all, as far as the database lets the actor see them."""
    rows = connection.execute(
        text(query("inbox_views.uploads")),
        {"id": None, "district": district_id, "state": state, "limit": limit},
    )
    return tuple(_upload(row) for row in rows)


def upload(connection: Connection, upload_id: uuid.UUID) -> UploadSummary | None:
    """One file."""
    row = connection.execute(
        text(query("inbox_views.uploads")), {"id": upload_id, "district": None, "state": None, "limit": 1}
    ).one_or_none()
    return _upload(row) if row else None


def report(connection: Connection, upload_id: uuid.UUID) -> UploadReport:
    """The worker's report; empty while it has none."""
    row = connection.execute(text(query("inbox_views.upload_report")), {"id": upload_id}).one()
    return UploadReport(row.report, row.failure)


def findings(
    connection: Connection,
    upload_id: uuid.UUID,
    chosen: FindingFilter,
    *,
    box: LonLatBox | None = None,
    is_drawn: bool = False,
    after: FindingCursor | None = None,
    limit: int = 50,
) -> FindingPage:
    """A page of findings: what is worst first, then in the order of the file's lines."""
    start = after or FindingCursor()
    corners = asdict(box) if box else dict.fromkeys(("west", "south", "east", "north"))
    rows = connection.execute(
        text(query("inbox_views.findings")),
        {
            **_asked(upload_id, chosen),
            **corners,
            "id": chosen.finding_id,
            "is_drawn": is_drawn,
            "after_rank": start.rank,
            "after_line": start.line,
            "after_id": start.finding_id,
            "limit": limit + 1,
        },
    ).all()
    shown = rows[:limit]
    after = FindingCursor(shown[-1].rank, shown[-1].line, shown[-1].id) if len(rows) > limit else None
    return FindingPage(tuple(_finding(row) for row in shown), after)


def extent_of_findings(connection: Connection, upload_id: uuid.UUID, chosen: FindingFilter) -> FindingExtent:
    """How many are chosen and where they lie; the map begins there."""
    row = connection.execute(text(query("inbox_views.extent_of_findings")), _asked(upload_id, chosen)).one()
    box = None if row.west is None else LonLatBox(row.west, row.south, row.east, row.north)
    return FindingExtent(row.n, box)


def tally_of_findings(connection: Connection, upload_id: uuid.UUID) -> tuple[RuleTally, ...]:
    """Of all findings that are kept, whatever is chosen."""
    rows = connection.execute(text(query("inbox_views.tally_of_findings")), {"upload": upload_id})
    return tuple(RuleTally(row.rule, row.severity, row.n) for row in rows)


def records_within(
    connection: Connection, upload_id: uuid.UUID, box: LonLatBox, *, limit: int
) -> tuple[DrawnRecord, ...]:
    """The file's own shapes, as far as they are not those that are published."""
    rows = connection.execute(
        text(query("inbox_views.records_within")), {"upload": upload_id, "limit": limit, **asdict(box)}
    )
    return tuple(DrawnRecord(row.line, row.ref, row.outcome, row.drawn) for row in rows)


def _asked(upload_id: uuid.UUID, chosen: FindingFilter) -> dict[str, object]:
    return {
        "upload": upload_id,
        "severity": chosen.severity,
        "rule": chosen.rule,
        "words": chosen.words,
        "language": chosen.language,
    }


def place(row: Row[Any]) -> LonLat | None:
    """The row's lon and lat, where there is a place at all."""
    return None if row.lon is None else LonLat(row.lon, row.lat)


def _upload(row: Row[Any]) -> UploadSummary:
    return UploadSummary(
        id=row.id,
        district_id=row.district_id,
        layer_id=row.layer_id,
        filename=row.filename,
        size_bytes=row.size_bytes,
        is_whole_state=row.is_whole_state,
        declared_crs=row.declared_crs,
        state=row.state,
        received_at=row.received_at,
        checked_at=row.checked_at,
        findings={"refusal": row.refusals, "warning": row.warnings, "note": row.notes},
        changeset_id=row.changeset_id,
        changeset_state=row.changeset_state,
        arriving=Arriving(row.received_bytes, row.expected_bytes, row.expires_at) if row.state == "arriving" else None,
    )


def _finding(row: Row[Any]) -> Finding:
    return Finding(
        id=row.id,
        rule=row.rule,
        severity=row.severity,
        line=row.line or None,
        ref=row.ref,
        sentences=row.sentences or {},
        place=place(row),
        other_line=row.other_line,
        other_ref=row.other_ref,
        area_m2=row.area_m2,
        width_m=row.width_m,
        was_there_before=row.was_there_before,
        is_exact=row.is_exact,
        drawn=row.drawn,
    )
