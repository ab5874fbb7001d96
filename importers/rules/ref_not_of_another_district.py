"""A district changes its own features only; the database would refuse it anyway."""

from collections.abc import Iterator

from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Names the district whose feature it is."""
    for rival in context.side_by_side.foreign_refs():
        owner = context.profile.district(rival.other_district_id) if rival.other_district_id else None
        name = owner.name if owner else str(rival.other_district_id)
        yield Trouble({"district": name}, line=rival.line, ref=rival.ref)


RULE = Rule(
    id="ref_not_of_another_district",
    title=Title("Ref başka ilçenin değil", "The ref is not another district's"),
    text=Title("Bu ref {district} tarafından kullanılıyor.", "This ref belongs to {district}."),
    cause=Title(
        "Kayıt komşu ilçenin dosyasından kopyalanmış olabilir.",
        "The record may have been copied from the neighbour's file.",
    ),
    remedy=Title(
        "Kendi ref’inizi verin; sınır değiştiyse birime yazın.",
        "Use a ref of your own; if the boundary has changed, write to the department.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
)
