"""Between datums no formula is as good as survey: what was moved by one says so."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title

GOOD_ENOUGH_M = 1.0


def check(context: Context) -> Iterator[Trouble]:
    """A conversion without change of datum has no such limit."""
    if context.reprojection and context.accuracy_m is not None and context.accuracy_m > GOOD_ENOUGH_M:
        yield Trouble({"system": context.reprojection, "accuracy": context.accuracy_m})


RULE = Rule(
    id="reprojection_accurate",
    title=Title("Dönüşüm yeterince doğru", "The transformation is accurate enough"),
    text=Title(
        "Dosya {system} sisteminden dönüştürüldü; bu dönüşümün doğruluğu {accuracy} m. Kadastro için yeterli değildir.",
        "The file was transformed from {system}; that is good for {accuracy} m only, which is not enough for cadastre.",
    ),
    cause=Title(
        "ED50 ile bugünkü sistem arasındaki ilişki bölgeden bölgeye değişir; tek bir dönüşüm bunu karşılamaz.",
        "ED50 and today's system differ from place to place, and one transformation cannot follow that.",
    ),
    remedy=Title(
        "Varsa depolama sistemindeki koordinatları gönderin.",
        "Send coordinates in the storage system if you have them.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
