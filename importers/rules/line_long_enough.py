"""A line shorter than a hand is a slip of the mouse."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from importers.conditions import needs_lines
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(records: Sequence[Examined], context: Context) -> Iterator[tuple[Examined, Trouble]]:
    """The whole line is shown."""
    least = context.profile.limits.line_m
    shapes = np.array([*(record.judged_shape for record in records), None], dtype=object)[:-1]
    for number in np.flatnonzero(shapely.length(shapes) < least).tolist():
        yield records[number], Trouble({"metres": shapes[number].length, "least": least}, shapes[number])


RULE = Rule(
    id="line_long_enough",
    title=Title("Çizgi yeterince uzun", "The line is long enough"),
    text=Title(
        "Çizgi {metres} m; {least} m’den kısa.",
        "The line measures {metres} m, less than {least} m.",
    ),
    remedy=Title(
        "Kalıntıysa dosyadan çıkarın; değilse uçlarını denetleyin.",
        "Take it out of the file if it is a remnant; otherwise check its ends.",
    ),
    cause=Title("Kesilen bir çizgiden artakalmış.", "It is left over from a line that was cut."),
    severities=WARNED,
    kind=Kind.BATCH,
    check=check,
    why_not=needs_lines,
    forgives_old=True,
)
