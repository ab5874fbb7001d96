"""A file that somebody only wants to look at: its layers in degrees, compared with nothing, kept nowhere."""

import datetime
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

import numpy as np
import shapely

from importers.apart.confine import Limits
from importers.apart.room import ReadingRoom
from importers.broken import DoubtfulSystem, NoSuchSystem, NothingInside, ShiftedSystem, UnknownSystem
from importers.crs.evidence import Evidence, Ground
from importers.crs.landing import in_degrees
from importers.crs.locate import Located, locate
from importers.file_layers import FileLayer, layers_of_file
from importers.reader import Record
from importers.shapes import Shapes
from importers.unpack import unpack
from layers.core.declared_crs import DeclaredCrs
from layers.core.profile import Profile

MOST_FEATURES = 20_000
MOST_CORNERS = 500_000
"""More is slow to draw, and would be a long answer."""
MOST_LAYERS = 200
LIMITS = Limits(cpu_seconds=30, memory_bytes=2 << 30, written_bytes=2 << 30)
"""Somebody waits before a map."""
_TABLES = ("delimited", "spreadsheet")
_READINGS = ("Point", "LineString", "Polygon")
_SAMPLE = 1_000
_DEGREES_GRID = 1e-8
"""A millimetre."""
_DOUBTS = (UnknownSystem, NoSuchSystem, DoubtfulSystem, ShiftedSystem)

OutlinesNear = Callable[[Shapes], Shapes]
"""The published shapes that reach into any of some boxes."""


@dataclass(frozen=True)
class Opened:
    """What a file's layers hold, in the file's own numbers."""

    source: FileLayer
    records: Sequence[Record]

    @property
    def shapes(self) -> Shapes:
        """A shape or none for each record."""
        return np.array([record.geometry for record in self.records], dtype=object)


@dataclass(frozen=True)
class SeenLayer:
    """A layer as a map draws it."""

    name: str
    fields: tuple[str, ...]
    count: int
    """In the file, of which the features may be the first only."""
    features: tuple[Mapping[str, Any], ...]
    """GeoJSON in degrees."""


@dataclass(frozen=True)
class Seen:
    """Where a file lies and what is in it; without layers where a person must choose the place first."""

    system: Mapping[str, Any] | None
    """`crs` as it is declared and `name` for people; None where nothing is chosen."""
    places: tuple[Mapping[str, Any], ...]
    """Where it may lie, the likeliest first; empty where there is no choice."""
    layers: tuple[SeenLayer, ...]
    doubt: str | None = None
    """The code of what makes the place doubtful."""


def opened(room: ReadingRoom, filename: str, pieces: Iterable[bytes], profile: Profile) -> list[Opened]:
    """Every layer that holds something, up to the limits. Raises BrokenFile."""
    paths = unpack(filename, pieces, room.folder)
    sources = [source for source in layers_of_file(room, paths, profile, filename) if source.described.count]
    found, features, corners = [], MOST_FEATURES, MOST_CORNERS
    for source in sources[:MOST_LAYERS]:
        if features <= 0 or corners <= 0:
            break
        records = _with_few_corners(source.records(features), corners)
        features -= len(records)
        corners -= sum(_corners(record) for record in records)
        found.append(Opened(source, records))
    if not any(record.geometry is not None for one in found for record in one.records):
        raise NothingInside
    return _each_table_once(found)


def seen(found: Sequence[Opened], declared: DeclaredCrs | None, near: OutlinesNear, profile: Profile) -> Seen:
    """Move each layer to where it lies. What a person declares is of the layers that say no system, or of all."""
    groups = [list(group) for _, group in groupby(sorted(found, key=_system), key=_system)]
    shown: list[SeenLayer] = []
    system: Mapping[str, Any] | None = None
    places: tuple[Mapping[str, Any], ...] = ()
    for group in groups:
        says_nothing = group[0].source.described.crs is None
        try:
            located = _located(group, declared if says_nothing or len(groups) == 1 else None, near, profile)
        except _DOUBTS as doubt:
            return Seen(None, tuple(doubt.facts["candidates"]), (), doubt.code)
        shown += [_shown(one, located, profile) for one in group]
        if system is None or says_nothing:
            said = located.placement.reading.said
            system = {"crs": str(said) if said else None, "name": located.placement.reading.name}
            places = located.places
    return Seen(system, places, tuple(sorted(shown, key=lambda layer: layer.name)))


def _each_table_once(found: Sequence[Opened]) -> list[Opened]:
    """A list of coordinates can be read as points, as lines and as outlines: as outlines where each has corners."""
    kept = []
    for (reader, _), group in groupby(found, key=lambda one: (one.source.reader.id, one.source.path)):
        readings = list(group)
        if reader in _TABLES and len(readings) == len(_READINGS):
            by_kind = {one.source.described.geometry_type: one for one in readings}
            points, outlines = by_kind[_READINGS[0]], by_kind[_READINGS[-1]]
            has_names = bool(outlines.source.described.fields)
            is_outlines = has_names and not shapely.is_missing(outlines.shapes).any()
            readings = [outlines if is_outlines else points]
        kept += readings
    return kept


def _system(one: Opened) -> str:
    return one.source.described.crs or ""


def _located(group: Sequence[Opened], declared: DeclaredCrs | None, near: OutlinesNear, profile: Profile) -> Located:
    shapes = np.concatenate([one.shapes for one in group])
    sample = shapes[np.unique(np.linspace(0, len(shapes) - 1, min(_SAMPLE, len(shapes))).astype(int))]
    strangers = np.full((len(sample), 2), np.nan)
    evidence = Evidence(None, strangers, near, Ground.ALL_DISTRICTS)
    file_crs = group[0].source.described.crs
    try:
        return locate(sample, declared, file_crs, evidence, profile)
    except (DoubtfulSystem, ShiftedSystem):
        if declared is None:
            raise
        # Who looks has seen where each place is, and chose this one.
        return locate(sample, replace(declared, is_insisted=True), file_crs, evidence, profile)


def _shown(one: Opened, located: Located, profile: Profile) -> SeenLayer:
    degrees = in_degrees(located.placement.to_storage(one.shapes), profile.storage_srid)
    written = shapely.to_geojson(shapely.set_precision(degrees, _DEGREES_GRID, mode="pointwise"))
    described = one.source.described
    features = tuple(
        {
            "type": "Feature",
            "geometry": json.loads(shape) if shape else None,
            "properties": {name: _plain(value) for name, value in record.attributes.items()},
        }
        for record, shape in zip(one.records, written, strict=True)
    )
    return SeenLayer(described.name, described.fields, described.count, features)


def _with_few_corners(records: Iterator[Record], most: int) -> list[Record]:
    """The first of them; all are read, since a reader that is stopped in the middle is ended."""
    kept, corners = [], 0
    for record in records:
        corners += _corners(record)
        if corners <= most:
            kept.append(record)
    return kept


def _corners(record: Record) -> int:
    return int(shapely.get_num_coordinates(record.geometry))


def _plain(value: Any) -> Any:
    """As JSON writes it."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, datetime.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
