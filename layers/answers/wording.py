"""The words of the answer page, in each language."""

from layers.answers.answer import ComputedKind, ValueState
from layers.answers.states import Reason, State
from layers.core.words import Title

PARCEL = Title(
    "{district}, {neighbourhood}{block} ada {parcel} parsel",
    "{district}, {neighbourhood}block {block}, parcel {parcel}",
)

HEADLINE_ONE = Title(
    "Bu parsel yürürlükteki imar planında: {uses}.", "The plan in force gives this parcel one use: {uses}."
)
HEADLINE_SEVERAL = Title(
    "Bu parsel yürürlükteki planda birden çok kullanıma ayrılmış: {uses}.",
    "The plan in force divides this parcel between several uses: {uses}.",
)
HEADLINE_PENDING = Title(
    "Bu parsel için yürürlükte sayısal plan yok; kesinleşmemiş bir plan var.",
    "No digital plan is in force for this parcel; one is on its way.",
)
HEADLINE_NONE = Title("Bu parsel için sayısal imar planı yok.", "There is no digital zoning plan for this parcel.")
HEADLINE_UNCHECKED = Title(
    "Bu parselin imar planı şu anda sorgulanamadı.",
    "The zoning plan of this parcel could not be looked up at the moment.",
)
USE = Title("{label} {percent}", "{label} {percent}")

UNZONED = Title(
    "Parselin {area} kadarında ({percent}) yürürlükte bir kullanım yok; bu kısım yol ya da plan dışı olabilir.",
    "On {area} ({percent}) of the parcel no plan in force defines a use; it may be street or outside the plan.",
)
AREAS_DIFFER = Title(
    "Tapu alanı {registered}, çizimden hesaplanan alan {computed}. Paylar çizimden hesaplanmıştır.",
    "Registered area {registered}, area computed from the outline {computed}. Shares are computed from the outline.",
)

NEXT_NONE = Title(
    "Burada sayısal plan yok: {district} Belediyesine başvurun{contact}.",
    "No digital plan here: apply to the municipality of {district}{contact}.",
)
NEXT_LATER = Title(
    "Biraz sonra yeniden deneyin ya da {district} Belediyesine başvurun{contact}.",
    "Try again later or apply to the municipality of {district}{contact}.",
)
NEXT_CERTIFICATE = Title(
    "Resmî imar durumu belgesi için {district} Belediyesine başvurun{contact}.",
    "For the official zoning certificate apply to the municipality of {district}{contact}.",
)
DATA = Title(
    "Veri: {moment} itibarıyla yayımlananlar (yayın no {epoch}).",
    "Data: all that was published up to and including {moment} (publish number {epoch}).",
)
ANSWERED_BY = Title("Yetkili: {district} Belediyesi", "Responsible: municipality of {district}")

STATES = {
    State.AFFECTED: Title("Etkiliyor", "Affected"),
    State.NOT_AFFECTED: Title("Etkilemiyor", "Not affected"),
    State.NOT_CHECKED: Title("Denetlenemedi", "Not checked"),
    State.NO_COVERAGE: Title("Veri yok", "No data"),
    State.UNDER_REVIEW: Title("İnceleniyor", "Under review"),
}
THEME_SENTENCES = {
    State.AFFECTED: Title(
        "{theme}: parselin {area} kadarını ({percent}) etkiliyor.", "{theme}: affects {area} ({percent}) of the parcel."
    ),
    State.NOT_AFFECTED: Title(
        "{theme}: bu parselin tamamı {day} tarihli çalışmada incelendi, etkilenmiyor.",
        "{theme}: the whole parcel was surveyed as of {day}; it is not affected.",
    ),
    State.NOT_CHECKED: Title(
        "{theme}: şu anda denetlenemedi; “etkilemiyor” anlamına gelmez. {reason}",
        "{theme}: could not be checked now; this does not mean “not affected”. {reason}",
    ),
    State.NO_COVERAGE: Title(
        "{theme}: bu parselin tamamı için veri yok; “etkilemiyor” anlamına gelmez. Belediyeye sorun.",
        "{theme}: the data does not cover the whole parcel; this does not mean “not affected”. Ask the municipality.",
    ),
    State.UNDER_REVIEW: Title(
        "{theme}: bu konu burada inceleniyor, sonuç kesinleşmedi.",
        "{theme}: this is under review here and not settled yet.",
    ),
}
REASONS = {
    Reason.QUERY_FAILED: Title("Sorgu yapılamadı.", "The look-up failed."),
    Reason.LAYER_INCOMPLETE: Title("Katmanın bir bölümü okunamıyor.", "A part of the layer cannot be read."),
    Reason.BROKEN_OUTLINE: Title("Yakındaki bir alanın sınırı bozuk.", "The outline of an area nearby is broken."),
}
TOUCHING = Title("{label} alanının sınırı bu parsele değiyor.", "The border of “{label}” runs along this parcel.")

LEGAL_STATES = {
    "in_force": Title("yürürlükte", "in force"),
    "proposed": Title("teklif", "proposed"),
    "on_display": Title("askıda", "on display"),
    "under_review": Title("incelemede", "under review"),
}
STATE_UNKNOWN = Title("hukuki durumu bilinmiyor", "legal state unknown")
VALUES = {
    ValueState.FREE: Title("serbest", "free"),
    ValueState.NOT_APPLICABLE: Title("uygulanmaz", "does not apply"),
    ValueState.UNKNOWN: Title("belirtilmemiş", "not stated"),
}

ORDER = Title("Yapı düzeni", "Building order")
CONDITIONS = {
    "floors": Title("Kat adedi", "Storeys"),
    "taks": Title("TAKS", "Site coverage ratio (TAKS)"),
    "kaks": Title("KAKS (emsal)", "Floor area ratio (KAKS)"),
    "height": Title("Yençok", "Largest height"),
    "setback_front": Title("Ön bahçe", "Front setback"),
    "setback_side": Title("Yan bahçe", "Side setback"),
    "setback_rear": Title("Arka bahçe", "Rear setback"),
    "min_parcel": Title("En küçük parsel", "Smallest parcel"),
}
COMPUTED = {
    ComputedKind.LARGEST_FOOTPRINT: Title("En çok taban alanı (hesap)", "Largest footprint (computed)"),
    ComputedKind.LARGEST_FLOOR_AREA: Title("En çok inşaat alanı (hesap)", "Largest floor area (computed)"),
}
FORMULA = Title("{ratio} × {area} = {result}", "{ratio} × {area} = {result}")

PLAN = Title("{name} (PİN {number}{scale}), {state}{dates}", "{name} (number {number}{scale}), {state}{dates}")
SCALE = Title(", 1/{den}", ", 1:{den}")
APPROVED = Title("onay {day}", "approved {day}")
DISPLAYED = Title("askı {start} – {end}", "on display {start} – {end}")
FINAL = Title("kesinleşme {day}", "final since {day}")
