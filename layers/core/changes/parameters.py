"""The parameters of questions about changes: those of a page of features that make sense here, and the span."""

from functools import lru_cache

from layers.core.query import ReadableLayer, page_parameters
from layers.core.query.parameters import Parameter
from layers.core.words import Title

VERSIONS_DEFAULT = 100
VERSIONS_MOST = 1_000

_SPAN = (
    Parameter(
        "from",
        Title(
            "Bu yayından sonrası: yayın numarası, gün ya da an (RFC 3339); bu yayının kendisi içinde değildir.",
            "What was published after this: number of a publish, day or moment (RFC 3339); it is itself left out.",
        ),
        {"type": "string", "pattern": "^[0-9].*$"},
        is_required=True,
    ),
    Parameter(
        "to",
        Title(
            "Bu yayına kadar, kendisi dahil; söylenmezse en yenisi.",
            "Up to and with this; the newest where nothing is said.",
        ),
        {"type": "string", "pattern": "^[0-9].*$"},
    ),
)
_ELSEWHERE = ("datetime", "epoch", "sortby", "before", "count", "profile")
"""Of a page of features; changes are in one order, between two states."""

HISTORY = (
    Parameter(
        "limit",
        Title(f"En çok bu kadar sürüm ({VERSIONS_MOST} sınırıyla).", f"So many versions, {VERSIONS_MOST} at most."),
        {"type": "integer", "minimum": 1, "maximum": VERSIONS_MOST, "default": VERSIONS_DEFAULT},
    ),
    Parameter(
        "after",
        Title("Bu yayından sonra başlayan sürümler.", "Versions that began after that publish."),
        {"type": "integer", "minimum": 0},
    ),
)
"""Of the life of one feature."""


@lru_cache(maxsize=256)
def change_parameters(readable: ReadableLayer) -> tuple[Parameter, ...]:
    """Of what changed in a layer; a condition has to hold before or after."""
    return (*_SPAN, *(one for one in page_parameters(readable) if one.name not in _ELSEWHERE))
