"""In a file of the whole state, silence ends a feature: the sender sees how many."""

from collections.abc import Iterator

from importers.conditions import needs_whole_state
from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Those that an operation of the file explains are among them."""
    if context.absent:
        yield Trouble({"count": context.absent})


RULE = Rule(
    id="absent_features_end",
    title=Title("Dosyada olmayan detaylar sonlanıyor", "Features absent from the file end"),
    text=Title(
        "Dosya bütün durum olarak gönderildi: dosyada bulunmayan {count} yayımlanmış detay sonlanacak.",
        "The file was sent as the whole state: {count} published features that it does not hold will end.",
    ),
    cause=Title(
        "Dosya yalnızca bir bölgeyi taşıyor olabilir ya da detaylar gerçekten kalkmıştır.",
        "The file may hold only a part of the district, or the features have really ended.",
    ),
    remedy=Title(
        "Bu beklenmiyorsa dosyayı bütün durum demeden gönderin.",
        "If that is not meant, send it without saying so.",
    ),
    severities=NOTED,
    kind=Kind.OUTCOME,
    check=check,
    why_not=needs_whole_state,
)
