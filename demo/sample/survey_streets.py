"""The surveyed neighbourhood's real streets, and door numbers along them."""

import re
from dataclasses import dataclass

import numpy as np
import shapely

from demo.sample.arrays import Floats, Integers
from demo.sample.ragged import ranks
from demo.sample.sources import GRID_M, Survey, SurveyedFeature
from demo.sample.survey_ground import SurveyGround, is_street
from layers.core.profile import Profile

_BESIDE_M = 60.0
_REACH_M = 45.0
_DOOR = re.compile(r"(\d+)(?:/?([A-Z]|[A-Z]?\d))?")


@dataclass(frozen=True)
class SurveyRoad:
    """A real street piece, clipped to the neighbourhood and a little around it."""

    osm_ref: str
    name: str
    street_type: str
    highway: str
    geom: shapely.LineString | shapely.MultiLineString

    @property
    def is_named(self) -> bool:
        """False for a street the survey gives no name."""
        return self.name != ""


@dataclass(frozen=True)
class SurveyDoor:
    """A door: really surveyed, or numbered by the sample along the real street."""

    street: int
    """Position in the list of roads."""
    number: str
    parcel: int
    x: float
    y: float
    is_surveyed: bool
    postal_code: str = ""


def survey_roads(survey: Survey, profile: Profile) -> tuple[SurveyRoad, ...]:
    """Streets, and paths that have a name."""
    around = shapely.buffer(survey.outline, _BESIDE_M)
    found = []
    for road in survey.roads:
        name = street_name(road.tags.get("name", ""))
        if not name and not is_street(road.tags["highway"]):
            continue
        geom = shapely.intersection(road.geom, around, grid_size=GRID_M)
        parts = shapely.get_parts(geom)
        parts = parts[(shapely.get_type_id(parts) == 1) & ~shapely.is_empty(parts)]
        if len(parts):
            lines = shapely.line_merge(shapely.multilinestrings(parts))
            ref = road.tags["osm_id"].split("/")[-1]
            found.append(SurveyRoad(ref, name, street_type(name, profile), road.tags["highway"], lines))
    return tuple(sorted(found, key=lambda road: int(road.osm_ref)))


def street_name(written: str) -> str:
    """The map writes "1453. Sokak"; the register of addresses writes "1453 Sokak"."""
    return re.sub(r"^([\d/]+)\.\s*", r"\1 ", written.strip())


def street_type(name: str, profile: Profile) -> str:
    """Told by the last word."""
    folded = profile.fold(name).split()
    return profile.search.street_types.get(folded[-1], "") if folded else ""


def survey_doors(
    survey: Survey, ground: SurveyGround, roads: tuple[SurveyRoad, ...], profile: Profile
) -> tuple[SurveyDoor, ...]:
    """Surveyed door numbers first; every other built parcel gets the next number on its side of the street."""
    surveyed = _surveyed(survey, ground, roads, profile)
    known = {(roads[door.street].name, door.number) for door in surveyed}
    taken = {door.parcel for door in surveyed}
    numbered = [
        door
        for door in _numbered(ground, roads)
        if (roads[door.street].name, door.number) not in known and door.parcel not in taken
    ]
    return (*surveyed, *numbered)


def _surveyed(
    survey: Survey, ground: SurveyGround, roads: tuple[SurveyRoad, ...], profile: Profile
) -> list[SurveyDoor]:
    by_key = {_street_key(road.name, profile): i for i, road in reversed(list(enumerate(roads))) if road.is_named}
    tree = shapely.STRtree(ground.parcels)
    found: dict[tuple[int, str], SurveyDoor] = {}
    for feature in (*survey.addresses, *survey.buildings):
        street = by_key.get(_street_key(feature.tags.get("addr:street", ""), profile))
        number = _DOOR.fullmatch(feature.tags.get("addr:housenumber", ""))
        if street is None or number is None:
            continue
        point = shapely.point_on_surface(feature.geom)
        parcel = int(tree.nearest(point))
        if shapely.distance(point, ground.parcels[parcel]) > 15:
            continue
        written = number[1] + (f"/{number[2]}" if number[2] else "")
        x, y = shapely.get_coordinates(shapely.set_precision(point, GRID_M))[0]
        found.setdefault((street, written), _door(street, written, parcel, x, y, feature))
    return list(found.values())


def _door(street: int, number: str, parcel: int, x: float, y: float, feature: SurveyedFeature) -> SurveyDoor:
    return SurveyDoor(street, number, parcel, float(x), float(y), True, feature.tags.get("addr:postcode", ""))


def _street_key(name: str, profile: Profile) -> str:
    """ "1469 Sk" and "1469. Sokak" are one street."""
    words = profile.fold(street_name(name)).split()
    return " ".join(profile.search.street_types.get(word, word) for word in words)


def _numbered(ground: SurveyGround, roads: tuple[SurveyRoad, ...]) -> list[SurveyDoor]:
    parcels = np.flatnonzero(ground.has_building)
    named = np.array([i for i, road in enumerate(roads) if road.is_named])
    lines = np.array([roads[i].geom for i in named])
    shapes = ground.parcels[parcels]
    pair = shapely.STRtree(lines).query_nearest(shapes, max_distance=_REACH_M, all_matches=False)
    shapes, parcels, street = shapes[pair[0]], parcels[pair[0]], pair[1]
    link = shapely.get_coordinates(shapely.shortest_line(lines[street], shapes)).reshape(-1, 2, 2)
    name, names = _numbers_of_names([roads[i].name for i in named[street]])
    axis = _axes(name, link[:, 0], len(names))
    along = (link[:, 0] * axis[name]).sum(axis=1)
    hand = link[:, 1] - link[:, 0]
    is_left = axis[name, 0] * hand[:, 1] - axis[name, 1] * hand[:, 0] > 0
    rank = ranks(name * 2 + ~is_left, along)
    number = rank * 2 + np.where(is_left, 1, 2)
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes))
    step = inside - link[:, 1]
    points = link[:, 1] + step * np.minimum(1, 1.5 / np.maximum(np.linalg.norm(step, axis=1), 0.1))[:, None]
    points = np.where(shapely.contains_xy(shapes, points)[:, None], points, inside)
    points = np.round(points, 3)
    return [
        SurveyDoor(int(named[s]), str(n), int(p), float(x), float(y), False)
        for s, n, p, (x, y) in zip(street, number, parcels, points, strict=True)
    ]


def _numbers_of_names(names: list[str]) -> tuple[Integers, list[str]]:
    distinct = sorted(set(names))
    position = {name: i for i, name in enumerate(distinct)}
    return np.array([position[name] for name in names]), distinct


def _axes(name: Integers, points: Floats, count: int) -> Floats:
    """The main direction of each street, from south-west to north-east."""
    axes = np.tile([1.0, 0.0], (count, 1))
    for i in range(count):
        own = points[name == i] - points[name == i].mean(axis=0)
        if len(own) > 1:
            axes[i] = np.linalg.svd(own, full_matrices=False)[2][0]
    flipped = axes.sum(axis=1) < 0
    axes[flipped] *= -1
    return axes
