"""What became of what is told from the ground; where that is not clear, somebody has to look."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.operations import DECLARATION_DOUBTS, in_doubt
from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """One finding for each operation that nobody has declared and that the ground does not settle."""
    for operation in context.operations:
        if operation.doubts and not DECLARATION_DOUBTS & set(operation.doubts):
            yield Trouble(in_doubt(operation), line=min(operation.lines))


RULE = Rule(
    id="operation_clear",
    title=Title("Hangi işlem olduğu belli", "It is clear which operation it is"),
    text=Title(
        "{parents} → {children}: {kind} gibi görünüyor, ama kesin değil: {why}. Önce {before} m², sonra {after} m²; "
        "çizim farkı olarak {tolerance} m² kabul edilir.",
        "{parents} → {children} looks like {kind}, but is not certain: {why}. {before} m² before, {after} m² after; "
        "{tolerance} m² pass for differences of drawing.",
    ),
    cause=Title(
        "Bir parça dosyada eksik olabilir, yola bırakılan kısım şerit değildir ya da sınırlar da taşınmıştır.",
        "A part may be missing from the file, what is given to the road is no strip, or boundaries were moved as well.",
    ),
    remedy=Title(
        "Dosyaya hangi işlem olduğunu söyleyen bir sütun ekleyin ya da incelemede işlemi seçin.",
        "Add a column that says which operation it is, or choose the operation in the review.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)
