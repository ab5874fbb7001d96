"""The area of the register and the area of the shape may differ only as far as the regulation allows."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from importers.conditions import all_of, needs_area_limits, needs_field
from importers.outlines import corners_of
from importers.rule import WARNED, Context, Examined, Kind, Rule, Severity, Trouble
from layers.core.area_limit import AreaLimit, Method
from layers.core.words import Title


def check(records: Sequence[Examined], context: Context) -> Iterator[tuple[Examined, Trouble]]:
    """Applied to the computed area; the finding names the regulation, and only warns while that is unconfirmed."""
    shapes = [record.geometry if record.is_sound else None for record in records]
    areas = np.nan_to_num(shapely.area(np.array([*shapes, None], dtype=object)[:-1]))
    worst_m = _corners_m(shapes)
    for record, shape, area, corners_m in zip(records, shapes, areas.tolist(), worst_m.tolist(), strict=True):
        registered = record.number("registered_area_m2")
        limit = _limit(record, area, corners_m, context)
        if registered is None or shape is None or limit is None or abs(area - registered) <= limit.m2:
            continue
        facts = {
            "computed": area,
            "registered": registered,
            "difference": abs(area - registered),
            "limit": limit.m2,
            "rule": limit.rule.title.written,
            "rule_id": limit.rule.id,
            "source": limit.rule.source,
        }
        worst = Severity.REFUSAL if limit.rule.is_confirmed else Severity.WARNING
        yield record, Trouble(facts, shape.representative_point(), at_most=worst)


class _Limit(NamedTuple):
    rule: AreaLimit
    m2: float


def _limit(record: Examined, area: float, corners_m: float, context: Context) -> _Limit | None:
    """None where no regulation of that day says one, or the point accuracy it asks for is not known."""
    chosen = context.profile.area_limits.chosen(record.attributes, context.today)
    if not area or chosen is None:
        return None
    rule, scale = chosen
    accuracy_m = record.number("point_accuracy_m")
    if rule.method is Method.CORNERS and accuracy_m is None:
        return None
    return _Limit(rule, rule.of(area, scale=scale, corners_m=corners_m * (accuracy_m or 0.0)))


def _corners_m(shapes: Sequence[BaseGeometry | None]) -> NDArray[np.float64]:
    """½·Σ|P(i+1) − P(i−1)| over all rings of each shape: times the point accuracy, what its area can be off by."""
    corners = corners_of(shapes)
    across_m = np.hypot(*(corners.after - corners.before).T)
    return np.bincount(corners.shape, across_m, minlength=len(shapes)) / 2


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
    kind=Kind.BATCH,
    check=check,
    why_not=all_of(needs_field("registered_area_m2"), needs_area_limits),
)
