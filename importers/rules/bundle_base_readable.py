"""Words that somebody has written in place of a record's base are named."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.bundle_mark import MARK_FIELD
from layers.core.words import Title

_MOST_SHOWN = 3
_LONGEST_SHOWN = 40


def check(context: Context) -> Iterator[Trouble]:
    """One finding for the file."""
    if context.bundle is not None and context.bundle.unreadable_marks:
        words = [f"“{word[:_LONGEST_SHOWN]}”" for word in context.bundle.unreadable_marks[:_MOST_SHOWN]]
        yield Trouble({"column": MARK_FIELD, "count": len(context.bundle.unreadable_marks), "words": words})


RULE = Rule(
    id="bundle_base_readable",
    title=Title(
        "Kayıtların yayın bilgisi okunuyor",
        "What records say of their publish can be read",
    ),
    text=Title(
        "{column} sütununda yayın bilgisi olmayan {count} değer var, örneğin {words}; bunlar boş sayıldı.",
        "Column {column} holds {count} values that name no publish, for instance {words}; they count as empty.",
    ),
    cause=Title(
        "Sütuna elle yazılmış ya da bir program değerini sayıya çevirmiş.",
        "Somebody has written into the column, or a program has turned its words into numbers.",
    ),
    remedy=Title(
        "Bu sütunu değiştirmeyin; bozulduysa yeni paket alıp düzeltmeleri ona taşıyın.",
        "Leave this column as it is; if it is spoilt, take a new bundle and carry the edits over.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
