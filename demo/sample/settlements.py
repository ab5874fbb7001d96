"""Where people live: neighbourhoods that lie close together share a town, the others are villages."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from demo.sample.arrays import Flags, Floats, Integers
from demo.sample.sources import District, Survey

_NEXT_DOOR_M = 1100.0
"""Neighbourhoods whose middles are this near belong to one town."""
_TOWN_SIZE = 14
"""A town of more neighbourhoods is split, so that a district has several centres."""
_VILLAGE_POPULATION = 3000
_LEAST_PARCELS = 6
_TOWN_PARCEL_M2 = 520.0
_VILLAGE_PARCEL_M2 = 1600.0
_KEEP_CLEAR_M = 90.0
"""Between the surveyed neighbourhood and generated streets."""
_BUILT_SHARE = 0.5
"""Of a territory, what blocks of whole quarters can really cover."""


@dataclass(frozen=True)
class Settlement:
    """A town or a village: its neighbourhoods, how many parcels it gets, and the ground that is its own."""

    district_id: int
    number: int
    members: tuple[int, ...]
    """Positions in the district's list of neighbourhoods."""
    positions: Floats
    population: Floats
    centre: tuple[float, float]
    territory: BaseGeometry
    is_village: bool

    @property
    def room(self) -> float:
        """How many parcels fit."""
        each = _VILLAGE_PARCEL_M2 if self.is_village else _TOWN_PARCEL_M2
        return max(float(len(self.members)), float(self.territory.area) * _BUILT_SHARE / each)


def settle(district: District, survey: Survey, seed: int) -> tuple[Settlement, ...]:
    """Group a district's neighbourhoods into settlements with territories that do not touch."""
    rng = np.random.default_rng([seed, district.id, 1])
    ground = district.outline
    members = list(range(len(district.neighbourhoods)))
    if survey.district_id == district.id:
        ground = shapely.difference(ground, shapely.buffer(survey.outline, _KEEP_CLEAR_M))
        members = [i for i in members if district.neighbourhoods[i].name != survey.neighbourhood]
    positions = _positions(district, ground, rng)
    population = np.array([n.population for n in district.neighbourhoods], dtype=float)
    groups = sorted(_groups(members, positions, population), key=lambda group: group[0])
    centres = np.array([np.average(positions[g], axis=0, weights=population[g]) for g in groups])
    territories = _territories(centres, ground)
    return tuple(
        Settlement(
            district_id=district.id,
            number=number,
            members=tuple(group),
            positions=positions[group],
            population=population[group],
            centre=_inside(territory, centre),
            territory=territory,
            is_village=float(population[group].sum()) < _VILLAGE_POPULATION,
        )
        for number, (group, centre, territory) in enumerate(zip(groups, centres, territories, strict=True))
    )


def share_parcels(settlements: tuple[Settlement, ...], parcels: int, room: Floats) -> Integers:
    """How many parcels each settlement gets: by population, at least a few, at most what fits.

    What does not fit in a crowded district goes to the others in proportion.
    """
    people = np.array([s.population.sum() for s in settlements])
    least = np.array([_LEAST_PARCELS * len(s.members) for s in settlements], dtype=float)
    room = np.maximum(room, least)
    low, high = 0.0, parcels / people.min()
    for _ in range(60):
        middle = (low + high) / 2
        if np.clip(people * middle, least, room).sum() < parcels:
            low = middle
        else:
            high = middle
    shares: Floats = np.round(np.clip(people * high, least, room))
    return shares.astype(np.int64)


def _positions(district: District, ground: BaseGeometry, rng: np.random.Generator) -> Floats:
    """Known positions stay; each unknown one goes where the emptiest of many random points is."""
    candidates = _points_inside(ground, 4000, rng)
    known = np.array([n.position for n in district.neighbourhoods if n.position is not None])
    placed = known if len(known) else candidates[:1]
    positions = []
    for neighbourhood in district.neighbourhoods:
        position = neighbourhood.position
        if position is None:
            tried = candidates[rng.integers(0, len(candidates), 40)]
            gaps = np.linalg.norm(tried[:, None] - placed[None], axis=2).min(axis=1)
            position = tuple(tried[gaps.argmax()])
            placed = np.vstack([placed, position])
        positions.append(position)
    return np.array(positions)


def _points_inside(ground: BaseGeometry, count: int, rng: np.random.Generator) -> Floats:
    west, south, east, north = ground.bounds
    shapely.prepare(ground)
    points: Floats = rng.uniform((west, south), (east, north), (count * 8, 2))
    inside: Flags = shapely.contains_xy(ground, points)
    return points[inside][:count]


def _groups(members: list[int], positions: Floats, population: Floats) -> list[list[int]]:
    groups: list[list[int]] = []
    left = list(members)
    while left:
        town, frontier = [], [left.pop(0)]
        while frontier:
            here = frontier.pop()
            town.append(here)
            distances = np.linalg.norm(positions[left] - positions[here], axis=1)
            near = [i for i, distance in zip(left, distances, strict=True) if distance < _NEXT_DOOR_M]
            left = [i for i in left if i not in near]
            frontier.extend(near)
        groups.extend(_halved(sorted(town), positions, population))
    return groups


def _halved(town: list[int], positions: Floats, population: Floats) -> list[list[int]]:
    """Cut across the longer side until no part is too large."""
    if len(town) <= _TOWN_SIZE:
        return [town]
    axis = int(np.ptp(positions[town], axis=0).argmax())
    order = sorted(town, key=lambda i: (positions[i, axis], i))
    middle = len(order) // 2
    return [
        part
        for half in (sorted(order[:middle]), sorted(order[middle:]))
        for part in _halved(half, positions, population)
    ]


def _territories(centres: Floats, ground: BaseGeometry) -> list[BaseGeometry]:
    inner = shapely.buffer(ground, -15)
    if len(centres) == 1:
        return [inner]
    cells = shapely.voronoi_polygons(shapely.multipoints(centres), extend_to=ground, ordered=True)
    cut = shapely.intersection(shapely.buffer(shapely.get_parts(cells), -20), inner)
    return list(cut)


def _inside(territory: BaseGeometry, centre: Floats) -> tuple[float, float]:
    """A centre that fell into the sea or over a border moves to the nearest ground with some room around it."""
    roomy = shapely.buffer(territory, -60)
    ground = territory if roomy.is_empty else roomy
    if shapely.contains_xy(ground, *centre):
        return float(centre[0]), float(centre[1])
    line = shapely.shortest_line(ground, shapely.points(*centre))
    x, y = shapely.get_coordinates(line)[0]
    return float(x), float(y)
