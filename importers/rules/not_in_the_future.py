"""What is recorded as done cannot lie in the future."""

from collections.abc import Iterator

from importers.not_run import NotRun, Reason
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def why_not(context: Context) -> NotRun | None:
    """Not every layer has such fields."""
    if any(allowed.is_past for allowed in context.allowed.values()):
        return None
    return NotRun(Reason.NO_PAST_FIELD)


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Compared with the day the file was sent; a year counts whole."""
    for name, allowed in context.allowed.items():
        if not allowed.is_past:
            continue
        day, year = record.day(name), record.number(name)
        if day is not None and day > context.today:
            yield Trouble({"field": context.title_of(name), "value": day.isoformat()})
        elif day is None and year is not None and year > context.today.year:
            yield Trouble({"field": context.title_of(name), "value": f"{year:.0f}"})


RULE = Rule(
    id="not_in_the_future",
    title=Title("Tarih gelecekte değil", "The date is not in the future"),
    text=Title("{field} gelecekte: {value}.", "{field} lies in the future: {value}."),
    cause=Title(
        "Yıl yanlış yazılmış ya da gün ile ay yer değiştirmiş olabilir.",
        "Usually the year is mistyped, or day and month are swapped.",
    ),
    remedy=Title("Tarihi düzeltip yeniden gönderin.", "Correct the date and send it again."),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
    why_not=why_not,
)
