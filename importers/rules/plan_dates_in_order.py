"""A plan is approved, then displayed, then final: dates in another order are mistyped."""

from collections.abc import Iterator
from itertools import pairwise

from importers.conditions import needs_field
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title

_ORDER = ("approval_date", "display_from", "display_to", "finalised_date")


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Each date against the one known before it."""
    known = [(name, day) for name in _ORDER if (day := record.day(name)) is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            yield Trouble(
                {
                    "earlier": context.title_of(earlier),
                    "first": first.isoformat(),
                    "later": context.title_of(later),
                    "second": second.isoformat(),
                }
            )


RULE = Rule(
    id="plan_dates_in_order",
    title=Title("Plan tarihleri sırasında", "A plan's dates are in order"),
    text=Title(
        "{later} ({second}), {earlier} tarihinden ({first}) önce.",
        "{later} ({second}) is before {earlier} ({first}).",
    ),
    cause=Title(
        "Gün ile ay yer değiştirmiş ya da tarihler yanlış sütunda olabilir.",
        "Usually day and month are swapped, or the dates stand in each other's columns.",
    ),
    remedy=Title("Tarihleri düzeltip yeniden gönderin.", "Correct the dates and send them again."),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
    why_not=needs_field("approval_date"),
)
