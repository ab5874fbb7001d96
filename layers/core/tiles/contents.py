"""The MVT layers that a layer's tiles hold, at which zooms and with which fields."""

from collections.abc import Iterator
from dataclasses import dataclass

from layers.core.layer import Layer, Shape, labels_of
from layers.core.levels import Counted, Level


@dataclass(frozen=True)
class TilePart:
    """One MVT layer, as TileJSON and tileset metadata describe it."""

    id: str
    zooms: range
    fields: tuple[str, ...]
    shape: Shape


def tile_parts(layer: Layer) -> tuple[TilePart, ...]:
    """Features first, then levels from fine to coarse, each followed by its label points."""
    return (
        *_parts(layer.id, layer.zooms, layer.tile_fields, layer.shape, layer.labels_from, layer.label_fields),
        *(part for level in layer.levels for part in _level_parts(layer, level)),
    )


def _level_parts(layer: Layer, level: Level) -> Iterator[TilePart]:
    if isinstance(level, Counted):
        size = () if layer.shape == Shape.POINT else ("length_m",) if layer.shape == Shape.LINES else ("area_m2",)
        shape = Shape.POLYGONS
        fields = ("name", "n", *size, *((level.prevailing,) if level.prevailing else ()))
    else:
        shape = layer.shape
        fields = ("n", *level.by)
    yield from _parts(layer.level_id(level), level.zooms, fields, shape, level.labels_from, fields)


def _parts(
    name: str, zooms: range, fields: tuple[str, ...], shape: Shape, labels_from: int | None, texts: tuple[str, ...]
) -> Iterator[TilePart]:
    yield TilePart(name, zooms, fields, shape)
    if labels_from is not None:
        yield TilePart(labels_of(name), range(labels_from, zooms.stop), texts, Shape.POINT)
