"""Why a rule said nothing about a file: silence is not approval, so the report tells the two apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from layers.core.words import Title


class Reason(StrEnum):
    """Stable names for programs; the sentences are below."""

    NO_FIELD = "no_field"
    NO_BOUNDARY = "no_boundary"
    NO_TABLE = "no_table"
    OTHER_SHAPE = "other_shape"
    SHARES_GROUND = "shares_ground"
    DRAWS_BOUNDARIES = "draws_boundaries"
    NOT_WHOLE_STATE = "not_whole_state"
    OTHER_LAYER = "other_layer"
    NO_LISTED_FIELD = "no_listed_field"
    NO_RANGE = "no_range"
    NO_PAST_FIELD = "no_past_field"
    NO_NETWORK = "no_network"
    TOOK_TOO_LONG = "took_too_long"


_SENTENCES = {
    Reason.NO_FIELD: Title("Katmanda “{field}” alanı yok.", "The layer has no field “{field}”."),
    Reason.NO_BOUNDARY: Title(
        "Bu ilçenin sınırı henüz yayımlanmadı.", "No boundary of this district is published yet."
    ),
    Reason.NO_TABLE: Title("Profilde “{table}” yok.", "The profile has no “{table}”."),
    Reason.OTHER_SHAPE: Title("Katmanda bu türden şekil yok.", "The layer holds no shapes of this kind."),
    Reason.SHARES_GROUND: Title(
        "Bu katmandaki detaylar aynı yeri paylaşabilir.", "Features of this layer may share the same ground."
    ),
    Reason.DRAWS_BOUNDARIES: Title("Sınırları bu katmanın kendisi çizer.", "This layer draws the boundaries itself."),
    Reason.NOT_WHOLE_STATE: Title(
        "Dosya bütün durum olarak gönderilmedi.", "The file was not sent as the whole state."
    ),
    Reason.OTHER_LAYER: Title("Yalnız “{layer}” katmanı için.", "Only for the layer “{layer}”."),
    Reason.NO_LISTED_FIELD: Title(
        "Katmanda yalnız belirli değerler alan bir alan yok.", "The layer has no field of listed values."
    ),
    Reason.NO_RANGE: Title(
        "Katmanda aralığı olan bir sayı alanı yok.", "The layer has no number that is limited to a range."
    ),
    Reason.NO_PAST_FIELD: Title(
        "Katmanda geçmişe ait bir tarih alanı yok.", "The layer has no date that must have come."
    ),
    Reason.NO_NETWORK: Title("Katman bir şebeke değil.", "The layer is no network of lines."),
    Reason.TOOK_TOO_LONG: Title(
        "{seconds} saniyede bitmedi; dosyayı küçük parçalara bölüp gönderin ya da birime yazın.",
        "It was not done within {seconds} seconds; send the file in smaller parts, or write to the department.",
    ),
}


@dataclass(frozen=True)
class NotRun:
    """The reason, with what its sentence names."""

    reason: Reason
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> Title:
        """The template of the reason."""
        return _SENTENCES[self.reason]
