"""Without the registered area nobody can compare the shape with the register."""

from collections.abc import Iterator

from importers.conditions import needs_field
from importers.rule import NOTED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Published values count where the file has no such column."""
    if record.attributes.get("registered_area_m2") is None:
        yield Trouble()


RULE = Rule(
    id="registered_area_present",
    title=Title("Tapu alanı var", "The registered area is there"),
    text=Title(
        "Tapu alanı boş: hesap alanıyla karşılaştırılamadı.",
        "The registered area is empty, so it was not compared with the shape.",
    ),
    cause=Title(
        "Dosya çizimden üretilmiş; tapu alanı çizimde bulunmaz.",
        "The file was made from a drawing, and a drawing does not hold it.",
    ),
    remedy=Title("Biliniyorsa sonraki dosyaya ekleyin.", "Add it to the next file if it is known."),
    severities=NOTED,
    kind=Kind.RECORD,
    check=check,
    why_not=needs_field("registered_area_m2"),
)
