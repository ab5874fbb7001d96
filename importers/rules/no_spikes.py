"""An outline that goes out to a point and comes back the same way encloses nothing there."""

from collections.abc import Iterator, Sequence

import numpy as np
from shapely import LineString, MultiLineString

from importers.outlines import corners_of, without_corners
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(records: Sequence[Examined], context: Context) -> Iterator[tuple[Examined, Trouble]]:
    """One finding per record, with every spike from its tip to the shorter side's other end."""
    shapes = [record.judged_shape for record in records]
    corners = corners_of(shapes)
    sharp = np.flatnonzero(corners.sharpness < context.profile.limits.spike_degrees)
    for number in np.unique(corners.shape[sharp]).tolist():
        mine = sharp[corners.shape[sharp] == number]
        spikes = MultiLineString(
            [
                _spike(*ends)
                for ends in zip(
                    *(side[mine].tolist() for side in (corners.at, corners.before, corners.after)), strict=True
                )
            ]
        )
        record, (x, y) = records[number], corners.at[mine[0]]
        facts = {"count": len(mine), "metres": spikes.length / len(mine), "at": f"{x:.2f}, {y:.2f}"}
        repaired = without_corners(shapes[number], corners.at[mine])
        yield record, Trouble(facts, spikes, repaired=repaired)


def _spike(tip: list[float], one: list[float], other: list[float]) -> LineString:
    return min(LineString([tip, one]), LineString([tip, other]), key=lambda side: side.length)


RULE = Rule(
    id="no_spikes",
    title=Title("Sınırda diken yok", "The outline has no spikes"),
    text=Title(
        "Sınır {at} yakınında {metres} m dışarı çıkıp aynı yoldan dönüyor (toplam {count} yerde).",
        "Near {at} the outline goes out {metres} m and comes back the same way ({count} such places in all).",
    ),
    remedy=Title("Ucundaki köşeyi silin.", "Delete the corner at its tip."),
    cause=Title(
        "Çizerken yanlış bir noktaya tutturulup geri dönülmüş.",
        "While drawing, a wrong point was caught and left again.",
    ),
    severities=WARNED,
    kind=Kind.BATCH,
    check=check,
    forgives_old=True,
)
