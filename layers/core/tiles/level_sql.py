"""How the functions in sql/functions/7*.sql want a level described."""

from typing import Any

from layers.core.layer import Layer
from layers.core.levels import Dissolved


def level_parameters(layer: Layer, level: Dissolved) -> dict[str, Any]:
    """Bound values for the statements about groups."""
    field, least = level.at_least or (None, None)
    return {
        "layer": layer.id,
        "level": level.id,
        "by": list(level.by),
        "cell_m": level.cell_m,
        "field": field,
        "least": least,
        "tolerance": level.tolerance_m,
    }
