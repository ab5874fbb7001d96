"""When everything has moved by the same amount, it is the coordinates and not the land."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Only where no known system explains the offset; one that does stops the file earlier."""
    if context.offset is not None:
        direction = context.offset.direction
        yield Trouble({"metres": context.offset.metres, "direction": direction.written})


RULE = Rule(
    id="moved_together",
    title=Title("Bütün dosya kaymamış", "The file as a whole has not shifted"),
    text=Title(
        "Her şey yayımlanmış detayların {metres} m {direction} yönünde.",
        "Everything lies {metres} m to the {direction} of the published features.",
    ),
    cause=Title(
        "Çoğu kez datum dönüşümü yapılmamış ya da iki kez yapılmıştır.",
        "Usually the datum was not transformed, or transformed twice.",
    ),
    remedy=Title(
        "Koordinat sistemini ve dönüşümü denetleyin.",
        "Check the coordinate system and how it was transformed.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
