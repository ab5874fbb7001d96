"""The findings as a table that the place's spreadsheet opens by a double click."""

import csv
from pathlib import Path

from gisserver.reports import ReportFormat, Subject
from layers.core.finding_rows import finding_rows
from layers.core.store import Connection
from layers.core.words import Title

_HEADERS = (
    Title("Önem", "Severity"),
    Title("Kural", "Rule"),
    Title("Satır", "Line"),
    Title("Kayıt adı", "Ref"),
    Title("Bulgu", "Finding"),
    Title("Y (sağa)", "X (east)"),
    Title("X (yukarı)", "Y (north)"),
)
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(connection: Connection, subject: Subject, target: Path) -> None:
    """Row by row. Where commas stand in numbers, columns are parted by semicolons, as the spreadsheet expects."""
    comma = subject.profile.decimal_comma
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter=";" if comma else ",")
        rows.writerow([header.in_language(subject.language) for header in _HEADERS])
        for row in finding_rows(connection, subject.upload.id, subject.language):
            rows.writerow(
                [
                    subject.severity(row.severity),
                    _plain(subject.rule(row.rule)),
                    "" if row.line is None else row.line,
                    _plain(row.ref or ""),
                    _plain(row.sentence),
                    _metres(row.x, comma=comma),
                    _metres(row.y, comma=comma),
                ]
            )


def _plain(words: str) -> str:
    """What came with a file is never a formula of whoever opens this one."""
    return f"'{words}" if words.startswith(_BEGINS_A_FORMULA) else words


def _metres(value: float | None, *, comma: bool) -> str:
    written = "" if value is None else f"{value:.3f}"
    return written.replace(".", ",") if comma else written


REPORT = ReportFormat("csv", Title("Tablo (CSV)", "Table (CSV)"), "text/csv; charset=utf-8", write)
