"""A column in another unit is left out until its sender says how it is meant: 40 % and 0.40 are both numbers."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title

_WITHOUT = Title("birimsiz bir sayı", "a number without a unit")
_CHOOSE = Title(
    "Nasıl okunacağını sütun eşlemesinde seçin",
    "Choose how it is to be read where the columns are listed",
)
_CORRECT = Title(
    "Bu birimden çevrilemez; sütunu düzeltip dosyayı yeniden gönderin",
    "No number turns one into the other; correct the column and send the file again",
)


def check(context: Context) -> Iterator[Trouble]:
    """One finding per column."""
    for header, other in sorted(context.columns_in_other_units.items()):
        wanted, remedy = other.unit_of_field or _WITHOUT, _CHOOSE if other.is_convertible else _CORRECT
        yield Trouble(
            {
                "column": header,
                "unit": other.unit,
                "field": other.field.written,
                "wanted": wanted.written if isinstance(wanted, Title) else wanted,
                "remedy": remedy.written,
            }
        )


RULE = Rule(
    id="units_agree",
    title=Title("Birimler uyuşuyor", "Units agree"),
    text=Title(
        "“{column}” sütununun birimi {unit}; {field} alanı ise {wanted} olarak tutulur. Hiçbir değer çevrilmedi, "
        "sütun alınmadı.",
        "Column “{column}” is in {unit}, and {field} is kept as {wanted}. No value was turned into the other; the "
        "column was left out.",
    ),
    cause=Title("Programlar aynı değeri başka birimle tutar.", "Programs keep the same value in another unit."),
    remedy=Title("{remedy}.", "{remedy}."),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
