"""An area thinner than any parcel is what is left between two boundaries, not ground."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from importers.conditions import needs_areas
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title

LONG = 3
"""A thin part is longer than this many of its widths; less is a corner."""


def check(records: Sequence[Examined], context: Context) -> Iterator[tuple[Examined, Trouble]]:
    """Only outlines that come close to themselves are looked at closely; the thin parts are shown."""
    width = context.profile.limits.thin_m
    shapes = np.array([*(record.judged_shape for record in records), None], dtype=object)[:-1]
    suspects = np.flatnonzero(shapely.minimum_clearance(shapes) < width)
    for number in suspects.tolist():
        context.deadline.watch()
        thin = _thin_parts(shapes[number], width)
        if not thin.is_empty:
            share = round(100 * thin.area / shapes[number].area)
            yield records[number], Trouble({"width": width, "area": thin.area, "share": share}, thin)


def _thin_parts(shape: BaseGeometry, width: float) -> BaseGeometry:
    """What shrinking and growing again does not bring back; sharp corners apart."""
    core = shape.buffer(-width / 2, join_style="mitre").buffer(width / 2, join_style="mitre", mitre_limit=50)
    rest = shapely.get_parts(shapely.difference(shape, core))
    long_ones = [part for part in rest if part.geom_type == "Polygon" and part.length > 2 * LONG * width]
    return shapely.MultiPolygon(long_ones)


RULE = Rule(
    id="wide_enough",
    title=Title("Alanın ince parçası yok", "The area has no thin parts"),
    text=Title(
        "{area} m² kadarı (%{share}) {width} m’den ince bir şerit.",
        "{area} m² of it ({share} %) are a strip thinner than {width} m.",
    ),
    remedy=Title(
        "Şerit komşu sınırların arasında kaldıysa silin; gerçekse birime yazın.",
        "Remove it if it is left over between two boundaries; if it is real, write to the department.",
    ),
    cause=Title(
        "Üst üste bindirilen iki çizimin arasında kalmış.", "It is left over from laying one drawing over another."
    ),
    severities=WARNED,
    kind=Kind.BATCH,
    check=check,
    why_not=needs_areas,
    forgives_old=True,
)
