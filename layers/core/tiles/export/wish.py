"""What of the pool somebody wants in a file."""

from dataclasses import dataclass

from layers.core.layer import Layer


@dataclass(frozen=True)
class ExportWish:
    """Layers, perhaps of one district only, perhaps as they were at an earlier epoch."""

    layers: tuple[Layer, ...]
    district_id: int | None = None
    as_of: int | None = None
    """None for the tiles as they are."""
