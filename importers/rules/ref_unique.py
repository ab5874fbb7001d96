"""One feature, one line."""

from collections.abc import Iterator

from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Every line of a repeated ref is named: which one is meant, only the sender knows."""
    for rival in context.side_by_side.repeated_refs():
        yield Trouble(
            {"other_line": str(rival.other_line)},
            line=rival.line,
            ref=rival.ref,
            other_line=rival.other_line,
            other_ref=rival.ref,
        )


RULE = Rule(
    id="ref_unique",
    title=Title("Ref dosyada bir kez geçiyor", "A ref occurs once in the file"),
    text=Title("Aynı ref {other_line}. satırda da var.", "The same ref stands in line {other_line} too."),
    cause=Title("Nesne kopyalanmış, ref’i değiştirilmemiş.", "The object was copied and kept its ref."),
    remedy=Title(
        "Doğru olan satırı bırakıp ötekini silin ya da ona kendi ref’ini verin.",
        "Keep the right line and delete the other, or give it a ref of its own.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
)
