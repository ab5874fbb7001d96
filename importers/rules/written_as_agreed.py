"""Names and numbers are written as the place has agreed, so that one feature has one name."""

import re
from collections.abc import Iterator

from importers.not_run import NotRun, Reason
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def why_not(context: Context) -> NotRun | None:
    """Only where the profile gives a pattern."""
    if any(allowed.pattern for allowed in context.allowed.values()):
        return None
    return NotRun(Reason.NO_TABLE, {"table": f"allowed.{context.layer.id}"})


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """The ref among the fields; an empty one is another rule's concern."""
    for name, allowed in context.allowed.items():
        value = record.ref if name == "ref" else record.text(name)
        if allowed.pattern and value and not re.fullmatch(allowed.pattern, value):
            yield Trouble({"field": context.title_of(name), "value": value, "example": allowed.example})


RULE = Rule(
    id="written_as_agreed",
    title=Title("Adlar ve numaralar kararlaştırıldığı gibi yazılmış", "Names and numbers are written as agreed"),
    text=Title(
        "{field} “{value}” kararlaştırılan biçimde değil.",
        "{field} “{value}” is not written as agreed.",
    ),
    cause=Title(
        "Boşluk, başka bir ayırıcı ya da başka bir sütun araya girmiş olabilir.",
        "Usually a space, another separator, or another column has got in.",
    ),
    remedy=Title("“{example}” gibi yazın.", "Write it like “{example}”."),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
    why_not=why_not,
)
