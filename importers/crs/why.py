"""What speaks for a reading, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from importers.crs.evidence import Evidence, Ground
from importers.crs.judging import UNKNOWN_FIT, Judged
from importers.wording import in_every_language
from layers.core.declared_crs import DeclaredCrs
from layers.core.words import Title

_IN_DISTRICT = Title("Kayıtların %{percent} kadarı ilçenin içinde.", "{percent} % of the records lie in the district.")
_IN_REGION = Title(
    "Kayıtların %{percent} kadarı bölgenin içinde; ilçe sınırı henüz yayımlanmadı.",
    "{percent} % of the records lie in the region; the district's boundary is not published yet.",
)
_ON_ALL_GROUND = Title(
    "Kayıtların %{percent} kadarı hizmet alanının içinde.",
    "{percent} % of the records lie in the area of the service.",
)
_NAMED = Title(
    "Yayımlanmış {matches} detayla aynı adı taşıyan kayıtların ortanca uzaklığı {metres} m.",
    "{matches} records carry the name of a published feature; their median distance from it is {metres} m.",
)
_AGREES = Title(
    "Köşelerin %{percent} kadarı yayımlanmış detayların köşelerine düşüyor.",
    "{percent} % of the corners fall on corners of published features.",
)
_AGREES_SHIFTED = Title(
    "Köşelerin %{percent} kadarı yayımlanmış köşelerin hepsi aynı yönde {metres} m yanına düşüyor.",
    "{percent} % of the corners fall beside published corners, all by the same {metres} m.",
)
_COVERS = Title(
    "Kayıtların %{percent} kadarı, köşelerini paylaşmadığı yayımlanmış detayların üstüne düşüyor.",
    "{percent} % of the records cover published features without sharing their corners.",
)
_NOTHING_NEAR = Title(
    "Burada karşılaştırılacak yayımlanmış detay yok.", "Nothing is published here that it could be compared with."
)
_INSISTED = Title(
    "Dosyanın söylediği budur; yayımlanmış olan yanlışsa bunu seçin.",
    "This is what the file says; choose it if what is published is wrong.",
)
_SWAPPED = Title(
    "Eksenlerin yer değiştirdiği varsayıldı: ikinci sayı önce geliyor.",
    "The axes are taken to be swapped: the second number comes first.",
)
_PREFIXED = Title(
    "Sağa değerin başındaki {zone} dilim numarası çıkarıldı.",
    "The zone number {zone} in front of the eastings was dropped.",
)
_NOT_PREFIXED = Title(
    "Sağa değerin başında eksik olan {zone} dilim numarası eklendi.",
    "The zone number {zone}, which the eastings lack, was put in front of them.",
)
_OTHER_UNIT = Title("Sayıların {unit} olduğu varsayıldı.", "The numbers are taken to be {unit}.")
_MOVED = Title(
    "Başka bir datumdan dönüştürülür; doğruluğu {accuracy} m.",
    "It is moved from another datum; that is good for {accuracy} m.",
)
_UNITS = {
    "mm": Title("milimetre", "millimetres"),
    "cm": Title("santimetre", "centimetres"),
    "ft": Title("fit", "feet"),
    "km": Title("kilometre", "kilometres"),
}
_FEW = 0.01
"""A smaller share is none, and has no direction."""
_WORTH_TELLING_M = 1.0
"""More accurate operations need no word."""


def why(judged: Judged, evidence: Evidence) -> list[Mapping[str, str]]:
    """Where it puts the records, how that fits what is published, and what had to be assumed."""
    told = (
        (_inside(evidence), {"percent": round(100 * judged.inside)}),
        *_beside_published(judged),
        *_assumed(judged.reading.said),
        *_accuracy(judged.placement.accuracy_m),
    )
    return [in_every_language(words, facts) for words, facts in told]


def _inside(evidence: Evidence) -> Title:
    if evidence.ground is Ground.ALL_DISTRICTS:
        return _ON_ALL_GROUND
    return _IN_REGION if evidence.outline is None else _IN_DISTRICT


def _beside_published(judged: Judged) -> Iterator[tuple[Title, Mapping[str, Any]]]:
    offset, agreement = judged.offset, judged.agreement
    if offset is not None:
        yield _NAMED, {"matches": offset.matches, "metres": round(offset.metres, 1)}
    if agreement is not None:
        is_exact = agreement.share < _FEW or agreement.residual_m < _WORTH_TELLING_M
        words = _AGREES if is_exact else _AGREES_SHIFTED
        yield words, {"percent": round(100 * agreement.share), "metres": round(agreement.residual_m, 1)}
        if agreement.fit < UNKNOWN_FIT:
            yield _COVERS, {"percent": round(100 * agreement.covered)}
    if offset is None and agreement is None:
        yield _NOTHING_NEAR, {}


def _assumed(said: DeclaredCrs | None) -> Iterator[tuple[Title, Mapping[str, Any]]]:
    if said is None:
        return
    if said.is_insisted:
        yield _INSISTED, {}
    if said.is_swapped:
        yield _SWAPPED, {}
    if said.zone:
        yield _PREFIXED if said.zone > 0 else _NOT_PREFIXED, {"zone": abs(said.zone)}
    if said.unit:
        unit = _UNITS[said.unit]
        yield _OTHER_UNIT, {"unit": unit.written}


def _accuracy(accuracy_m: float | None) -> Iterator[tuple[Title, Mapping[str, Any]]]:
    if accuracy_m is not None and accuracy_m > _WORTH_TELLING_M:
        yield _MOVED, {"accuracy": accuracy_m}
