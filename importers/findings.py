"""What rules say, written for people in their languages and kept beside the raw facts."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

import importers.rules
from importers.rule import THE_DEPARTMENT, Moment, Rule, Severity, Trouble, milder
from importers.shapes import as_stored
from importers.wording import in_words, languages_read
from layers.core.exceptions import Granted
from layers.core.profile import Profile
from layers.core.registry import discover
from layers.core.rows import execute_rows
from layers.core.words import Title
from sql import query

_WHERE = {
    (True, True): Title("{line}. satır, {ref}: ", "Line {line}, {ref}: "),
    (True, False): Title("{line}. satır: ", "Line {line}: "),
    (False, True): Title("{ref}: ", "{ref}: "),
    (False, False): Title("", ""),
}
_EXCEPTED = Title(
    "İstisna: {excepted_by} {excepted_on} günü kabul etti, gerekçe: {excepted_because}",
    "Excepted by {excepted_by} on {excepted_on}, because: {excepted_because}",
)


@dataclass(frozen=True)
class Finding:
    """What a rule says about a record, or about the file where there is no line."""

    rule_id: str
    severity: Severity
    line: int | None
    ref: str | None
    facts: Mapping[str, Any]
    place: BaseGeometry | None
    other_line: int | None = None
    other_ref: str | None = None
    was_there_before: bool = False

    @property
    def area_m2(self) -> float | None:
        """Of the error's own shape."""
        return None if self.place is None or not self.place.area else self.place.area

    @property
    def width_m(self) -> float | None:
        """Of a rectangle with the same area and outline: for a strip its mean width."""
        if self.place is None or not self.place.area:
            return None
        side = float(self.place.length) / 4
        return side - math.sqrt(max(0.0, side * side - self.place.area))


class UnknownRule(Exception):
    """There is no rule with that name."""


@cache
def known_rules() -> tuple[Rule, ...]:
    """Every rule in importers/rules/."""
    rules: tuple[Rule, ...] = discover(importers.rules, "RULE")
    if len({rule.id for rule in rules}) != len(rules):
        raise ValueError("Two rules have the same id.")
    return rules


def known_rule(rule_id: str) -> Rule:
    """The rule of that name. Raises UnknownRule."""
    for rule in known_rules():
        if rule.id == rule_id:
            return rule
    raise UnknownRule(rule_id)


def finding_text(rule_id: str, facts: Mapping[str, Any], language: str) -> str:
    """The whole sentence: where, what is wrong, what to do. `line` and `ref` are among the facts."""
    known = {"line": None, "ref": None, **facts}
    where = _WHERE[known["line"] is not None, known["ref"] is not None]
    place = in_words(where, {"line": str(known["line"]), "ref": known["ref"]}, language)
    rule = known_rule(rule_id)
    parts = [rule.text, rule.remedy, *([_EXCEPTED] if "excepted_by" in facts else [])]
    return place + " ".join(in_words(part, known, language) for part in parts)


def let_pass(trouble: Trouble, exception: Granted) -> Trouble:
    """The finding as a note that says who let it pass, when and why."""
    by = exception.by or THE_DEPARTMENT.written
    told = {"excepted_by": by, "excepted_on": exception.on.isoformat(), "excepted_because": exception.because}
    return replace(trouble, facts={**trouble.facts, **told}, at_most=Severity.NOTE)


def severity_of(rule: Rule, trouble: Trouble, moment: Moment, profile: Profile) -> Severity:
    """What was there before is told, and holds nobody back."""
    if trouble.was_there_before:
        return Severity.NOTE
    return milder(rule.severity(moment, profile), trouble.at_most)


def as_finding(rule: Rule, trouble: Trouble, line: int | None, ref: str | None, profile: Profile) -> Finding:
    """Judged for the moment of handing over; the other moments' severities are kept with it."""
    facts = {key: round(value, 3) if isinstance(value, float) else value for key, value in trouble.facts.items()}
    told = {**facts, "line": line, "ref": ref}
    return Finding(
        rule_id=rule.id,
        severity=severity_of(rule, trouble, Moment.SUBMIT, profile),
        line=line,
        ref=ref,
        facts={
            **facts,
            "severity_at": {moment.value: severity_of(rule, trouble, moment, profile).value for moment in Moment},
            "text": {language: finding_text(rule.id, told, language) for language in languages_read(profile.languages)},
        },
        place=trouble.place,
        other_line=trouble.other_line,
        other_ref=trouble.other_ref,
        was_there_before=trouble.was_there_before,
    )


def keep_findings(
    connection: Connection, upload_id: UUID, district_id: int, findings: Iterable[Finding], srid: int
) -> None:
    """Write them with the place to look at, in the storage CRS."""
    rows = [
        (
            upload_id,
            district_id,
            finding.rule_id,
            finding.severity.value,
            finding.line,
            finding.ref,
            json.dumps(finding.facts, ensure_ascii=False),
            as_stored(finding.place, srid),
            finding.other_line,
            finding.other_ref,
            finding.area_m2,
            finding.width_m,
            finding.was_there_before,
        )
        for finding in findings
    ]
    execute_rows(connection, query("inbox.keep_findings"), rows)
