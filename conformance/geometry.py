"""Shapes of features, and boxes to ask with."""

import shapely
from pyproj import CRS, Transformer

from conformance.service import Document

_DEGREE_M = 111_000.0
Box = tuple[float, float, float, float]


def shape_of(feature: Document) -> shapely.Geometry:
    """As the answer writes it."""
    return shapely.geometry.shape(feature["geometry"])


def rectangle(box: Box) -> shapely.Geometry:
    """West, south, east, north."""
    return shapely.box(*box)


def box_around(feature: Document, metres: float) -> Box:
    """In degrees, a little larger than the feature, and round enough to be written."""
    west, south, east, north = shape_of(feature).bounds
    more = metres / _DEGREE_M
    return round(west - more, 6), round(south - more, 6), round(east + more, 6), round(north + more, 6)


def wide_boxes() -> tuple[str, ...]:
    """Over the 180th meridian, at the poles, of the whole world, with heights."""
    return "177,65,-177,70", "-180,85,180,90", "-180,-90,180,-85", "-180,-90,180,90", "-180,-90,0,180,90,100"


def is_north_first(uri: str) -> bool:
    """As its registry orders the axes."""
    return bool(crs_of(uri).axis_info[0].direction == "north")


def crs_of(uri: str) -> CRS:
    """By the address that the standards use."""
    authority, _, code = uri.removeprefix("http://www.opengis.net/def/crs/").partition("/")
    return CRS.from_authority(authority, code.rpartition("/")[2])


def moved(shape: shapely.Geometry, source: str, target: str) -> shapely.Geometry:
    """By pyproj, each system in the order of its own axes."""
    step = Transformer.from_crs(crs_of(source), crs_of(target))
    return shapely.transform(shape, step.transform, interleaved=False)
