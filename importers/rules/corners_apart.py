"""Two corners closer together than anyone can measure are one."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from importers.outlines import corners_of, without_corners
from importers.rule import NOTED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(records: Sequence[Examined], context: Context) -> Iterator[tuple[Examined, Trouble]]:
    """One finding per record, with the corners that are too many."""
    least = context.profile.limits.corners_apart_m
    shapes = [record.judged_shape for record in records]
    corners = corners_of(shapes)
    close = np.flatnonzero(corners.step_m < least)
    for number in np.unique(corners.shape[close]).tolist():
        mine = close[corners.shape[close] == number]
        record, (x, y) = records[number], corners.at[mine[0]]
        facts = {"count": len(mine), "millimetres": 1000 * least, "at": f"{x:.2f}, {y:.2f}"}
        repaired = without_corners(shapes[number], corners.at[mine])
        yield record, Trouble(facts, shapely.multipoints(corners.at[mine]), repaired=repaired)


RULE = Rule(
    id="corners_apart",
    title=Title("Köşeler üst üste değil", "No corner is there twice"),
    text=Title(
        "{count} köşe bir sonrakine {millimetres} mm’den yakın; ilki {at}.",
        "{count} corners lie closer than {millimetres} mm to the next one; the first at {at}.",
    ),
    remedy=Title("Fazla köşeleri silin.", "Delete those that are too many."),
    cause=Title("Aynı nokta iki kez ölçülmüş ya da tıklanmış.", "The same point was surveyed or clicked twice."),
    severities=NOTED,
    kind=Kind.BATCH,
    check=check,
    forgives_old=True,
)
