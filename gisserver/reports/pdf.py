"""The report on paper: A4, tagged, with a sketch of where the findings lie."""

import json
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal

from gisserver.reports import ReportFormat, Subject
from gisserver.reports._sketch import drawn
from gisserver.typefaces import typefaces
from layers.core.finding_rows import FindingRow, finding_rows, finding_sketch
from layers.core.store import Connection
from layers.core.words import Title

MOST_FINDINGS = 500
"""On paper; the table and the shapes hold all of them."""

_TEMPLATE = Path(__file__).parent.parent / "templates/report.typ"


def write(connection: Connection, subject: Subject, target: Path) -> None:
    """The worst findings and where they lie; how many more there are is said."""
    # Imported here: a web process that nobody asks for such a file goes without the typesetter.
    import typst

    rows = finding_rows(connection, subject.upload.id, subject.language)
    told = _told(subject, list(islice(rows, MOST_FINDINGS)))
    sketch = finding_sketch(connection, subject.upload.id, subject.profile)
    told["sketch"] = drawn(sketch, _in(subject, _NORTH)) if sketch else None
    typst.compile(
        _TEMPLATE,
        output=target,
        format="pdf",
        font_paths=typefaces(),
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=(subject.upload.checked_at or subject.upload.received_at).replace(microsecond=0),
    )


def _told(subject: Subject, rows: list[FindingRow]) -> dict[str, Any]:
    everything = sum(subject.upload.findings.values())
    left = max(everything - len(rows), 0)
    return {
        "language": subject.language,
        "title": f"{_in(subject, _TITLE)}: {subject.upload.filename}",
        "footer": f"{subject.profile.title(subject.language)} – {subject.upload.filename}",
        "facts": _facts(subject),
        "sketch_title": _in(subject, _SKETCH),
        "sketch_alt": _in(subject, _SKETCH_ALT),
        "findings_title": f"{_in(subject, _FINDINGS)} ({_number(subject, everything)})",
        "columns": ["", _in(subject, _SEVERITY), _in(subject, _FINDING)],
        "findings": [[str(n), subject.severity(row.severity), row.sentence] for n, row in enumerate(rows, start=1)],
        "nothing": _in(subject, _NOTHING),
        "more": _in(subject, _MORE).format(count=_number(subject, left)) if left else "",
        "not_run_title": _in(subject, _NOT_RUN),
        "not_run": _not_run(subject),
    }


def _facts(subject: Subject) -> list[tuple[str, str]]:
    upload, report = subject.upload, subject.told.report
    facts = [
        (_in(subject, _DISTRICT), subject.district),
        (_in(subject, _LAYER), subject.layer.title.in_language(subject.language)),
        (_in(subject, _SENT), _moment(subject, upload.received_at)),
    ]
    if upload.checked_at:
        facts.append((_in(subject, _CHECKED), _moment(subject, upload.checked_at)))
    if "crs" in report:
        facts.append((_in(subject, _CRS), report["crs"]["used"]["name"]))
    counts = report.get("counts", {})
    facts += [
        (_in(subject, words), _number(subject, counts[name])) for name, words in _COUNTS.items() if name in counts
    ]
    return facts


def _not_run(subject: Subject) -> list[str]:
    rules = [rule for rule in subject.told.report.get("rules", ()) if rule["outcome"] == "not_run"]
    return [f"{subject.rule(rule['id'])}: {_spoken(rule['reason']['text'], subject.language)}" for rule in rules]


def _spoken(words: dict[str, str], language: str) -> str:
    return words.get(language) or words["en"]


def _in(subject: Subject, title: Title) -> str:
    return title.in_language(subject.language)


def _number(subject: Subject, value: int) -> str:
    return str(format_decimal(value, locale=subject.language))


def _moment(subject: Subject, at: Any) -> str:
    there = at.astimezone(ZoneInfo(subject.profile.timezone))
    return str(format_datetime(there, "d MMMM y HH:mm", locale=subject.language))


_TITLE = Title("Denetim raporu", "Report of the check")
_DISTRICT = Title("İlçe", "District")
_LAYER = Title("Katman", "Layer")
_SENT = Title("Gönderildi", "Sent")
_CHECKED = Title("Denetlendi", "Checked")
_CRS = Title("Koordinat sistemi", "Coordinate system")
_COUNTS = {
    "records": Title("Dosyadaki kayıt", "Records in the file"),
    "inserted": Title("Yeni", "New"),
    "updated": Title("Değişen", "Changed"),
    "unchanged": Title("Değişmeyen", "Unchanged"),
    "refused": Title("Kabul edilmeyen", "Refused"),
    "retired": Title("Sona erecek", "Would end"),
}
_SKETCH = Title("Bulguların yeri", "Where the findings lie")
_SKETCH_ALT = Title(
    "Dosyanın şekilleri ince çizgiyle, bulguların şekilleri renkli; kuzey yukarıda. Yerler listede yazılıdır.",
    "The shapes of the file in thin lines, those of the findings in colour, north on top. The list says each place.",
)
_NORTH = Title("K", "N")
_FINDINGS = Title("Bulgular", "Findings")
_SEVERITY = Title("Önem", "Severity")
_FINDING = Title("Bulgu", "Finding")
_NOTHING = Title("Bu dosyada bir yanlış bulunmadı.", "Nothing was found wrong in this file.")
_MORE = Title(
    "{count} bulgu daha var; hepsi CSV ve GeoPackage raporundadır.",
    "There are {count} more; the CSV and the GeoPackage report hold all of them.",
)
_NOT_RUN = Title("Çalıştırılmayan kurallar", "Rules that were not run")

REPORT = ReportFormat("pdf", Title("Yazdırmak için (PDF)", "To print (PDF)"), "application/pdf", write)
