"""Letters that had to be worked out may be wrong in single words."""

from collections.abc import Iterator

from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Says which encoding was taken."""
    if context.is_encoding_guessed:
        yield Trouble({"encoding": context.encoding})


RULE = Rule(
    id="encoding_guessed",
    title=Title("Harf kodlaması tahmin edildi", "The encoding was worked out"),
    text=Title(
        "Dosya harf kodlamasını doğru söylemiyor; harflere bakılarak {encoding} alındı.",
        "The file does not rightly say how its letters are encoded; from the letters it was taken as {encoding}.",
    ),
    cause=Title(
        "Çizim programları harf kodlamasını dosyaya çoğu kez yazmaz ya da yanlış yazar.",
        "Drawing programs often do not write the encoding into the file, or write a wrong one.",
    ),
    remedy=Title(
        "Birkaç adı denetleyin; sonraki dosyaya .cpg ekleyin ya da GeoPackage gönderin.",
        "Check a few names; add a .cpg to the next file or send a GeoPackage.",
    ),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
)
