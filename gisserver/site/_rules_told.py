"""What became of each rule, as the report's page tells it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from layers.core.inbox_views import RuleTally


@dataclass(frozen=True)
class RuleTold:
    """One rule and what it had to say about the file."""

    id: str
    title: str
    outcome: str
    """passed, found or not_run."""
    found: int
    were_there_before: int
    kept: int
    cause: str | None
    reason: str | None


def rules_told(report: Mapping[str, Any], tally: Iterable[RuleTally], language: str) -> tuple[RuleTold, ...]:
    """In the report's order; a rule that has found something is told even where an old report is silent about it."""
    counted: Counter[str] = Counter()
    for row in tally:
        counted[row.rule] += row.count
    told = tuple(_told(one, language) for one in report.get("rules", ()))
    known = {rule.id for rule in told}
    silent = (RuleTold(name, name, "found", n, 0, n, None, None) for name, n in counted.items() if name not in known)
    return (*told, *silent)


def _told(outcome: Mapping[str, Any], language: str) -> RuleTold:
    reason = outcome.get("reason")
    cause = outcome.get("cause")
    return RuleTold(
        id=outcome["id"],
        title=_in(outcome["title"], language),
        outcome=outcome["outcome"],
        found=outcome["found"],
        were_there_before=outcome["were_there_before"],
        kept=outcome["kept"],
        cause=_in(cause, language) if cause else None,
        reason=_in(reason["text"], language) if reason else None,
    )


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words["en"]
