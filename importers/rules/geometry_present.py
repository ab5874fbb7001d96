"""A feature without a shape cannot be published."""

from collections.abc import Iterator

from importers.rule import REFUSED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Empty and unreadable shapes count as missing."""
    if record.geometry is None or record.geometry.is_empty:
        yield Trouble()


RULE = Rule(
    id="geometry_present",
    title=Title("Geometri var", "The record has a shape"),
    text=Title("Bu kaydın geometrisi yok ya da okunamıyor.", "This record has no shape, or one that cannot be read."),
    cause=Title(
        "Kayıt tabloda kalmış, çizimi silinmiş olabilir.",
        "The row may have stayed in the table after its drawing was deleted.",
    ),
    remedy=Title(
        "Şeklini çizip yeniden gönderin; detay sonlandıysa dosyadan çıkarın.",
        "Draw it and send the file again; if the feature has ended, take it out of the file.",
    ),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
)
