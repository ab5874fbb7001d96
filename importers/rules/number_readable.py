"""A value that is not what its column holds is shown, never turned into nothing."""

from collections.abc import Iterator

from importers.rule import REFUSED, WITHHELD, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title

_KINDS = {
    "number": Title("sayı", "a number"),
    "integer": Title("tam sayı", "a whole number"),
    "date": Title("tarih", "a date"),
    "boolean": Title("evet/hayır", "yes or no"),
    "string": Title("metin", "text"),
    "too long": Title("sütuna sığacak kadar kısa", "short enough for it"),
}


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """One finding per value, with the column as the file names it."""
    for misfit in record.misfits:
        if misfit.kind == WITHHELD:
            continue
        kind = _KINDS[misfit.kind]
        yield Trouble({"column": misfit.column, "value": misfit.value, "kind": kind.written})


RULE = Rule(
    id="number_readable",
    title=Title("Değerler okunuyor", "Values can be read"),
    text=Title(
        "“{column}” sütunundaki “{value}” bir {kind} değil ya da sütuna sığmıyor.",
        "“{value}” in column “{column}” is not {kind}, or too large for it.",
    ),
    cause=Title(
        "Hücreye birim, açıklama ya da başka bir sütunun değeri yazılmış.",
        "A unit, a remark or another column's value stands in the cell.",
    ),
    remedy=Title("Değeri düzeltip yeniden gönderin.", "Correct the value and send the file again."),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
)
