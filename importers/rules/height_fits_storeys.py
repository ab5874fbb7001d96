"""A height that so many storeys cannot have is a slip in one of the two."""

from collections.abc import Iterator

from importers.not_run import NotRun, Reason
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def why_not(context: Context) -> NotRun | None:
    """Needs both columns, and the profile's heights of a storey."""
    if not any(field.name == "h_max_m" for field in context.fields):
        return NotRun(Reason.NO_FIELD, {"field": "h_max_m"})
    return None if context.profile.building.storey_m else NotRun(Reason.NO_TABLE, {"table": "building.storey_m"})


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Between the least and the most that a storey measures."""
    storeys, height, storey = record.number("floors"), record.number("h_max_m"), context.profile.building.storey_m
    if not storeys or not height or storey is None:
        return
    low, high = storeys * storey[0], storeys * storey[1]
    if not low <= height <= high:
        yield Trouble({"storeys": storeys, "height": height, "low": low, "high": high})


RULE = Rule(
    id="height_fits_storeys",
    title=Title("Yükseklik kat adedine uyuyor", "The height fits the storeys"),
    text=Title(
        "{storeys} kat için Yençok {height} m yazılmış; {low}–{high} m beklenir.",
        "The largest height of {storeys} storeys is given as {height} m; {low}–{high} m would be expected.",
    ),
    cause=Title(
        "Kat adedi ile yükseklik yer değiştirmiş ya da biri güncellenmemiş olabilir.",
        "Usually the two were swapped, or only one was brought up to date.",
    ),
    remedy=Title("İkisini plana bakıp düzeltin.", "Correct them by the plan."),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
    why_not=why_not,
)
