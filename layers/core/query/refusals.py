"""What a parameter that cannot be read is answered with, in each language."""

from layers.core.words import Title

WHOLE_NUMBER = Title(
    "“{name}” {least} ya da daha büyük bir tam sayı olmalı.",
    "“{name}” must be a whole number from {least}.",
)
CHOICE = Title(
    "“{name}” şunlardan biri olabilir: {known}.",
    "“{name}” is one of: {known}.",
)
BOX = Title(
    "“bbox” iki köşenin koordinatlarıdır: dört ya da altı sonlu sayı, sistemin eksen sırasıyla, küçükler önce; "
    "örnek: {example}.",
    "“bbox” is two corners: four or six finite numbers in the axis order of their system, the smaller ones first, "
    "for instance {example}.",
)
ONE_MARK = Title(
    "“after” ile “before” birlikte verilemez. Bir sayfanın tek bir bağlantısını kullanın.",
    "“after” and “before” do not go together. Follow one link of a page.",
)
VALUE = Title(
    "“{name}” {kind} ister; “{word}” öyle okunamadı.",
    "“{name}” takes {kind}; “{word}” cannot be read so.",
)
EXPENSIVE = Title(
    "Bu soru {seconds} saniyede yanıtlanamadı. Alanı bbox ile daraltın, süzgeci sadeleştirin ya da sortby kullanmayın.",
    "This question could not be answered in {seconds} seconds. Ask for a smaller bbox, a simpler filter, or leave out "
    "sortby.",
)
NOT_RECKONED = Title(
    "Süzgeçteki hesap yapılamıyor: sıfıra bölme ya da sınır dışı bir sayı var. O kaydı dışarıda bırakan bir koşul "
    "ekleyin.",
    "What the filter reckons cannot be reckoned: a division by zero, or a number out of range. Add a condition that "
    "leaves such features out.",
)
