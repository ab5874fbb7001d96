"""Which parts of the style a sheet shows, and what of the pool they need."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gisserver.drawings._part import Part
from gisserver.prints.expression import fields_in
from gisserver.style import parts_in_order
from layers.core.layer import Layer
from layers.core.levels import Level
from layers.core.profile import Profile


@dataclass(frozen=True)
class ShownPart:
    """One part of one layer; the level is None where the features themselves are shown."""

    layer: Layer
    level: Level | None
    part: Part

    @property
    def fields(self) -> frozenset[str]:
        """What has to be known of each feature."""
        values = (*self.part.paint.values(), *self.part.layout.values())
        return frozenset(name for value in values for name in fields_in(value))


def shown_parts(layers: Iterable[Layer], profile: Profile, language: str, zoom: float) -> list[ShownPart]:
    """From the ground up, as the map shows them at that zoom; numbers of several layers would be a heap."""
    parts = [
        ShownPart(layer, _level(layer, part), part)
        for layer, part in parts_in_order(layers, profile, language)
        if _is_in_tiles(layer, _level(layer, part), zoom) and _is_for(part, zoom)
    ]
    return [shown for shown in parts if not shown.part.is_for_one or _is_alone(shown, parts)]


def _level(layer: Layer, part: Part) -> Level | None:
    return next((level for level in layer.levels if level.id == part.level), None)


def _is_in_tiles(layer: Layer, level: Level | None, zoom: float) -> bool:
    """Features beyond their last tiles are over-zoomed, levels are not."""
    at = max(math.floor(zoom), layer.tile_zooms.start)
    return at >= layer.zooms.start if level is None else at in level.zooms


def _is_for(part: Part, zoom: float) -> bool:
    return (part.from_zoom or 0) <= zoom and (part.until_zoom is None or zoom < part.until_zoom)


def _is_alone(shown: ShownPart, parts: Sequence[ShownPart]) -> bool:
    return not any(other.part.level == shown.part.level and other.layer.id != shown.layer.id for other in parts)
