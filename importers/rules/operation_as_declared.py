"""An operation that a file declares is held against the ground, and its areas must balance."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.operations import DECLARATION_DOUBTS, Doubt, in_doubt
from importers.rule import REFUSED, Context, Kind, Rule, Severity, Trouble
from layers.core.words import Title

_HELD_BACK = {Doubt.NOT_BALANCED, Doubt.NO_PARENT}


def check(context: Context) -> Iterator[Trouble]:
    """Another kind than the ground shows is for a person to settle; ground that vanishes is refused."""
    for operation in context.operations:
        told = DECLARATION_DOUBTS & set(operation.doubts)
        if told:
            worst = Severity.REFUSAL if told & _HELD_BACK else Severity.WARNING
            yield Trouble(in_doubt(operation), line=min(operation.lines), at_most=worst)


RULE = Rule(
    id="operation_as_declared",
    title=Title("Zemin, dosyada yazan işlemi gösteriyor", "The ground shows the operation that the file declares"),
    text=Title(
        "{parents} → {children}: {why}. Önce {before} m², sonra {after} m²; {lost} m² eksik (yola giden {ceded} m²), "
        "{gained} m² fazla, izin verilen fark {tolerance} m².",
        "{parents} → {children}: {why}. {before} m² before, {after} m² after; {lost} m² are missing "
        "({ceded} m² of them go to the road), {gained} m² too many, {tolerance} m² are allowed.",
    ),
    cause=Title(
        "Sütunda yanlış işlem yazıyor, bir parça dosyada eksik ya da parsel başka bir yere çizilmiş.",
        "The column names another operation, a part is missing from the file, or the parcel is drawn elsewhere.",
    ),
    remedy=Title(
        "İşlem sütununu düzeltin ya da eksik parçayı dosyaya ekleyin.",
        "Correct the column of operations, or add the missing part to the file.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)
