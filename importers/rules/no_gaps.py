"""Ground between two parcels belongs to one of them or is open enough to be a street."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Enclosed ground that is small or narrow; how small, the profile's limits say."""
    for gap in context.side_by_side.gaps(context.deadline):
        facts = {"area": gap.place.area, "neighbours": list(gap.neighbours)}
        yield Trouble(facts, gap.place, gap.line, gap.ref, was_there_before=gap.was_there_before)


RULE = Rule(
    id="no_gaps",
    title=Title("Komşular arasında boşluk yok", "There are no gaps between neighbours"),
    text=Title(
        "Bu kayıt ile {neighbours} arasında {area} m² boşluk kalıyor.",
        "Between this record and {neighbours}, {area} m² belong to nobody.",
    ),
    remedy=Title(
        "Köşeleri komşunun köşelerine tutturun; boşluk gerçekten varsa kime ait olduğunu birime yazın.",
        "Catch its corners on the neighbour's; if the ground is really nobody's, write to the department.",
    ),
    cause=Title(
        "Ortak sınır iki kayıtta ayrı ayrı çizilmiş.",
        "The common boundary was drawn separately for each record.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)
