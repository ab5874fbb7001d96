"""A feature in a body: GeoJSON or JSON-FG, whole or a merge patch (RFC 7396)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext as _

from gisserver.editing.body import Unusable
from gisserver.editing.shapes import read_shape
from gisserver.errors import Refused
from layers.core.columns import receivable
from layers.core.crs import CRS84, Crs, named
from layers.core.query import ReadableLayer

DISTRICT = "district_id"
_SET_BY_OTHERS = ("uid", "id")
"""Beside what an answer holds and nobody may write; a program that sends an answer back is not refused for them."""


@dataclass(frozen=True)
class SentFeature:
    """What a body says of a feature."""

    values: Mapping[str, Any] = field(default_factory=dict)
    district_id: int | None = None
    has_shape: bool = False
    shape: Mapping[str, Any] | None = None
    crs: Crs = CRS84


def content_crs(readable: ReadableLayer) -> Crs:
    """The system that the header names; longitude and latitude where it names none. Raises Refused."""
    said = request.headers.get("Content-Crs")
    if said is None:
        return CRS84
    return _system(said.strip().removeprefix("<").removesuffix(">"), readable, "Content-Crs")


def read_feature_body(said: Mapping[str, Any], readable: ReadableLayer, crs: Crs) -> SentFeature:
    """A whole feature. Raises Refused."""
    if said.get("type") != "Feature":
        raise Unusable(_("“type” is “Feature”: one feature in a request."), parameter="type")
    return _read({"properties": None, "geometry": None, **said}, readable, crs)


def read_patch_body(said: Mapping[str, Any], readable: ReadableLayer, crs: Crs) -> SentFeature:
    """What is to be otherwise; null is to be empty, and what is absent stays. Raises Refused."""
    shapes = {name: said[name] for name in ("geometry", "place") if isinstance(said.get(name), dict)}
    kind = readable.layer.shape.value
    return _read({**said, **{name: {"type": kind, **shape} for name, shape in shapes.items()}}, readable, crs)


def _read(said: Mapping[str, Any], readable: ReadableLayer, crs: Crs) -> SentFeature:
    values, district_id = _values(said.get("properties"), readable)
    name, system = ("place", _own_system(said, readable, crs)) if said.get("place") is not None else ("geometry", crs)
    shape = said.get(name)
    return SentFeature(
        values=values,
        district_id=district_id,
        has_shape=name in said,
        shape=None if shape is None else read_shape(shape, system, name),
        crs=system,
    )


def _own_system(said: Mapping[str, Any], readable: ReadableLayer, crs: Crs) -> Crs:
    """JSON-FG names the system of `place` in the document."""
    own = said.get("coordRefSys")
    return crs if own is None else _system(str(own), readable, "coordRefSys")


def _system(said: str, readable: ReadableLayer, parameter: str) -> Crs:
    found = named(said, readable.offered)
    if found is None:
        known = ", ".join(crs.uri for crs in readable.offered)
        raise Refused(_("“%(name)s” is one of %(known)s.", name=parameter, known=known), parameter=parameter)
    return found


def _values(said: object, readable: ReadableLayer) -> tuple[dict[str, Any], int | None]:
    """Fields that the caller may write; a field nobody knows is refused, since a misspelt one would be lost."""
    if said is None:
        return {}, None
    if not isinstance(said, dict):
        raise Unusable(_("“properties” is a JSON object."), parameter="properties")
    writable = [target.field for target in receivable(readable.layer, readable.audience)]
    known = {*writable, *readable.names, *_SET_BY_OTHERS}
    for name in said:
        if name not in known:
            sentence = _("There is no field “%(name)s”; there are %(known)s.", name=name, known=", ".join(writable))
            raise Unusable(sentence, parameter=name)
    return {name: value for name, value in said.items() if name in writable}, _district(said.get(DISTRICT), readable)


def _district(said: object, readable: ReadableLayer) -> int | None:
    known = [district.id for district in readable.profile.districts]
    if said is not None and (isinstance(said, bool) or said not in known):
        numbers = ", ".join(str(number) for number in known)
        raise Unusable(_("“%(name)s” is one of %(known)s.", name=DISTRICT, known=numbers), parameter=DISTRICT)
    return said if isinstance(said, int) else None
