"""What is watched, parsed once from what a caller says."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import Geometry
from shapely.errors import ShapelyError
from shapely.geometry import shape as shape_of
from sqlalchemy import Connection

from layers.core.changes import feature_uid
from layers.core.crs import LONLAT
from layers.core.events import Interest
from layers.core.profile import Profile
from layers.core.query import WrongQuery
from layers.core.query.ground import way
from layers.core.registry import Registry
from layers.core.words import Title

MOST_CORNERS = 5_000
KNOWN = ("layers", "district_id", "area", "feature")

_UNKNOWN = Title("“{name}” bilinmiyor. Olanlar: {known}.", "“{name}” is not known. Known: {known}.")
_LAYERS = Title("“layers” bu katmanlardan bir listedir: {known}.", "“layers” is a list of some of these: {known}.")
_DISTRICT = Title("“district_id” bir ilçenin numarasıdır.", "“district_id” is the number of a district.")
_NO_AREA = Title(
    "“area” derece cinsinden (boylam, enlem) bir GeoJSON Polygon ya da MultiPolygon olmalı.",
    "“area” is a GeoJSON Polygon or MultiPolygon in degrees, longitude first.",
)
_BROKEN_AREA = Title("“area” geçerli bir alan değil: {why}. Düzeltin.", "“area” is no sound area: {why}. Correct it.")
_TOO_FINE = Title(
    "“area” {number} köşeli; en çok {most} olabilir. Sadeleştirin.",
    "“area” has {number} corners; {most} is the most. Simplify it.",
)
_ELSEWHERE = Title(
    "“area” bu şehrin alanının dışında kalıyor. Önce boylam, sonra enlem mi yazıldı?",
    "“area” lies outside of this city's ground. Is longitude written before latitude?",
)
_FEATURE = Title(
    "“feature” bir kaydın adı ya da kalıcı numarasıdır; “layers” onun katmanını söyler. {layer} içinde “{name}” yok.",
    "“feature” is a ref or lasting number, and “layers” names its layer. There is no “{name}” in {layer}.",
)


@dataclass(frozen=True)
class Watched:
    """As it is kept: an interest without the rights of who has it."""

    layers: tuple[str, ...]
    """Empty for all that the listener may see."""
    district_id: int | None = None
    area_wkb: bytes | None = None
    feature_uid: uuid.UUID | None = None

    @classmethod
    def parse(
        cls,
        said: Mapping[str, Any],
        seen: Collection[str],
        connection: Connection,
        registry: Registry,
        profile: Profile,
    ) -> "Watched":
        """`seen` are the layers that the caller may see. WrongQuery names the member and what it takes."""
        for name in said:
            if name not in KNOWN:
                raise WrongQuery(name[:40], _UNKNOWN, name=name[:40], known=", ".join(KNOWN))
        layers = _layers(said.get("layers"), seen)
        return cls(
            layers=layers,
            district_id=_district(said.get("district_id"), profile),
            area_wkb=_area(said["area"], profile) if said.get("area") is not None else None,
            feature_uid=_feature(said["feature"], layers, connection, registry) if said.get("feature") else None,
        )

    def interest(self, seen: Iterable[str]) -> Interest:
        """Of a listener who may see these layers."""
        layers = frozenset(seen)
        return Interest(
            layers=layers & set(self.layers) if self.layers else layers,
            district_id=self.district_id,
            area_wkb=self.area_wkb,
            feature_uid=self.feature_uid,
        )


def _layers(said: Any, seen: Collection[str]) -> tuple[str, ...]:
    if said is None:
        return ()
    names = [said] if isinstance(said, str) else said
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name in seen for name in names):
        raise WrongQuery("layers", _LAYERS, known=", ".join(seen))
    return tuple(sorted(set(names)))


def _district(said: Any, profile: Profile) -> int | None:
    if said is None:
        return None
    if type(said) is not int or not any(district.id == said for district in profile.districts):
        raise WrongQuery("district_id", _DISTRICT)
    return said


def _area(said: Any, profile: Profile) -> bytes:
    if not isinstance(said, dict) or said.get("type") not in ("Polygon", "MultiPolygon"):
        raise WrongQuery("area", _NO_AREA)
    try:
        area = shapely.force_2d(shape_of(said))
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise WrongQuery("area", _NO_AREA) from None
    corners = shapely.get_coordinates(area)
    if len(corners) > MOST_CORNERS:
        raise WrongQuery("area", _TOO_FINE, number=len(corners), most=MOST_CORNERS)
    if area.is_empty or not np.isfinite(corners).all() or not _are_degrees(area):
        raise WrongQuery("area", _NO_AREA)
    if not area.is_valid:
        raise WrongQuery("area", _BROKEN_AREA, why=shapely.is_valid_reason(area))
    if not _is_ours(area, profile):
        raise WrongQuery("area", _ELSEWHERE)
    written: bytes = shapely.to_wkb(area)
    return written


def _are_degrees(area: Geometry) -> bool:
    west, south, east, north = area.bounds
    return bool(west >= -180 and east <= 180 and south >= -90 and north <= 90)


def _is_ours(area: Geometry, profile: Profile) -> bool:
    sides = way(profile.storage_srid, LONLAT).transform_bounds(*profile.envelope.bounds, 21)
    return bool(area.intersects(shapely.box(*sides)))


def _feature(said: Any, layers: tuple[str, ...], connection: Connection, registry: Registry) -> uuid.UUID:
    name = said if isinstance(said, str) else ""
    uid = feature_uid(connection, registry[layers[0]], name) if len(layers) == 1 else None
    if uid is None:
        raise WrongQuery("feature", _FEATURE, name=name[:60], layer=", ".join(layers) or "–")
    return uid
