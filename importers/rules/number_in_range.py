"""A number that cannot be, such as a negative area, is mostly one in another unit or column."""

from collections.abc import Iterator

from importers.not_run import NotRun, Reason
from importers.rule import REFUSED, Context, Examined, Kind, Rule, Trouble
from importers.wording import number_in_words
from layers.core.allowed import Allowed
from layers.core.words import Title


def why_not(context: Context) -> NotRun | None:
    """Not every layer has such fields."""
    if any(allowed.has_range for allowed in context.allowed.values()):
        return None
    return NotRun(Reason.NO_RANGE)


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """The ends belong to the range."""
    for name, allowed in context.allowed.items():
        if not allowed.has_range or (value := record.number(name)) is None:
            continue
        if (allowed.least is not None and value < allowed.least) or (allowed.most is not None and value > allowed.most):
            unit = next((field.unit or "" for field in context.fields if field.name == name), "")
            measured = f" {unit}" if unit else ""
            range_ = {language: _range(allowed, language) + measured for language in ("tr", "en")}
            yield Trouble({"field": context.title_of(name), "value": value, "unit": measured, "range": range_})


def _range(allowed: Allowed, language: str) -> str:
    least, most = (None if end is None else _written(end, language) for end in (allowed.least, allowed.most))
    if most is None:
        return f"en az {least}" if language == "tr" else f"at least {least}"
    if least is None:
        return f"en çok {most}" if language == "tr" else f"at most {most}"
    return f"{least}–{most}"


def _written(end: float, language: str) -> str:
    return number_in_words(int(end) if float(end).is_integer() else float(end), language)


RULE = Rule(
    id="number_in_range",
    title=Title("Sayı olabilecek aralıkta", "The number is within what can be"),
    text=Title(
        "{field} {value}{unit} olamaz; aralık: {range}.",
        "{field} cannot be {value}{unit}; possible is: {range}.",
    ),
    cause=Title(
        "Değer başka bir birimde ya da yanlış sütunda olabilir.",
        "Usually the value is in another unit or stands in the wrong column.",
    ),
    remedy=Title(
        "Değeri ve birimini düzeltip dosyayı yeniden gönderin.",
        "Correct the value and its unit and send the file again.",
    ),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
    why_not=why_not,
)
