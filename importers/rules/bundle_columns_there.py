"""Columns that a program has dropped from a bundle keep their published values; what was typed there is lost."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """One finding for the file."""
    if context.bundle is not None and context.bundle.lost_fields:
        lost = [title.written for title in context.bundle.lost_fields]
        yield Trouble({"columns": lost, "count": len(lost)})


RULE = Rule(
    id="bundle_columns_there",
    title=Title(
        "Paketin sütunları duruyor",
        "The bundle still has its columns",
    ),
    text=Title(
        "Pakette olan {count} sütun dosyada yok: {columns}. Havuzdaki değerleri kalıyor.",
        "{count} columns of the bundle are not in the file: {columns}. Their published values stay.",
    ),
    cause=Title(
        "Paket, bütün sütunları korumayan bir programla kaydedilmiş.",
        "The bundle was saved by a program that does not keep all columns.",
    ),
    remedy=Title(
        "Bu sütunlarda bir şey değiştirmediyseniz yapılacak bir şey yok; değiştirdiyseniz o sütunlarla birlikte "
        "GeoPackage olarak yeniden gönderin.",
        "If you changed nothing in them, nothing is to be done; else send it again as GeoPackage with these columns.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
