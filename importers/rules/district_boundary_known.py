"""Where no boundary is published, nobody can say that a record lies inside it."""

from collections.abc import Iterator

from importers.conditions import needs_foreign_boundaries
from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Said once for the whole file, never passed over."""
    if context.outline is None:
        yield Trouble()


RULE = Rule(
    id="district_boundary_known",
    title=Title("İlçe sınırı biliniyor", "The district's boundary is known"),
    text=Title(
        "Bu ilçenin sınırı henüz yayımlanmadı: kayıtların ilçe içinde kalıp kalmadığı denetlenmedi.",
        "No boundary of this district is published yet: whether the records lie inside it was not checked.",
    ),
    cause=Title(
        "İlçe sınırları katmanı bu ilçe için henüz boş.",
        "The layer of district boundaries is still empty for this district.",
    ),
    remedy=Title("Önce ilçe sınırını yayımlayın.", "Publish the boundary first."),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
    why_not=needs_foreign_boundaries,
)
