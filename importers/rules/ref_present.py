"""A feature without a lasting name cannot be found again."""

from collections.abc import Iterator

from importers.rule import REFUSED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Also where a number would fit several published features."""
    if not record.ref:
        yield Trouble(place=record.geometry)


RULE = Rule(
    id="ref_present",
    title=Title("Kaydın kalıcı adı var", "The record has a lasting name"),
    text=Title(
        "Bu kaydın hangi detaya ait olduğu anlaşılmıyor: ref boş ve numarası tek bir detayı göstermiyor.",
        "It is not clear which feature this record is about: its ref is empty and its number fits none or several.",
    ),
    cause=Title(
        "Yeni parselin numarası henüz yazılmamış ya da mahallesi boş bırakılmış.",
        "A new parcel has no number yet, or its neighbourhood was left empty.",
    ),
    remedy=Title(
        "Ref sütununu ya da ada, parsel ve tapu mahallesini doldurun.",
        "Fill in the ref column, or block, parcel and cadastral neighbourhood.",
    ),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
)
