"""What a person has drawn on the map, in their colours (simplestyle), moved to the storage system."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely import Geometry

from gisserver.drawings._part import HALO, INK
from gisserver.prints.labels import Label
from gisserver.prints.letters import STRONG
from gisserver.prints.paper import PIXEL_MM, POINTS_PER_MM
from gisserver.prints.pen import Pen, Stroke, Writing
from gisserver.prints.sheet import Sheet
from layers.core.crs import LONLAT

_PIXEL = PIXEL_MM * POINTS_PER_MM
_COLOR = "#c2410c"
_WRITING = Writing(13 * _PIXEL, INK, STRONG, HALO, 1.4 * _PIXEL)


@dataclass(frozen=True)
class Figure:
    """One thing drawn."""

    shape: Geometry
    stroke: str
    width: float
    fill: str
    density: float
    words: str


def figures(collection: Mapping[str, Any] | None, storage_srid: int) -> list[Figure]:
    """All of a feature collection in degrees."""
    if collection is None:
        return []
    to_storage = Transformer.from_crs(LONLAT, storage_srid, always_xy=True)

    def moved(points: Any) -> Any:
        return np.column_stack(to_storage.transform(points[:, 0], points[:, 1]))

    return [_figure(feature, moved) for feature in collection["features"]]


def names(drawn: Sequence[Figure], sheet: Sheet) -> Iterator[Label]:
    """What is written on them, to find its place among the names of the pool."""
    for figure in drawn:
        if figure.words and shapely.intersects(figure.shape, sheet.ground):
            point = shapely.point_on_surface(shapely.transform(figure.shape, sheet.to_paper))
            yield Label(tuple(figure.words.split("\n")), point.x, point.y, _WRITING, 0.0, _PIXEL)


def paint(drawn: Sequence[Figure], pen: Pen, sheet: Sheet) -> None:
    """Their shapes."""
    for figure in drawn:
        if not shapely.intersects(figure.shape, sheet.ground):
            continue
        shape = shapely.transform(figure.shape, sheet.to_paper)
        stroke = Stroke(figure.stroke, figure.width * _PIXEL, cap="round", join="round")
        if shape.geom_type in ("Polygon", "MultiPolygon") and figure.density > 0:
            pen.fill([shape], figure.fill, figure.density)
        if shape.geom_type in ("Point", "MultiPoint"):
            pen.dots(shapely.get_coordinates(shape), 5 * _PIXEL, figure.stroke, Stroke(HALO, 1.5 * _PIXEL))
        else:
            pen.stroke([shape], stroke)


def _figure(feature: Mapping[str, Any], moved: Any) -> Figure:
    told = feature.get("properties") or {}
    words = next((str(told[name]) for name in ("label", "title", "name") if told.get(name)), "")
    return Figure(
        shape=shapely.transform(shapely.geometry.shape(feature["geometry"]), moved),
        stroke=str(told.get("stroke", _COLOR)),
        width=float(told.get("stroke-width", 3)),
        fill=str(told.get("fill", told.get("stroke", _COLOR))),
        density=float(told.get("fill-opacity", 0.15)),
        words=words,
    )
