"""The parameters of questions about publishes: what parses them and what describes them read the same list."""

from layers.core.query.parameters import LARGEST_EPOCH, Parameter
from layers.core.words import Title

LIMIT_DEFAULT = 50
LIMIT_MOST = 500

_EPOCH = {"type": "integer", "minimum": 0, "maximum": LARGEST_EPOCH}

PLACE = (
    Parameter(
        "after",
        Title("Bu yayından sonrakiler, en eskisi önce.", "Those after that publish, oldest first."),
        _EPOCH,
    ),
    Parameter(
        "before",
        Title("Bu yayından öncekiler, en yenisi önce.", "Those before that publish, newest first."),
        _EPOCH,
    ),
    Parameter(
        "limit",
        Title("En çok bu kadar olay; akışta sınır yoktur.", "At most so many events; a stream has no limit."),
        {"type": "integer", "minimum": 1, "maximum": LIMIT_MOST, "default": LIMIT_DEFAULT},
    ),
)
"""Where to begin, and how much."""

EVENTS = (
    Parameter(
        "layer",
        Title("Yalnız bu katmanlar; virgülle ayrılır.", "Only these layers, with commas between."),
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
    ),
    Parameter(
        "district_id",
        Title("Yalnız bu ilçenin yayınları.", "Only publishes of this district."),
        {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
    ),
    Parameter(
        "bbox",
        Title(
            "Yalnız bu kutuya dokunanlar: batı, güney, doğu, kuzey; derece.",
            "Only what touches this box: west, south, east, north in degrees.",
        ),
        {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
    ),
    *PLACE,
)
