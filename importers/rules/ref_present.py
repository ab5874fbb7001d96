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
        "Bu kaydın hangi detaya ait olduğu anlaşılmıyor: ref boş ve numarası tek bir detayı göstermiyor. "
        "Ref sütununu ya da ada, parsel ve tapu mahallesini doldurun.",
        "It is not clear which feature this record is about: its ref is empty and its number fits none or several. "
        "Fill in the ref column, or block, parcel and cadastral neighbourhood.",
    ),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
)
