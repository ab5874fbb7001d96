"""What a sheet says of a map of another server that is missing from it, has gaps or is not sharp."""

from gisserver.foreign.fetching import Why
from layers.core.words import Title

NOT_ALLOWED = Title(
    "“{title}” kâğıtta yok: sunucusuna izin verilmemiş.", "“{title}” is not on the paper: its server is not allowed."
)
AWAY = Title("“{title}” kâğıtta yok: sunucusu yanıt vermedi.", "“{title}” is not on the paper: its server is away.")
SLOW = Title(
    "“{title}” kâğıtta yok: sunucusu vaktinde bitirmedi.",
    "“{title}” is not on the paper: its server did not finish in time.",
)
UNUSABLE = Title(
    "“{title}” kâğıtta yok: sunucusu kullanılır bir resim vermedi.",
    "“{title}” is not on the paper: its server gave no usable picture.",
)
NOTHING = Title(
    "“{title}” kâğıtta yok: sunucusunda buranın resmi yok.",
    "“{title}” is not on the paper: its server has nothing here.",
)
GAPS = Title(
    "“{title}” eksik: {count} parçadan {missing} tanesi gelmedi.",
    "“{title}” has gaps: {missing} of {count} pieces did not come.",
)
COARSE = Title(
    "“{title}” kâğıda göre kaba: inç başına {dots} nokta.",
    "“{title}” is coarser than the paper: {dots} dots per inch.",
)
_OF_LINE = {Why.UNREACHABLE: AWAY, Why.SLOW: SLOW, Why.BUSY: SLOW}


def sentence_for(why: Why) -> Title:
    """Where none of it came."""
    return _OF_LINE.get(why, UNUSABLE)
