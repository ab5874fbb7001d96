"""How answers are worked out here, beyond the themes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class BadAnswerRule(Exception):
    """The profile says something about answers that cannot be."""


@dataclass(frozen=True)
class AnswerRules:
    """The table [answers] of a profile."""

    border_m: float = 0.0
    """At a district's border a survey may miss a parcel by so much, drawn as it is by two sides: a warning, no gap."""
    ratio_words: frozenset[str] = frozenset()
    """Folded words by which a plan's notes set ratios themselves: then nothing is worked out from the columns."""


def parse_answer_rules(table: Mapping[str, Any]) -> AnswerRules:
    """BadAnswerRule says what is wrong."""
    if unknown := table.keys() - {"border_m", "ratio_words"}:
        raise BadAnswerRule(f"answers: border_m and ratio_words are known, not {', '.join(sorted(unknown))}.")
    border_m = float(table.get("border_m", 0))
    if not 0 <= border_m <= 5:
        raise BadAnswerRule("answers.border_m must be between 0 and 5 metres: more is a gap in the survey.")
    return AnswerRules(border_m, frozenset(table.get("ratio_words", ())))
