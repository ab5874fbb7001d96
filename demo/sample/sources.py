"""The real facts the sample stands on: boundaries, names, populations, assembly areas, one surveyed quarter."""

import csv
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from demo.sample.assembly_areas import AssemblyArea, read_assembly_areas
from layers.core.profile import District as NamedDistrict
from layers.core.profile import Profile

DATA = Path(__file__).parent.parent / "data"
GRID_M = 0.001
"""Every coordinate lies on this grid, so that neighbours share corners exactly."""
_STRAY_M = 300.0
"""An assembly area farther than this outside its own district has a coordinate nobody can repair."""


class NoSample(Exception):
    """There is no sample data for this profile."""

    def __init__(self, profile: str) -> None:
        known = ", ".join(sorted(folder.parent.name for folder in DATA.glob("*/sample.toml")))
        super().__init__(f"There is no sample data for the profile {profile!r}; there is for: {known}.")


@dataclass(frozen=True)
class Neighbourhood:
    """An administrative neighbourhood and, where assembly areas tell, where it lies (storage CRS)."""

    name: str
    code: str
    population: int
    position: tuple[float, float] | None


@dataclass(frozen=True)
class AssemblyPlace:
    """An assembly area whose position is believed (storage CRS)."""

    sign_no: str
    neighbourhood: str
    address: str
    x: float
    y: float


@dataclass(frozen=True)
class District:
    """A district with everything known about it."""

    id: int
    name: str
    outline: BaseGeometry
    neighbourhoods: tuple[Neighbourhood, ...]
    places: tuple[AssemblyPlace, ...]
    places_left_out: int


@dataclass(frozen=True)
class Survey:
    """The neighbourhood that carries real buildings and roads instead of generated fabric."""

    district_id: int
    neighbourhood: str
    outline: BaseGeometry
    buildings: tuple["SurveyedFeature", ...]
    roads: tuple["SurveyedFeature", ...]
    addresses: tuple["SurveyedFeature", ...]


@dataclass(frozen=True)
class SurveyedFeature:
    """A feature of the survey with its original tags."""

    tags: Mapping[str, str]
    geom: BaseGeometry


@dataclass(frozen=True)
class Sources:
    """All of it, in the storage CRS and on the millimetre grid."""

    profile: Profile
    districts: tuple[District, ...]
    survey: Survey
    words: Mapping[str, Any]
    facts: Mapping[str, Any]

    @property
    def srid(self) -> int:
        """The storage CRS."""
        return self.profile.storage_srid

    def district(self, district_id: int) -> District:
        """The district of that number."""
        return next(district for district in self.districts if district.id == district_id)


def has_sample(profile: Profile) -> bool:
    """True where the demo knows a fabric for the profile."""
    return (DATA / profile.name / "sample.toml").is_file()


def read_sources(profile: Profile) -> Sources:
    """Read the profile's folder under demo/data; raises NoSample where there is none."""
    if not has_sample(profile):
        raise NoSample(profile.name)
    folder = DATA / profile.name
    facts = tomllib.loads((folder / "sample.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
    to_storage = _Projection(profile.storage_srid)
    outlines = _outlines(folder / "districts.geojson", profile, to_storage)
    areas = _by_district(
        read_assembly_areas(folder / "assembly_areas.csv", facts["latitude_degrees"], facts["longitude_degrees"]),
        profile,
    )
    registers = _registers(folder / "neighbourhoods.csv")
    districts = tuple(
        _district(d, outlines[d.id], areas.get(d.id, []), registers[d.name], profile, to_storage)
        for d in profile.districts
    )
    survey = _survey(folder, facts, outlines, profile, to_storage)
    return Sources(profile, districts, survey, words, facts)


class _Projection:
    def __init__(self, srid: int) -> None:
        self._transformer = Transformer.from_crs(4326, srid, always_xy=True)

    def __call__(self, geom: BaseGeometry) -> BaseGeometry:
        moved = shapely.transform(geom, lambda lonlat: np.column_stack(self._transformer.transform(*lonlat.T)))
        return shapely.set_precision(moved, GRID_M, mode="pointwise")

    def point(self, lonlat: tuple[float, float]) -> tuple[float, float]:
        x, y = self._transformer.transform(*lonlat)
        return round(x, 3), round(y, 3)


def _outlines(path: Path, profile: Profile, to_storage: _Projection) -> dict[int, BaseGeometry]:
    found = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        district = profile.district_named(feature["properties"]["name"])
        if district is not None:
            found[district.id] = to_storage(shape(feature["geometry"]))
    return found


def _by_district(areas: tuple[AssemblyArea, ...], profile: Profile) -> dict[int, list[AssemblyArea]]:
    found: dict[int, list[AssemblyArea]] = {}
    for name in sorted({area.district for area in areas}):
        district = profile.district_named(name)
        if district is not None:
            found[district.id] = [area for area in areas if area.district == name]
    return found


def _registers(path: Path) -> dict[str, list[tuple[str, str, int]]]:
    """Per district name, code and population of its neighbourhoods, by code."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line in sorted(csv.DictReader(file), key=lambda line: int(line["code"])):
            found.setdefault(line["district"], []).append((line["name"], line["code"], int(line["population"])))
    return found


def _district(
    named: NamedDistrict,
    outline: BaseGeometry,
    areas: list[AssemblyArea],
    register: list[tuple[str, str, int]],
    profile: Profile,
    to_storage: _Projection,
) -> District:
    names = {_key(name, profile): name for name, _, _ in register}
    places = tuple(_believed(areas, outline, names, profile, to_storage))
    seen: dict[str, list[tuple[float, float]]] = {}
    for place in places:
        seen.setdefault(place.neighbourhood, []).append((place.x, place.y))
    neighbourhoods = tuple(
        Neighbourhood(name, code, population, _middle(seen.get(name))) for name, code, population in register
    )
    return District(named.id, named.name, outline, neighbourhoods, places, len(areas) - len(places))


def _believed(
    areas: list[AssemblyArea],
    outline: BaseGeometry,
    names: Mapping[str, str],
    profile: Profile,
    to_storage: _Projection,
) -> list[AssemblyPlace]:
    """Places near their own district, under the register's name of the neighbourhood where it has one."""
    near = shapely.buffer(outline, _STRAY_M)
    shapely.prepare(near)
    places = []
    for area in areas:
        if area.lonlat is None:
            continue
        x, y = to_storage.point(area.lonlat)
        if shapely.contains_xy(near, x, y):
            name = names.get(_key(area.neighbourhood, profile), area.neighbourhood)
            places.append(AssemblyPlace(area.sign_no, name, area.address, x, y))
    return places


def _key(name: str, profile: Profile) -> str:
    """The list writes "9 EYLÜL MAH." where the register writes "9 Eylül"."""
    words = [word for word in profile.fold(name).split() if word not in profile.search.neighbourhood]
    return "".join(words)


def _middle(points: list[tuple[float, float]] | None) -> tuple[float, float] | None:
    if points is None:
        return None
    x, y = np.median(np.array(points), axis=0)
    return float(x), float(y)


def _survey(
    folder: Path,
    facts: Mapping[str, Any],
    outlines: Mapping[int, BaseGeometry],
    profile: Profile,
    to_storage: _Projection,
) -> Survey:
    district = profile.district_named(facts["surveyed_district"])
    if district is None:
        raise NoSample(profile.name)
    (border,) = _features(folder / "osm" / "neighbourhood.geojson", to_storage)
    # The two sources disagree by a few metres along the shore.
    common = shapely.get_parts(shapely.intersection(border.geom, outlines[district.id], grid_size=GRID_M))
    return Survey(
        district.id,
        facts["surveyed_neighbourhood"],
        max(common, key=lambda part: part.area),
        _features(folder / "osm" / "buildings.geojson", to_storage),
        _features(folder / "osm" / "roads.geojson", to_storage),
        _features(folder / "osm" / "addresses.geojson", to_storage),
    )


def _features(path: Path, to_storage: _Projection) -> tuple[SurveyedFeature, ...]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return tuple(SurveyedFeature(f["properties"], to_storage(shape(f["geometry"]))) for f in features)
