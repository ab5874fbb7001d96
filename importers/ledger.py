"""What the rules have said: all of it counted, enough of it kept, and which of them said nothing and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from importers.findings import Finding, as_finding, let_pass, severity_of
from importers.not_run import NotRun
from importers.repairs import Proposal
from importers.rule import Moment, Rule, Severity, Trouble
from importers.wording import in_every_language
from layers.core.exceptions import Granted
from layers.core.profile import Profile

NONE_GRANTED: Mapping[tuple[str, str], Granted] = {}


class Ledger:
    """One check's findings, rule by rule."""

    def __init__(self, profile: Profile, granted: Mapping[tuple[str, str], Granted] = NONE_GRANTED) -> None:
        self._profile = profile
        self._granted = granted
        self._excepted: Counter[str] = Counter()
        self._bound = int(profile.limits.findings_kept)
        self._rules: list[Rule] = []
        self._kept: defaultdict[tuple[str, bool], list[Finding]] = defaultdict(list)
        self._counted: Counter[tuple[str, Severity, bool]] = Counter()
        self._refused: defaultdict[int, set[str]] = defaultdict(set)
        self._not_run: dict[str, NotRun] = {}
        self._proposals: defaultdict[str, dict[int, Proposal]] = defaultdict(dict)

    def begin(self, rules: Iterable[Rule]) -> None:
        """These have a say in this check."""
        self._rules.extend(rules)

    def add(self, rule: Rule, trouble: Trouble, line: int | None, ref: str | None) -> bool:
        """Count it; keep it while there is room, and always where it is the only thing that holds a publish back.

        Returns whether it is kept.
        """
        if ref is not None and (exception := self._granted.get((rule.id, ref))) is not None:
            self._excepted[rule.id] += 1
            trouble = let_pass(trouble, exception)
        severity = severity_of(rule, trouble, Moment.SUBMIT, self._profile)
        is_old = trouble.was_there_before
        self._counted[rule.id, severity, is_old] += 1
        if severity is Severity.REFUSAL and line is not None:
            self._refused[line].add(rule.id)
        holds_publish = severity_of(rule, trouble, Moment.PUBLISH, self._profile) is Severity.REFUSAL
        kept = self._kept[rule.id, is_old]
        is_kept = len(kept) < self._bound or (holds_publish and severity is not Severity.REFUSAL)
        if is_kept:
            kept.append(as_finding(rule, trouble, line, ref, self._profile))
        return is_kept

    def propose(self, proposal: Proposal) -> None:
        """One repair of each record by each rule."""
        self._proposals[proposal.rule_id].setdefault(proposal.line, proposal)

    def pass_over(self, rule: Rule, reason: NotRun) -> None:
        """The rule has not judged this file, or not all of it."""
        self._not_run[rule.id] = reason

    @property
    def refused(self) -> Mapping[int, frozenset[str]]:
        """Line -> the rules that refuse it, whether or not their findings were kept."""
        return {line: frozenset(rules) for line, rules in self._refused.items()}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those that are kept, in the order of the rules."""
        return tuple(
            finding for rule in self._rules for is_old in (False, True) for finding in self._kept[rule.id, is_old]
        )

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """In the order of the rules and of the file."""
        return tuple(proposal for rule in self._rules for proposal in self._proposals[rule.id].values())

    @property
    def by_severity(self) -> Mapping[str, int]:
        """How many there are of each severity, kept or not."""
        counted: Counter[str] = Counter()
        for (_, severity, _), count in self._counted.items():
            counted[severity.value] += count
        return {severity: counted[severity] for severity in ("refusal", "warning", "note")}

    def outcomes(self) -> Iterator[Mapping[str, Any]]:
        """What became of each rule: passed, found something, or not run and why."""
        for rule in sorted(self._rules, key=lambda rule: rule.id):
            found, old = self._found(rule, is_old=False), self._found(rule, is_old=True)
            reason = self._not_run.get(rule.id)
            outcome = "not_run" if reason else "found" if found or old else "passed"
            yield {
                "id": rule.id,
                "title": rule.title.written,
                "cause": rule.cause.written,
                "severity": rule.severity(Moment.SUBMIT, self._profile).value,
                "outcome": outcome,
                "found": found,
                "were_there_before": old,
                "excepted": self._excepted[rule.id],
                "kept": len(self._kept[rule.id, False]) + len(self._kept[rule.id, True]),
                "reason": _told(reason) if reason else None,
            }

    def _found(self, rule: Rule, *, is_old: bool) -> int:
        return sum(self._counted[rule.id, severity, is_old] for severity in Severity)


def _told(reason: NotRun) -> Mapping[str, Any]:
    return {"code": reason.reason.value, "text": in_every_language(reason.sentence, reason.facts)}
