"""Parcels of every district, written in every system and in every wrong way, and what is made of each file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from demo.sample.blocks import blocks_of, rows_of
from demo.sample.city import plan_city
from demo.sample.ground import ground_of
from demo.sample.lots import fabric_of, parcel_shapes
from demo.sample.sources import read_sources
from importers.broken import BrokenFile, UnknownSystem
from importers.crs.evidence import Evidence, nothing_published
from importers.crs.judging import Sample
from importers.crs.locate import locate
from importers.crs.pipelines import placement
from importers.crs.reading import Points, Reading
from importers.shapes import Shapes
from layers.core.declared_crs import METRES_IN, DeclaredCrs
from layers.core.profile import Profile, load_profile

PROFILE = Path(__file__).parents[1] / "profiles" / "izmir.toml"
SYSTEMS = (
    *range(5253, 5260),
    *range(5269, 5276),
    *range(2319, 2326),
    *range(2206, 2213),
    *range(23035, 23039),
    32635,
    4326,
    5252,
    3857,
    5636,
    5637,
)
"""All that files of the sample's city are known to be written in."""
WAYS = ("declared right", "declared wrong", "undeclared", "axes swapped", "prefixed", "mm", "ft")
RECORDS = 60
_WITHIN_M = 3.0
"""Closer than any two readings of the same numbers that are not one place."""
_OLD_DATUM = 4230
_LOCAL_M = 2.0
"""By so much the numbers of the old datum, made from points of the place, may miss the public transformation."""


@dataclass(frozen=True)
class Quarter:
    """Some parcels of a district that are sent, and the others, which are published."""

    district_id: int
    outline: BaseGeometry
    sent: Shapes
    published: shapely.STRtree
    local_m: Points
    """By how much the place's own numbers of the old datum miss."""

    def evidence(self, *, with_neighbours: bool) -> Evidence:
        """New parcels among published ones, or the first that ever came."""
        unnamed = np.full((len(self.sent), 2), np.nan)
        return Evidence(self.outline, unnamed, self._near if with_neighbours else nothing_published)

    def _near(self, boxes: Shapes) -> Shapes:
        found = np.unique(self.published.query(boxes)[1])
        return np.asarray(self.published.geometries.take(found), dtype=object)


@dataclass(frozen=True)
class Written:
    """A file: its numbers, and what it says about them."""

    quarter: Quarter
    srid: int
    way: str
    shapes: Shapes
    declared: DeclaredCrs | None


@dataclass(frozen=True)
class Verdict:
    """What was made of it."""

    written: Written
    is_first: bool
    """The true place is used, or comes first among those to choose from."""
    is_shown: bool
    """It is used or among them."""
    is_used: bool
    """Something is applied without asking."""
    places: int
    """How many places are offered."""


def quarters(parcels: int, seed: int = 1, every: int = 3) -> Iterator[Quarter]:
    """One of every district of the sample's city; of the parcels in a row every so many are sent."""
    plan = plan_city(read_sources(load_profile(PROFILE)), parcels, seed)
    for district_id, district in plan.districts.items():
        rng = np.random.default_rng([seed, district_id])
        ground = ground_of(district)
        lines = rows_of(ground, rng)
        shapes = parcel_shapes(fabric_of(ground, lines, blocks_of(ground, lines, rng), rng))
        start = int(rng.integers(max(len(shapes) - every * RECORDS, 1)))
        is_sent = np.zeros(len(shapes), dtype=bool)
        is_sent[start : start + every * RECORDS : every] = True
        turn, length = rng.uniform(0, 2 * np.pi), rng.uniform(0, _LOCAL_M)
        yield Quarter(
            district_id,
            district.district.outline,
            shapes[is_sent],
            shapely.STRtree(shapes[~is_sent]),
            length * np.array([np.cos(turn), np.sin(turn)]),
        )


def written(quarter: Quarter, srid: int) -> Iterator[Written]:
    """The quarter's file in a system, rightly and in every wrong way that can be."""
    plain = _in_system(quarter, srid)
    said = DeclaredCrs(srid)
    other = SYSTEMS[(SYSTEMS.index(srid) + 1 + quarter.district_id % (len(SYSTEMS) - 1)) % len(SYSTEMS)]
    yield Written(quarter, srid, "declared right", plain, said)
    yield Written(quarter, srid, "declared wrong", plain, DeclaredCrs(other))
    yield Written(quarter, srid, "undeclared", plain, None)
    yield Written(quarter, srid, "axes swapped", shapely.transform(plain, lambda points: points[:, ::-1]), said)
    if CRS.from_epsg(srid).is_geographic:
        return
    if (zone := _zone(srid)) is not None:
        yield Written(
            quarter, srid, "prefixed", shapely.transform(plain, lambda points, zone=zone: points + zone), said
        )
    for unit in ("mm", "ft"):
        factor = METRES_IN[unit]
        yield Written(quarter, srid, unit, _scaled(plain, factor), said)


def verdict(file: Written, profile: Profile, *, with_neighbours: bool) -> Verdict:
    """Let the file be located."""
    truth = Sample.of(file.quarter.sent).points
    sent = Sample.of(file.shapes).points

    def is_true(said: DeclaredCrs) -> bool:
        apart = placement(Reading.declared(said), profile).moved(sent) - truth
        return bool(np.hypot(*apart.T).max() < _WITHIN_M)

    try:
        used = locate(file.shapes, file.declared, None, file.quarter.evidence(with_neighbours=with_neighbours), profile)
    except BrokenFile as refusal:
        if file.declared is None and not isinstance(refusal, UnknownSystem):
            raise
        shown = [is_true(DeclaredCrs.parse(one["crs"])) for one in refusal.facts["candidates"]]
        return Verdict(file, shown[:1] == [True], any(shown), is_used=False, places=len(shown))
    said = used.placement.reading.said
    if said != file.declared or said is None:
        raise AssertionError(f"{said} was applied although {file.declared} was said")
    return Verdict(file, is_true(said), is_true(said), is_used=True, places=1 + len(used.rivals))


def _in_system(quarter: Quarter, srid: int) -> Shapes:
    """Rounded as files are: to the centimetre, or to seven places of degrees."""
    system = CRS.from_epsg(srid)
    is_old = system.geodetic_crs is not None and system.geodetic_crs.to_epsg() == _OLD_DATUM
    local_m = quarter.local_m if is_old else np.zeros(2)

    def write(points: Points) -> Points:
        numbers = np.column_stack(_from_storage(srid).transform(*(points + local_m).T))
        return np.round(numbers, 7 if system.is_geographic else 2)

    return np.asarray(shapely.transform(quarter.sent, write), dtype=object)


def _scaled(shapes: Shapes, factor: float) -> Shapes:
    return np.asarray(shapely.transform(shapes, lambda points: points / factor), dtype=object)


@cache
def _from_storage(srid: int) -> Transformer:
    """As other programs do it: PROJ's own choice, not the pinned one."""
    return Transformer.from_crs(load_profile(PROFILE).storage_srid, srid, always_xy=True)


@cache
def _zone(srid: int) -> Points | None:
    """What people write before the eastings of a system that has no zone number."""
    operation = CRS.from_epsg(srid).coordinate_operation
    if operation is None or operation.method_name != "Transverse Mercator":
        return None
    named = {parameter.name: float(parameter.value) for parameter in operation.params}
    if named["False easting"] >= 1_000_000:
        return None
    meridian, is_utm = named["Longitude of natural origin"], named["Scale factor at natural origin"] != 1
    return np.array([1_000_000 * ((meridian + 183) / 6 if is_utm else meridian / 3), 0.0])
