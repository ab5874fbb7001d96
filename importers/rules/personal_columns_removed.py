"""Data about owners never enters the pool; the sender is told that it was left out."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Names the columns, never a value."""
    if context.removed_columns:
        yield Trouble({"columns": list(context.removed_columns)})


RULE = Rule(
    id="personal_columns_removed",
    title=Title("Kişisel sütunlar çıkarıldı", "Personal columns were removed"),
    text=Title(
        "Kişisel veri taşıyan sütunlar çıkarıldı ve hiçbir yere yazılmadı: {columns}.",
        "Columns with personal data were removed and written nowhere: {columns}.",
    ),
    cause=Title(
        "Tapu programları malik sütunlarını kendiliğinden dışa aktarır.",
        "Programs of the land registry export the owners' columns by themselves.",
    ),
    remedy=Title("Sonraki dosyaları bu sütunlar olmadan gönderin.", "Send the next files without them."),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
