"""Some columns must hold a value for the feature to mean anything."""

from collections.abc import Iterator

from importers.rule import REFUSED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Judged as the feature would be published, so a column that is not in the file keeps what is there."""
    missing = [
        field.title for field in context.fields if field.is_required and record.attributes.get(field.name) is None
    ]
    if missing:
        yield Trouble({"fields": [title.written for title in missing]})


RULE = Rule(
    id="required_fields",
    title=Title("Zorunlu alanlar dolu", "Required columns are filled"),
    text=Title("Zorunlu alan boş: {fields}.", "A required column is empty: {fields}."),
    cause=Title(
        "Sütun dışa aktarılmamış ya da bazı satırlarda boş bırakılmış.",
        "The column was not exported, or left empty in some lines.",
    ),
    remedy=Title("Doldurup dosyayı yeniden gönderin.", "Fill it in and send the file again."),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
)
