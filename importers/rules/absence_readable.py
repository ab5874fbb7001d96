"""While some record has no name, nobody knows which published feature is really absent."""

from collections.abc import Iterator

from importers.conditions import needs_whole_state
from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Then nothing is ended for being absent."""
    if not context.is_absence_trusted:
        yield Trouble()


RULE = Rule(
    id="absence_readable",
    title=Title("Eksikler ayırt edilebiliyor", "Absence can be told"),
    text=Title(
        "Dosya bütün durum olarak gönderildi ama bazı kayıtların ref’i yok; bu yüzden hiçbir detay yokluğundan "
        "ötürü sonlandırılmadı.",
        "The file was sent as the whole state, but some records have no ref; so no feature was ended for being absent.",
    ),
    cause=Title("Ref sütunu boş kalmış ya da dosyaya alınmamış.", "The ref column was left empty, or not exported."),
    remedy=Title("Ref’leri doldurup yeniden gönderin.", "Fill in the refs and send it again."),
    severities=WARNED,
    kind=Kind.OUTCOME,
    check=check,
    why_not=needs_whole_state,
)
