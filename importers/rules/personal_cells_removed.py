"""An identity number between other words is left out with its cell; the sender is told where, never what."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title

LINES_SHOWN = 10


def check(context: Context) -> Iterator[Trouble]:
    """One finding per column."""
    for header, lines in sorted(context.withheld_cells.items()):
        yield Trouble({"column": header, "count": len(lines), "lines": [str(line) for line in lines[:LINES_SHOWN]]})


RULE = Rule(
    id="personal_cells_removed",
    title=Title("Kimlik numarası taşıyan hücreler çıkarıldı", "Cells with identity numbers were removed"),
    text=Title(
        "“{column}” sütununda {count} hücrede kimlik numarası vardı; bu hücreler hiçbir yere yazılmadı, yayımlanmış "
        "değerler olduğu gibi kaldı. İlk satırlar: {lines}.",
        "In column “{column}”, {count} cells held an identity number; they were written nowhere, and what is "
        "published stays as it is. First lines: {lines}.",
    ),
    cause=Title(
        "Açıklama sütunlarına malik bilgisi yazılmış.",
        "Notes about owners were written into a column of remarks.",
    ),
    remedy=Title("Numaraları silip dosyayı yeniden gönderin.", "Delete the numbers and send the file again."),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
