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
