"""The first look of the day: what waits, what fails, how the districts stand."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from gisserver.site._system_told import Part, Tone
from layers.core.activity import DistrictActivity
from layers.core.changeset_views import ChangesetSummary
from layers.core.pulls import Standing
from layers.core.scores.board import Score

LATELY = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Matter:
    """One number of the first look, and where it leads."""

    count: int
    words: str
    tone: Tone
    target: str
    since: datetime.datetime | None = None
    """How long the oldest has waited."""
    which: str = ""


@dataclass(frozen=True)
class Row:
    """A district as the department sees it."""

    activity: DistrictActivity
    score: Score

    @property
    def border_tasks(self) -> int:
        """Gaps and overlaps along its borders."""
        return self.score.gaps + self.score.overlaps

    @property
    def urgency(self) -> tuple[int, ...]:
        """The larger, the sooner somebody should look."""
        return (self.activity.waiting, self.activity.failures, self.score.open_findings, self.border_tasks)


@dataclass(frozen=True)
class Overview:
    """All districts together, those that need somebody first."""

    rows: Sequence[Row]
    published_lately: int
    open_findings: int
    border_tasks: int
    validity: float | None


def waiting(
    submitted: Sequence[ChangesetSummary], accepted: Sequence[ChangesetSummary], exceptions: int
) -> tuple[Matter, ...]:
    """What only the department can bring forward."""
    return (
        _matter(submitted, _("wait for a decision"), "#waiting-heading"),
        _matter(accepted, _("accepted, not published"), "#accepted-heading"),
        Matter(exceptions, _("exceptions asked for"), _tone(exceptions, Tone.CARE), "#exceptions-heading"),
    )


def failing(failures: int, sources: Iterable[Standing], parts: Iterable[Part]) -> tuple[Matter, ...]:
    """What does not go as it should."""
    failing_sources = sum(source.is_failing for source in sources)
    wrong = [part.name for part in parts if part.tone is Tone.BAD]
    return (
        Matter(failures, _("unreadable files in 30 days"), _tone(failures, Tone.CARE), "#failed-heading"),
        Matter(failing_sources, _("failing sources"), _tone(failing_sources, Tone.BAD), "#sources-heading"),
        Matter(
            len(wrong),
            _("parts of the service out of order"),
            _tone(len(wrong), Tone.BAD),
            "#system-heading",
            which=", ".join(wrong),
        ),
    )


def unread(count: int) -> Matter:
    """Notices: nothing is wrong with them."""
    return Matter(count, _("new notices"), _tone(count, Tone.CARE), url_for("notices.page"))


def first_line(waits: Iterable[Matter], fails: Iterable[Matter]) -> str:
    """The answer, before any number."""
    waiting_count, failing_count = sum(one.count for one in waits), sum(one.count > 0 for one in fails)
    if not waiting_count and not failing_count:
        return str(_("Nothing waits for you, and nothing fails."))
    said = (
        ngettext("%(num)s matter waits for you.", "%(num)s matters wait for you.", waiting_count)
        if waiting_count
        else _("Nothing waits for you."),
        _("Not all goes as it should.") if failing_count else _("Nothing fails."),
    )
    return " ".join(said)


def overview(activity: Iterable[DistrictActivity], scores: Mapping[int, Score], now: datetime.datetime) -> Overview:
    """By urgency; equal ones stay in the order they came in."""
    rows = sorted((Row(one, scores[one.district_id]) for one in activity), key=lambda row: row.urgency, reverse=True)
    features = sum(row.score.features for row in rows)
    return Overview(
        rows=rows,
        published_lately=sum(_is_lately(row.activity.last_publish_at, now) for row in rows),
        open_findings=sum(row.score.open_findings for row in rows),
        border_tasks=sum(row.border_tasks for row in rows) // 2,
        validity=1 - sum(row.score.faulty for row in rows) / features if features else None,
    )


def _matter(changesets: Sequence[ChangesetSummary], words: str, target: str) -> Matter:
    since = min((one.since for one in changesets), default=None)
    return Matter(len(changesets), words, _tone(len(changesets), Tone.CARE), target, since)


def _tone(count: int, tone: Tone) -> Tone:
    return tone if count else Tone.GOOD


def _is_lately(at: datetime.datetime | None, now: datetime.datetime) -> bool:
    return at is not None and now - at <= LATELY
