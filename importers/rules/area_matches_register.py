"""The area of the register and the area of the shape may differ only as far as the regulation allows."""

from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from importers.conditions import all_of, needs_area_limits, needs_field
from importers.rule import WARNED, Context, Examined, Kind, Rule, Severity, Trouble
from layers.core.area_limit import Method
from layers.core.words import Title


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Applied to the computed area; the finding names the regulation, and only warns while that is unconfirmed."""
    registered, shape = record.number("registered_area_m2"), record.geometry
    if registered is None or shape is None or not shape.area or not shape.is_valid:
        return
    chosen = context.profile.area_limits.chosen(record.attributes, context.today)
    if chosen is None:
        return
    rule, scale = chosen
    accuracy_m = record.number("point_accuracy_m")
    if rule.method is Method.CORNERS and accuracy_m is None:
        return
    limit = rule.of(shape.area, scale=scale, corners_m=_corners_m(shape, accuracy_m or 0.0))
    difference = abs(shape.area - registered)
    if difference <= limit:
        return
    yield Trouble(
        {
            "computed": shape.area,
            "registered": registered,
            "difference": difference,
            "limit": limit,
            "rule": {"tr": rule.title.tr, "en": rule.title.en},
            "rule_id": rule.id,
            "source": rule.source,
        },
        shape.representative_point(),
        at_most=Severity.REFUSAL if rule.is_confirmed else Severity.WARNING,
    )


def _corners_m(shape: BaseGeometry, accuracy_m: float) -> float:
    """½·m·Σ|P(i+1) − P(i−1)| over all rings: what the area can be off by in the worst case."""
    total = 0.0
    for ring in shapely.get_rings(shape):
        corners = shapely.get_coordinates(ring)[:-1]
        total += float(np.hypot(*(np.roll(corners, -1, axis=0) - np.roll(corners, 1, axis=0)).T).sum())
    return accuracy_m * total / 2


RULE = Rule(
    id="area_matches_register",
    title=Title("Hesap alanı tapu alanına uyuyor", "The computed area agrees with the register"),
    text=Title(
        "Hesap alanı {computed} m², tapu alanı {registered} m²: fark {difference} m², {rule} uyarınca yanılma sınırı "
        "{limit} m² ({source}).",
        "The shape measures {computed} m², the register says {registered} m²: they differ by {difference} m², while "
        "{rule} allows {limit} m² ({source}).",
    ),
    cause=Title(
        "Bir köşe yanlış yerde, tapu alanı eski ya da parsel başka bir paftadan olabilir.",
        "Usually a corner is in the wrong place, or the registered area is an old one.",
    ),
    remedy=Title(
        "Köşeleri ve tapu alanını denetleyin; fark gerçekse düzeltme işlemi gerekir.",
        "Check the corners and the registered area; a real difference needs a correction.",
    ),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
    why_not=all_of(needs_field("registered_area_m2"), needs_area_limits),
)
