"""Since a certain day a plan carries the number under which the ministry registers it."""

import re
from collections.abc import Iterator

from importers.not_run import NotRun, Reason
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def why_not(context: Context) -> NotRun | None:
    """Needs plans, and the day in the profile."""
    if not any(field.name == "plan_no" for field in context.fields):
        return NotRun(Reason.NO_FIELD, {"field": "plan_no"})
    since = context.profile.building.plan_number_since
    return None if since else NotRun(Reason.NO_TABLE, {"table": "building.plan_number"})


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Older plans keep whatever number they have; a plan without a day of approval is not judged."""
    building, approved = context.profile.building, record.day("approval_date")
    if building.plan_number_since is None or approved is None or approved < building.plan_number_since:
        return
    number = record.text("plan_no") or ""
    if not re.fullmatch(building.plan_number_pattern, number):
        yield Trouble(
            {
                "number": number or "–",
                "since": building.plan_number_since.isoformat(),
                "example": building.plan_number_example,
            }
        )


RULE = Rule(
    id="plan_number_registered",
    title=Title("Planın işlem numarası var", "The plan has its registered number"),
    text=Title(
        "Plan işlem numarası “{number}”; {since} gününden beri onaylanan planlarda “{example}” gibi bir numara (PİN) "
        "zorunludur.",
        "The plan number is “{number}”; plans approved since {since} must have a registered one like “{example}”.",
    ),
    cause=Title(
        "Numara daha alınmamış ya da yerine karar numarası yazılmış olabilir.",
        "Usually the number was not asked for yet, or the number of the decision stands in its place.",
    ),
    remedy=Title(
        "PİN’i bakanlık sisteminden alıp yazın.",
        "Get the number from the ministry's register and write it in.",
    ),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
    why_not=why_not,
)
