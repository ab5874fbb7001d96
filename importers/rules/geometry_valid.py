"""An outline that crosses itself encloses no definite area."""

import re
from collections.abc import Iterator

import numpy as np
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from importers.rule import REFUSED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title

_PLACE = re.compile(r"^(?P<cause>.+?)\[(?P<x>\S+) (?P<y>\S+)")
_CAUSES = {
    "Self-intersection": Title("dış çizgisi kendini kesiyor", "the outline crosses itself"),
    "Ring Self-intersection": Title("dış çizgisi kendine değiyor", "the outline touches itself"),
    "Hole lies outside shell": Title("içindeki boşluk dışında kalıyor", "a hole lies outside the outline"),
    "Holes are nested": Title("boşlukları iç içe", "one hole lies inside another"),
    "Interior is disconnected": Title("boşluk onu parçalara ayırıyor", "a hole cuts it into pieces"),
    "Duplicate Rings": Title("aynı çizgi iki kez var", "the same ring is there twice"),
    "Nested shells": Title("parçaları üst üste", "its parts lie on one another"),
    "Too few points in geometry component": Title("köşesi çok az", "it has too few corners"),
    "Invalid Coordinate": Title("bir koordinatı sayı değil", "one of its coordinates is not a number"),
}
AREA = 2
"""Dimensions."""
_OTHER = Title("şekli geçerli değil", "its shape is not valid")


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Says what is wrong with the outline and where."""
    shape = record.geometry
    if shape is None or not record.is_reshaped or shape.is_valid:
        return
    cause, place = _explained(shape)
    facts = {"cause": cause.written, **_coordinates(place)}
    yield Trouble(facts, place, repaired=_made_valid(shape, context.profile.limits.repair_m2))


def _made_valid(shape: BaseGeometry, allowed_m2: float) -> BaseGeometry | None:
    """Only where its area stays: what crosses itself by more is for a person to redraw."""
    if shapely.get_dimensions(shape) < AREA or not np.isfinite(shapely.get_coordinates(shape)).all():
        return None
    areas = [part for part in shapely.get_parts(_flat(shapely.make_valid(shape))) if part.area]
    is_near = bool(areas) and abs(sum(part.area for part in areas) - shape.area) <= allowed_m2
    return shapely.multipolygons(areas) if is_near else None


def _flat(shape: BaseGeometry) -> list[BaseGeometry]:
    """The parts of a collection are collections themselves."""
    return list(shapely.get_parts(shape)) if shape.geom_type == "GeometryCollection" else [shape]


def _explained(shape: BaseGeometry) -> tuple[Title, Point | None]:
    reason = shapely.is_valid_reason(shape)
    if not (found := _PLACE.match(reason)):
        return _CAUSES.get(reason.split("[")[0].strip(), _OTHER), None
    place = Point(float(found["x"]), float(found["y"].rstrip("]")))
    return _CAUSES.get(found["cause"].strip(), _OTHER), place if shapely.is_valid(place) else None


def _coordinates(place: Point | None) -> dict[str, str]:
    return {"at": "–" if place is None else f"{place.x:.2f}, {place.y:.2f}"}


RULE = Rule(
    id="geometry_valid",
    title=Title("Geometri geçerli", "The shape is valid"),
    text=Title("Bu kaydın {cause}; yer: {at}.", "In this record {cause} near {at}."),
    cause=Title(
        "Köşeler yanlış sırada birleştirilmiş ya da bir köşe kenarın öbür yanına kaymıştır.",
        "Corners were joined in the wrong order, or one slipped across a side.",
    ),
    remedy=Title("O köşeyi düzeltip dosyayı yeniden gönderin.", "Redraw that corner and send the file again."),
    severities=REFUSED,
    kind=Kind.RECORD,
    check=check,
)
