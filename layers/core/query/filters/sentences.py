"""What a filter that makes no sense is answered with, in each language."""

from layers.core.words import Title

NOWHERE = Title("Süzgeç", "Filter")


def place(line: int, column: int) -> Title:
    """Where the word stands that is meant."""
    return Title(
        f"Süzgeç, {line}. satır, {column}. karakter",
        f"Filter, line {line}, character {column}",
    )


PROPERTY = Title(
    "{place}: burada “{word}” diye bir alan yok. Alanlar: {known}.",
    "{place}: there is no field “{word}” here. Known: {known}.",
)
OPERATOR = Title(
    "{place}: “{word}” bir koşul değil. Koşullar: {known}.",
    "{place}: “{word}” is no condition. Known: {known}.",
)
FUNCTION = Title(
    "{place}: “{word}” işlevi yok. Olanlar: {known}.",
    "{place}: there is no function “{word}”. Known: {known}.",
)
DEPTH = Title(
    "{place}: koşullar çok derin iç içe geçmiş. Süzgeci kısaltın.",
    "{place}: the conditions are nested too deeply. Write the filter shorter.",
)
NO_CONDITION = Title(
    "{place}: “{word}” tek başına bir koşul değil. Bir karşılaştırma yazın; örnek: version > 1.",
    "{place}: “{word}” by itself is no condition. Write a comparison, for instance version > 1.",
)
NO_TERM = Title(
    "{place}: “{word}” yerine bir alan, sayı, tarih ya da tırnak içinde bir metin yazın.",
    "{place}: write a field, a number, a date or a text in quotes instead of “{word}”.",
)
NO_SHAPE = Title(
    "{place}: “{word}” yerine “{name}” ya da POLYGON((…)) gibi bir şekil yazın.",
    "{place}: write “{name}” or a shape such as POLYGON((…)) instead of “{word}”.",
)
EMPTY_LIST = Title(
    "{place}: IN bir liste ister; örnek: version IN (1, 2).",
    "{place}: IN takes a list, for instance version IN (1, 2).",
)
ARGUMENTS = Title(
    "{place}: “{word}” {wanted} değer ister.",
    "{place}: “{word}” takes {wanted} values.",
)
KINDS_DIFFER = Title(
    "{place}: “{operator}” iki yanında aynı türden değer ister; solda {left}, sağda {right} var.",
    "{place}: “{operator}” takes values of one kind; {left} is on the left, {right} on the right.",
)
KIND = Title(
    "{place}: “{word}” yerine {wanted} olmalı; bu {found}.",
    "{place}: “{word}” should be {wanted}; it is {found}.",
)
INSTANT = Title(
    "{place}: “{word}” bir tarih değil. Gün için DATE('2026-05-01'), an için TIMESTAMP('2026-05-01T09:30:00Z') yazın.",
    "{place}: “{word}” is no date. Write DATE('2026-05-01') for a day, TIMESTAMP('2026-05-01T09:30:00Z') for a moment.",
)
NUMBER = Title(
    "{place}: “{word}” hesaplanabilecek bir sayı değil. Sonlu bir sayı yazın.",
    "{place}: “{word}” is not a number to reckon with. Write a finite one.",
)
LETTERS = Title(
    "{place}: metinde veritabanının saklayamayacağı bir karakter var. Görünmeyen karakterleri silin.",
    "{place}: the text has a character that no database keeps. Remove invisible characters.",
)
BOX = Title(
    "{place}: BBOX dört ya da altı sayı ister, küçük değerler önce; örnek: BBOX(27.1, 38.4, 27.2, 38.5).",
    "{place}: BBOX takes four or six numbers, the smaller ones first, for instance BBOX(27.1, 38.4, 27.2, 38.5).",
)
COORDINATES = Title(
    "{place}: “{word}” şeklinin koordinatları okunamadı. Her köşe iki sonlu sayıdır, halkalar kapanır.",
    "{place}: the coordinates of “{word}” cannot be read. A corner is two finite numbers, a ring closes.",
)
COLLECTION = Title(
    "{place}: “{word}” bir GEOMETRYCOLLECTION ile kullanılamaz. Noktaları, çizgileri ya da alanları ayrı sorun.",
    "{place}: “{word}” cannot be asked of a GEOMETRYCOLLECTION. Ask for points, lines or areas separately.",
)
CROSSES_ITSELF = Title(
    "{place}: “{word}” şeklinin çizgisi kendini kesiyor. Köşelerin sırasını düzeltin.",
    "{place}: the outline of “{word}” crosses itself. Correct the order of its corners.",
)

KINDS = {
    "string": Title("bir metin", "a text"),
    "integer": Title("bir sayı", "a number"),
    "number": Title("bir sayı", "a number"),
    "boolean": Title("evet/hayır", "yes or no"),
    "date": Title("bir tarih", "a date"),
    "timestamp": Title("bir an", "a moment"),
}
