"""A report to take along: one format per file; the folder is the list."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from layers.core.inbox_views import UploadReport, UploadSummary
from layers.core.layer import Layer
from layers.core.profile import Profile
from layers.core.registry import discover
from layers.core.store import Connection
from layers.core.words import Title


@dataclass(frozen=True)
class Subject:
    """What a report is about, and in which language it tells it."""

    upload: UploadSummary
    told: UploadReport
    layer: Layer
    profile: Profile
    language: str

    @property
    def district(self) -> str:
        """The name of the district whose file it is."""
        district = self.profile.district(self.upload.district_id)
        return district.name if district else str(self.upload.district_id)

    @property
    def stem(self) -> str:
        """What a file about this upload is called, without its suffix."""
        return Path(self.upload.filename).stem or "upload"

    def severity(self, severity: str) -> str:
        """The word for it."""
        return SEVERITY_WORDS[severity].in_language(self.language)

    def rule(self, rule_id: str) -> str:
        """The rule's title where the report names it."""
        for rule in self.told.report.get("rules", ()):
            if rule["id"] == rule_id:
                return str(rule["title"].get(self.language) or rule["title"]["en"])
        return rule_id


@dataclass(frozen=True)
class ReportFormat:
    """A kind of file that a report can be written as."""

    suffix: str
    title: Title
    media_type: str
    write: Callable[[Connection, Subject, Path], None]
    """Memory does not grow with the number of findings."""


SEVERITY_WORDS = {
    "refusal": Title("Kabul edilmedi", "Refused"),
    "warning": Title("Uyarı", "Warning"),
    "note": Title("Not", "Note"),
}


def report_formats() -> dict[str, ReportFormat]:
    """Suffix -> format."""
    declared: tuple[ReportFormat, ...] = discover(sys.modules[__name__], "REPORT")
    return {one.suffix: one for one in declared}
