"""The plan of the whole city: which ground is built on, and a coverage of neighbourhoods that follows its streets."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from demo.sample.arrays import Floats, Integers, Shapes
from demo.sample.edges import NOTHING, Edges, edges_of
from demo.sample.lattice import Mesh, lay_out
from demo.sample.polylines import sampled
from demo.sample.settlements import Settlement, settle, share_parcels
from demo.sample.sources import GRID_M, District, Sources
from demo.sample.warp import Warps

_ROUNDS = 3
_SHORTFALL = 0.04
_FULL = 0.6
"""A settlement that takes less than this of its share has no more ground."""


@dataclass(frozen=True)
class DistrictPlan:
    """One district before its fabric is made: settlements, their meshes, where neighbourhoods lie."""

    district: District
    settlements: tuple[Settlement, ...]
    meshes: tuple[Mesh, ...]
    edges: tuple[Edges, ...]
    warps: Warps


@dataclass(frozen=True)
class CityPlan:
    """The plan of every district and one coverage of neighbourhoods."""

    sources: Sources
    seed: int
    districts: Mapping[int, DistrictPlan]
    neighbourhoods: Mapping[int, Shapes]
    """Per district a polygon for each of its neighbourhoods, in their order."""


def plan_city(sources: Sources, parcels: int, seed: int) -> CityPlan:
    """Settle the districts, share the parcels out, lay out the meshes, draw the neighbourhoods."""
    settlements = tuple(s for district in sources.districts for s in settle(district, sources.survey, seed))
    warps = {district.id: _warps(district.id, settlements, seed) for district in sources.districts}
    meshes = _meshes(settlements, parcels, warps, seed)
    plans = {}
    for district in sources.districts:
        own = [(s, mesh) for s, mesh in zip(settlements, meshes, strict=True) if s.district_id == district.id]
        plans[district.id] = DistrictPlan(
            district=district,
            settlements=tuple(settlement for settlement, _ in own),
            meshes=tuple(mesh for _, mesh in own),
            edges=tuple(edges_of(mesh) for _, mesh in own),
            warps=warps[district.id],
        )
    return CityPlan(sources, seed, plans, _neighbourhoods(sources, plans))


def _meshes(settlements: tuple[Settlement, ...], parcels: int, warps: Mapping[int, Warps], seed: int) -> list[Mesh]:
    """Towns between sea and border fill up, and fields take fewer parcels; what is missing goes to the others."""
    room = np.array([settlement.room for settlement in settlements])
    asked = float(parcels)
    meshes: list[Mesh] = []
    for _ in range(_ROUNDS):
        shares = share_parcels(settlements, round(asked), room)
        meshes = [
            lay_out(s, int(share), warps[s.district_id], np.random.default_rng([seed, s.district_id, 3, s.number]))
            for s, share in zip(settlements, shares, strict=True)
        ]
        laid = np.array([int(mesh.quarters.lots.sum()) for mesh in meshes])
        if laid.sum() > parcels * (1 - _SHORTFALL):
            break
        room = np.where(laid < shares * _FULL, laid, room)
        asked *= parcels / laid.sum()
    return meshes


def _warps(district_id: int, settlements: tuple[Settlement, ...], seed: int) -> Warps:
    centres = np.array([s.centre for s in settlements if s.district_id == district_id])
    return Warps.draw(centres, np.random.default_rng([seed, district_id, 2]))


def _neighbourhoods(sources: Sources, plans: Mapping[int, DistrictPlan]) -> dict[int, Shapes]:
    """Node all borders of the city at once, so that the polygons share every corner, across districts too."""
    lines = [shapely.boundary(district.outline) for district in sources.districts]
    lines.append(shapely.boundary(sources.survey.outline))
    for plan in plans.values():
        lines.extend(_borders(plan))
    noded = shapely.unary_union(shapely.set_precision(np.array(lines), GRID_M, mode="pointwise"), grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inside = shapely.point_on_surface(faces)
    tree = shapely.STRtree(inside)
    found = {}
    for district in sources.districts:
        own = np.sort(tree.query(district.outline, predicate="contains"))
        member = _members_of_faces(plans[district.id], sources, faces[own], inside[own])
        found[district.id] = np.array(
            [_joined(faces[own][member == i]) for i in range(len(district.neighbourhoods))], dtype=object
        )
    return found


def _joined(faces: Shapes) -> BaseGeometry:
    parts = shapely.get_parts(shapely.coverage_union_all(faces))
    return shapely.multipolygons(parts)


def _borders(plan: DistrictPlan) -> list[BaseGeometry]:
    """Streets between different neighbourhoods or at the edge of town, and halfway lines across open land."""
    streets = [
        line
        for settlement, mesh, edges in zip(plan.settlements, plan.meshes, plan.edges, strict=True)
        for line in _border_streets(settlement, mesh, edges, plan.warps)
    ]
    cells, members = _cells(plan)
    halfway = shapely.union_all(
        shapely.boundary([shapely.coverage_union_all(cells[members == member]) for member in np.unique(members)])
    )
    towns = shapely.union_all(shapely.get_parts(shapely.polygonize(streets)))
    open_land = shapely.difference(shapely.buffer(plan.district.outline, 0.4), towns)
    return [*streets, shapely.intersection(halfway, open_land)]


def _border_streets(settlement: Settlement, mesh: Mesh, edges: Edges, warps: Warps) -> list[BaseGeometry]:
    member = np.append(mesh.quarters.member, NOTHING)
    differ = member[edges.left] != member[edges.right]
    lines = sampled(edges.ua[differ], edges.va[differ], edges.ub[differ], edges.vb[differ]).to_ground(
        np.full(int(differ.sum()), settlement.number), warps
    )
    return list(lines)


def _middles(plan: DistrictPlan) -> tuple[Floats, Integers]:
    middles, members = [], []
    for settlement, mesh in zip(plan.settlements, plan.meshes, strict=True):
        quarters = mesh.quarters
        number = np.full(len(quarters), settlement.number)
        u, v = (quarters.u0 + quarters.u1) / 2, (quarters.v0 + quarters.v1) / 2
        middles.append(plan.warps.to_ground(number, u, v))
        members.append(quarters.member)
    return np.concatenate(middles), np.concatenate(members)


def _cells(plan: DistrictPlan) -> tuple[Shapes, Integers]:
    middles, members = _middles(plan)
    cells = shapely.voronoi_polygons(shapely.multipoints(middles), extend_to=plan.district.outline, ordered=True)
    return shapely.get_parts(cells), members


def _members_of_faces(plan: DistrictPlan, sources: Sources, faces: Shapes, inside: Shapes) -> Integers:
    """A face with quarters is theirs; open land belongs to the nearest quarter; the survey keeps its own."""
    middles, members = _middles(plan)
    points = shapely.points(middles)
    nearest = shapely.STRtree(points).nearest(inside)
    found: Integers = members[nearest]
    face, quarter = shapely.STRtree(points).query(faces, predicate="contains")
    found[face] = members[quarter]
    if sources.survey.district_id == plan.district.id:
        names = [neighbourhood.name for neighbourhood in plan.district.neighbourhoods]
        found[shapely.within(inside, sources.survey.outline)] = names.index(sources.survey.neighbourhood)
    return found
