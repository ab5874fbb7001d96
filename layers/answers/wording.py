"""The words of the answer page, in each language."""

from collections.abc import Mapping

from layers.answers.answer import ComputedKind, Doubt, ValueState, Withheld
from layers.answers.states import Reason, State
from layers.core.operations import TITLES
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

CAME_FROM = Title(
    "Bu parsel {parents} parselinden {operation} ile oluştu{on}.",
    "This parcel came from {parents} by {operation}{on}.",
)
CAME_ON = Title(" ({day})", " on {day}")
OPERATIONS: Mapping[str, Title] = {kind.value: title for kind, title in TITLES.items()}
OTHER_OPERATION = Title("kayıt değişikliği", "a change of the record")
CLAIMED = Title(
    "Bu parselin {area} kadarını ({percent}) {district} Belediyesi de {ref} olarak gösteriyor: "
    "ilçe sınırı burada kesin değil, iki belediyeye de sorun.",
    "The municipality of {district} shows {area} ({percent}) of this parcel as {ref} too: "
    "the border between the districts is unsettled here, ask both.",
)
BROKEN_PARCEL = Title(
    "Bu parselin kayıtlı sınırı kendini kesiyor; düzeltilene kadar hiçbir şey onunla karşılaştırılamaz.",
    "The recorded outline of this parcel crosses itself; until it is corrected nothing can be compared with it.",
)
SAMPLE = Title(
    "ÖRNEK VERİ: buradaki parseller ve planlar üretilmiştir, gerçek değildir.",
    "SAMPLE DATA: the parcels and plans here are generated, they are not real.",
)

NEXT_NONE = Title(
    "Burada sayısal plan yok: {district} Belediyesine başvurun{contact}.",
    "No digital plan here: apply to the municipality of {district}{contact}.",
)
NEXT_PENDING = Title(
    "Plan yürürlüğe girene kadar ne yapılabileceğini {district} Belediyesine sorun{contact}.",
    "Until that plan is in force, ask the municipality of {district} what may be built{contact}.",
)
NEXT_BROKEN = Title(
    "Sınırın düzeltilmesi ve imar durumu için {district} Belediyesine başvurun{contact}.",
    "Apply to the municipality of {district} to have the outline corrected and the zoning looked up{contact}.",
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
ANSWERED_BY = Title("Yetkili: {district} Belediyesi.", "Responsible: municipality of {district}.")
ASK_THERE = Title(
    "Sorularınızı {district} Belediyesine yöneltin: {contact}.", "Ask the municipality of {district}: {contact}."
)
ASK_IN_PERSON = Title(
    "{district} Belediyesinin telefonu ya da adresi burada kayıtlı değil; "
    "sorularınızı belediyenin imar birimine yöneltin.",
    "No telephone or address of the municipality of {district} is recorded here; ask at its zoning office.",
)

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
    Reason.BROKEN_PARCEL: Title("Parselin kendi sınırı bozuk.", "The outline of the parcel itself is broken."),
    Reason.TEXT_ONLY: Title("Yalnızca metinde yazılıdır.", "It stands in a text only."),
}
TEXT_ONLY = Title(
    "{theme}: burada denetlenmedi, çünkü yalnızca metinde yazılıdır. Okuyun: {article}",
    "{theme}: not checked here, since it stands in a text only. Read {article}",
)
EXAMINED = Title("Karşılaştırılan alan sayısı: {count}.", "Areas compared with the parcel: {count}.")
TOUCHING = Title("{label}: sınırı bu parsele değiyor.", "{label}: its border runs along this parcel.")
TOUCHING_A_LITTLE = Title(
    "{label}: parsele {area} ile değiyor; {limit} altı etki sayılmaz.",
    "{label}: touches {area} of the parcel; less than {limit} does not count as affected.",
)
LIMIT = Title("sınır: {limit}", "counts from {limit}")
DOUBTS = {
    Doubt.THIN_GAP: Title(
        "Uyarı: ilçe sınırında inceleme, parselin {area} kadar ince bir şeridini kapsamıyor ({within} içinde); "
        "kapsanmış sayıldı.",
        "Warning: at the district's border the survey misses a thin strip of {area} (within {within}); "
        "it was counted as surveyed.",
    ),
    Doubt.NEAR_EDGE: Title(
        "Uyarı: inceleme bu parselin kenarında, ilçe sınırında bitiyor; {within} dar çizilse {area} dışarıda kalır.",
        "Warning: the survey ends here, at the district's border; drawn {within} narrower it would miss {area}.",
    ),
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
WITHHELD = {
    Withheld.NOTES_SPEAK: Title(
        "Plan notları bu oranları kendisi düzenliyor; bu yüzden metrekare hesaplanmadı, notları okuyun.",
        "The plan's notes set these ratios themselves; so no square metres were worked out, read the notes.",
    ),
    Withheld.PARCEL_TOO_SMALL: Title(
        "Parsel, planın izin verdiği en küçük parselden küçük; bu yüzden metrekare hesaplanmadı.",
        "The parcel is smaller than the plan allows one to be; so no square metres were worked out.",
    ),
}
OVERLAY = Title("üst ölçekli plan", "broader plan")
FORMULA = Title("{ratio} × {area} = {result}", "{ratio} × {area} = {result}")

PLAN = Title("{name} (PİN {number}{scale}), {state}{dates}", "{name} (number {number}{scale}), {state}{dates}")
SCALE = Title(", 1/{den}", ", 1:{den}")
APPROVED = Title("onay {day}", "approved {day}")
DISPLAYED = Title("askı {start} – {end}", "on display {start} – {end}")
DECIDED = Title("{authority} kararı{number}", "decided by {authority}{number}")
OBJECTIONS = Title(
    "{name} askıdadır: {end} gününe kadar {authority} makamına yazılı itiraz edilebilir.",
    "{name} is on display: objections may be made in writing to {authority} until {end}.",
)
THE_MUNICIPALITY = Title("belediye", "the municipality")
FINAL = Title("kesinleşme {day}", "final since {day}")

NOTHING_STATED = Title(
    "Plan bu kullanım için hiçbir yapılaşma koşulu vermiyor; koşulları belediyeye sorun.",
    "The plan states no building conditions for this use; ask the municipality for them.",
)
