"""Parcels for the surveyed neighbourhood: its real blocks, divided halfway between its real buildings."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from demo.sample.arrays import Flags, Integers, Shapes
from demo.sample.ragged import ranks
from demo.sample.sources import GRID_M, Survey

_HALF_STREET_M = {"primary": 10.0, "secondary": 8.0, "tertiary": 6.5, "trunk_link": 6.0, "primary_link": 5.0}
_OTHER_HALF_STREET_M = 4.0
_PATHS = ("footway", "path", "cycleway", "service", "steps")
_LEAST_BLOCK_M2 = 150.0
_LEAST_PARCEL_M2 = 35.0
_STRAIGHTEN_M = 1.5


@dataclass(frozen=True)
class SurveyGround:
    """Blocks, and the parcels in them: which block, which number."""

    blocks: Shapes
    parcels: Shapes
    block: Integers
    number: Integers
    has_building: Flags


def is_street(highway: str) -> bool:
    """Ways that bound blocks, unlike paths through them."""
    return highway not in _PATHS


def survey_ground(survey: Survey) -> SurveyGround:
    """The outline without its streets gives blocks, the buildings in a block its parcels."""
    buildings = np.array([building.geom for building in survey.buildings])
    blocks = _blocks(survey, buildings)
    pieces, block, building = _pieces(blocks, buildings)
    pieces = shapely.coverage_simplify(pieces, _STRAIGHTEN_M)
    pieces = shapely.set_precision(pieces, GRID_M, mode="pointwise")
    centre = shapely.get_coordinates(shapely.centroid(pieces))
    middle = shapely.get_coordinates(shapely.centroid(blocks))[block]
    around = np.arctan2(centre[:, 1] - middle[:, 1], centre[:, 0] - middle[:, 0])
    return SurveyGround(
        blocks=np.array([shapely.coverage_union_all(pieces[block == i]) for i in range(len(blocks))]),
        parcels=pieces,
        block=block,
        number=ranks(block, around) + 1,
        has_building=building >= 0,
    )


def _blocks(survey: Survey, buildings: Shapes) -> Shapes:
    streets = [
        shapely.buffer(road.geom, _HALF_STREET_M.get(road.tags["highway"], _OTHER_HALF_STREET_M), cap_style="flat")
        for road in survey.roads
        if is_street(road.tags["highway"])
    ]
    open_ground = shapely.difference(survey.outline, shapely.union_all(streets))
    # A house that stands a little into the drawn street keeps its ground.
    built = shapely.intersection(shapely.buffer(buildings, 0.4, join_style="mitre"), survey.outline)
    ground = shapely.simplify(shapely.union_all([open_ground, *built]), 0.4)
    parts: Shapes = shapely.get_parts(ground)
    parts = parts[shapely.area(parts) > _LEAST_BLOCK_M2]
    corners = shapely.bounds(parts)
    return parts[np.lexsort((corners[:, 0], -corners[:, 3]))]


def _pieces(blocks: Shapes, buildings: Shapes) -> tuple[Shapes, Integers, Integers]:
    """Faces between block borders and the lines halfway between buildings, with their block and building."""
    halfway = [_halfway(block, buildings) for block in blocks]
    lines = [*shapely.boundary(blocks), *(line for line in halfway if line is not None)]
    faces = shapely.get_parts(shapely.polygonize([shapely.unary_union(lines, grid_size=GRID_M)]))
    inside = shapely.point_on_surface(faces)
    face, block = shapely.STRtree(blocks).query(inside, predicate="within")
    faces, inside = faces[face], inside[face]
    tree = shapely.STRtree(buildings)
    nearest = tree.nearest(inside)
    is_inhabited = np.isin(block, block[shapely.distance(inside, buildings[nearest]) == 0])
    building = np.where(is_inhabited, nearest, -1)
    return _without_slivers(faces, block, building)


def _halfway(block: BaseGeometry, buildings: Shapes) -> BaseGeometry | None:
    own = buildings[shapely.STRtree(buildings).query(block, predicate="intersects")]
    own = own[shapely.within(shapely.point_on_surface(own), block)]
    if len(own) < 2:
        return None
    # Shrunk, so that houses wall to wall have no common points.
    shrunk = shapely.buffer(own, -0.35)
    outlines = shapely.segmentize(shapely.boundary(np.where(shapely.is_empty(shrunk), own, shrunk)), 2.5)
    points, owner = shapely.get_coordinates(outlines, return_index=True)
    _, first = np.unique(points, axis=0, return_index=True)
    first.sort()
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points[first]), extend_to=block, ordered=True)
    )
    owner = owner[first]
    joined = [shapely.coverage_union_all(cells[owner == i]) for i in np.unique(owner)]
    return shapely.intersection(shapely.union_all(shapely.boundary(joined)), block)


def _without_slivers(faces: Shapes, block: Integers, building: Integers) -> tuple[Shapes, Integers, Integers]:
    """Join each tiny face to the neighbour with which it shares the longest border."""
    parts = {i: [face] for i, face in enumerate(faces)}
    area = shapely.area(faces)
    for small in np.flatnonzero(area < _LEAST_PARCEL_M2).tolist():
        beside = np.flatnonzero((block == block[small]) & (area >= _LEAST_PARCEL_M2))
        if len(beside) == 0:
            continue
        shared = shapely.length(shapely.intersection(faces[beside], faces[small]))
        if shared.max() > 0:
            parts[int(beside[shared.argmax()])].extend(parts.pop(small))
    kept = np.array(list(parts))
    joined = np.array([shapely.coverage_union_all(group) for group in parts.values()], dtype=object)
    return joined, block[kept], building[kept]
