"""What tiles are asked for by: each public layer alone, and together those that the map shows at first."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gisserver.style import TOGETHER, drawn_together
from layers.core.layer import Layer
from layers.core.levels import span
from layers.core.registry import Registry


@dataclass(frozen=True)
class TileSource:
    """Public tiles under one address."""

    id: str
    layers: Sequence[Layer]

    @cached_property
    def zooms(self) -> range:
        """From the first to the last zoom that any of the layers has."""
        return span(layer.tile_zooms for layer in self.layers)

    def layers_at(self, zoom: int) -> Sequence[Layer]:
        """Those that have tiles at this zoom."""
        return [layer for layer in self.layers if zoom in layer.tile_zooms]


def tile_sources(registry: Registry) -> dict[str, TileSource]:
    """By id. A map with a source for each layer asks, cuts out and draws once for each."""
    alone = {layer.id: TileSource(layer.id, (layer,)) for layer in registry.public}
    return {**alone, TOGETHER: TileSource(TOGETHER, drawn_together(registry.public))}
