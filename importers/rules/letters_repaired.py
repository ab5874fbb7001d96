"""Text that was misread once on its way here is set right, and the sender sees how."""

from collections.abc import Iterator

from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """One example stands for all."""
    repair = context.repair
    if repair.count:
        yield Trouble({"count": repair.count, "before": repair.before, "after": repair.after})


RULE = Rule(
    id="letters_repaired",
    title=Title("Bozuk harfler düzeltildi", "Misread letters were set right"),
    text=Title(
        "{count} değerde harfler daha önce yanlış kodlamayla okunmuş; düzeltildi (“{before}” → “{after}”).",
        "In {count} values the letters had been misread before; they were set right (“{before}” → “{after}”).",
    ),
    cause=Title(
        "Dosya daha önce başka bir programda yanlış kodlamayla açılıp kaydedilmiş.",
        "The file was opened and saved with the wrong encoding in another program.",
    ),
    remedy=Title("Örneği denetleyin.", "Check the example."),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
)
