"""The words of an answer that nobody needs to know beforehand."""

from layers.core.words import Title

GLOSSARY = {
    Title("TAKS", "Site coverage ratio (TAKS)"): Title(
        "Yapının yere oturduğu alanın parsel alanına oranı. 0,40 ise 1.000 m² parselde taban en çok 400 m² olur.",
        "The part of the parcel a building may stand on. With 0.40 a parcel of 1,000 m² may carry 400 m² of it.",
    ),
    Title("KAKS (emsal)", "Floor area ratio (KAKS)"): Title(
        "Bütün katların toplamının parsel alanına oranı. 1,20 ise 1.000 m² parselde toplam 1.200 m² yapılabilir.",
        "All floors together against the parcel. With 1.20 a parcel of 1,000 m² may carry 1,200 m² of floors.",
    ),
    Title("Yençok", "Largest height"): Title(
        "Yapının izin verilen en büyük yüksekliği.", "How high a building may be at most."
    ),
    Title("Bahçe mesafesi", "Setback"): Title(
        "Yapının parselin ön, yan ya da arka sınırından en az ne kadar uzak durması gerektiği.",
        "How far a building has to keep from the front, side or rear border of the parcel.",
    ),
    Title("Serbest / uygulanmaz / belirtilmemiş", "Free / does not apply / not stated"): Title(
        "Serbest: plan sınır koymuyor. Uygulanmaz: burada anlamı yok. Belirtilmemiş: plan susuyor, sıfır demek değil.",
        "Free: no limit. Does not apply: it has no meaning here. Not stated: the plan is silent, which is not zero.",
    ),
    Title("Askı", "On display"): Title(
        "Onaylanan planın itirazlar için herkese açık tutulduğu süre; plan bu sırada kesinleşmiş değildir.",
        "The time during which an approved plan is open to objections; it is not final until then.",
    ),
    Title("PİN", "Plan number (PİN)"): Title(
        "Plan işlem numarası: planın kayıtlardaki tek numarası.", "The one number a plan has in all records."
    ),
    Title("Veri yok", "No data"): Title(
        "Bu konu burada incelenmemiş. “Etkilemiyor” demek değildir.",
        "Nobody has surveyed this here. It does not mean “not affected”.",
    ),
    Title("Yayın no", "Publish number"): Title(
        "Ortak havuz her yayımda bir numara alır; aynı numarayla soru her zaman aynı yanıtı verir.",
        "Each publish of the pool has a number; asked with the same number, the answer is always the same.",
    ),
}
"""Term -> what it means, in the order in which the answer uses them."""


def glossary(language: str) -> tuple[tuple[str, str], ...]:
    """Terms and meanings."""
    return tuple((term.in_language(language), meaning.in_language(language)) for term, meaning in GLOSSARY.items())
