"""Corrected records that come back are a part, whatever was ticked: nothing ends for being absent from them."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Told by the columns that say what was wrong."""
    if context.is_part_called_whole:
        yield Trouble()


RULE = Rule(
    id="part_not_whole",
    title=Title("Düzeltilen kayıtlar bütün durum sayılmıyor", "Corrected records are no whole state"),
    text=Title(
        "Dosya bütün durum olarak gönderildi ama yalnızca daha önce kabul edilmeyen kayıtları taşıyor. Bu yüzden "
        "“yalnızca değişenler” olarak işlendi: dosyada olmayan hiçbir detay sonlanmayacak.",
        "The file was sent as the whole state, but holds only the records that were refused before. So it was taken "
        "as “only what changes”: nothing that is absent from it will end.",
    ),
    cause=Title(
        "Kabul edilmeyen kayıtların dosyası bütün durum diye gönderilmiş.",
        "The file of refused records was sent as if it were everything.",
    ),
    remedy=Title(
        "Bütün durumu göndermek istiyorsanız kendi kaynağınızdan eksiksiz bir dosya gönderin.",
        "To send the whole state, send a complete file from your own source.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
