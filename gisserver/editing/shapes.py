"""The shape in a body, read number by number: whole, finite, east before north. Whether it fits, rules say."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from gisserver.editing.body import Unusable
from layers.core.crs import Crs

_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""How often lists stand in lists around a position."""
_FURTHEST = 1e9
"""Metres or degrees: no system reaches so far, and what is reckoned with such numbers is none."""
_LEAST_OF_A_LINE = 2
_LEAST_OF_A_RING = 4


def read_shape(said: object, crs: Crs, parameter: str) -> Mapping[str, Any]:
    """A GeoJSON geometry without heights. Raises Unusable."""
    kind = said.get("type") if isinstance(said, dict) else None
    if not isinstance(said, dict) or kind not in _DEPTHS:
        known = ", ".join(_DEPTHS)
        raise Unusable(
            _("“%(name)s” is a GeoJSON geometry: %(known)s.", name=parameter, known=known), parameter=parameter
        )
    coordinates = _Coordinates(crs, parameter).read(said.get("coordinates"), _DEPTHS[kind])
    for ring in _rings(kind, coordinates):
        _refuse_open(ring, parameter)
    for line in _lines(kind, coordinates):
        if len(line) < _LEAST_OF_A_LINE:
            raise Unusable(_("A line has two corners at least."), parameter=parameter)
    return {"type": kind, "coordinates": coordinates}


class _Coordinates:
    def __init__(self, crs: Crs, parameter: str) -> None:
        self._crs, self._parameter = crs, parameter

    def read(self, said: object, depth: int) -> list[Any]:
        """The same lists with positions of two numbers."""
        if not isinstance(said, list):
            raise self._wrong()
        return [self.read(one, depth - 1) for one in said] if depth else self._position(said)

    def _position(self, said: list[object]) -> list[float]:
        if len(said) < 2:
            raise self._wrong()
        first, second = (self._number(one) for one in said[:2])
        return [second, first] if self._crs.is_north_first else [first, second]

    def _number(self, said: object) -> float:
        if isinstance(said, bool) or not isinstance(said, int | float) or abs(said) > _FURTHEST:
            raise self._wrong()
        return float(said)

    def _wrong(self) -> Unusable:
        sentence = _("The coordinates in “%(name)s” are lists of numbers, as GeoJSON nests them.", name=self._parameter)
        return Unusable(sentence, parameter=self._parameter)


def _rings(kind: str, coordinates: list[Any]) -> list[list[Any]]:
    areas = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, [])
    return [ring for area in areas for ring in area]


def _lines(kind: str, coordinates: list[Any]) -> list[list[Any]]:
    return {"LineString": [coordinates], "MultiLineString": coordinates}.get(kind, [])


def _refuse_open(ring: list[Any], parameter: str) -> None:
    if len(ring) < _LEAST_OF_A_RING or ring[0] != ring[-1]:
        sentence = _(
            "An outline has three corners at least, and ends where it began: repeat its first corner at its end."
        )
        raise Unusable(sentence, parameter=parameter)
