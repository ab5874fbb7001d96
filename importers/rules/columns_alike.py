"""A header that is only almost one of ours is taken for it, and the sender is told."""

from collections.abc import Iterator

from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """One finding per column."""
    for header, field in sorted(context.proposed_columns.items()):
        yield Trouble({"column": header, "field": field})


RULE = Rule(
    id="columns_alike",
    title=Title("Sütun adı benzerlikle eşlendi", "A column was taken by likeness"),
    text=Title(
        "“{column}” sütunu, adı benzediği için {field} olarak okundu.",
        "Column “{column}” was read as {field} because its name is alike.",
    ),
    cause=Title(
        "Sütunun adı bilinen adlardan birkaç harf ayrılıyor.",
        "Its name is a few letters away from one that is known.",
    ),
    remedy=Title("Doğru değilse sütunun adını değiştirin.", "If that is wrong, rename the column."),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
)
