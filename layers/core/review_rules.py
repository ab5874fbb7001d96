"""How a deployment reviews: how many people a decision takes, whom it trusts, and what it wants to look at twice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


class BadReviewRule(Exception):
    """The profile's table `review` cannot be."""


@dataclass(frozen=True)
class AttentionRules:
    """From which figures on a changeset is marked; zero marks nothing."""

    deletes: int = 25
    """Features that end without a successor,"""
    deletes_percent: float = 2.0
    """or their share of what the district has."""
    smallest_m2: float = 10.0
    largest_m2: float = 200_000.0
    """Areas smaller or larger are odd,"""
    times_area: float = 3.0
    """and so are those that grow or shrink to so many times their size."""
    first_hour: int = 7
    last_hour: int = 20
    """Of the day, in the profile's time zone: work is usually handed in from the first up to the last,"""
    last_weekday: int = 5
    """and on the days from Monday (1) to this one."""
    times_usual: float = 5.0
    """So many times the changes that this district usually sends are many,"""
    many: int = 100
    """if there are also at least so many."""
    far_m: float = 3_000.0
    """A few changes that lie so far from all others are told."""


@dataclass(frozen=True)
class ReviewRules:
    """The table `review` of a profile."""

    sender_may_accept: bool = True
    accepter_may_publish: bool = True
    trusted_districts: frozenset[int] = frozenset()
    """What they submit without a warning and without a mark is published at once."""
    attention: AttentionRules = AttentionRules()


def parse_review_rules(table: Mapping[str, Any], districts: frozenset[int]) -> ReviewRules:
    """Raises BadReviewRule."""
    known = {one.name for one in fields(ReviewRules)}
    if unknown := sorted(set(table) - known):
        raise BadReviewRule(f"review.{unknown[0]} is not known; there are {', '.join(sorted(known))}.")
    trusted = frozenset(table.get("trusted_districts", ()))
    if strangers := sorted(trusted - districts):
        raise BadReviewRule(f"review.trusted_districts: there is no district {strangers[0]}.")
    return ReviewRules(
        sender_may_accept=_flag(table, "sender_may_accept"),
        accepter_may_publish=_flag(table, "accepter_may_publish"),
        trusted_districts=trusted,
        attention=_attention(table.get("attention", {})),
    )


def _flag(table: Mapping[str, Any], name: str) -> bool:
    value = table.get(name, True)
    if not isinstance(value, bool):
        raise BadReviewRule(f"review.{name} must be true or false.")
    return value


def _attention(table: Mapping[str, Any]) -> AttentionRules:
    usual = asdict(AttentionRules())
    for name, value in table.items():
        if name not in usual:
            raise BadReviewRule(f"review.attention.{name} is not known; there are {', '.join(sorted(usual))}.")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            raise BadReviewRule(f"review.attention.{name} must be a number and not negative.")
    return AttentionRules(**{name: type(usual[name])(value) for name, value in table.items()})
