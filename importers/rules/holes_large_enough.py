"""A hole smaller than any parcel is a mistake of drawing, not a courtyard."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from importers.conditions import needs_areas
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title


def check(records: Sequence[Examined], context: Context) -> Iterator[tuple[Examined, Trouble]]:
    """One finding per record, with all its small holes."""
    least = context.profile.limits.hole_m2
    shapes = np.array([*(record.judged_shape for record in records), None], dtype=object)[:-1]
    parts, of = shapely.get_parts(shapes, return_index=True)
    for number in np.unique(of[shapely.get_num_interior_rings(parts) > 0]).tolist():
        context.deadline.watch()
        holes = [Polygon(ring) for part in parts[of == number] for ring in part.interiors]
        small = [hole for hole in holes if hole.area < least]
        if small:
            place = MultiPolygon(small)
            facts = {"count": len(small), "area": place.area, "least": least}
            yield records[number], Trouble(facts, place)


RULE = Rule(
    id="holes_large_enough",
    title=Title("Küçük delik yok", "There are no tiny holes"),
    text=Title(
        "İçinde {least} m²’den küçük {count} delik var, toplam {area} m².",
        "It has {count} holes smaller than {least} m², {area} m² in all.",
    ),
    remedy=Title("Delikleri doldurun.", "Fill them."),
    cause=Title(
        "İki alan birleştirilirken arada kalan boşluk.", "A gap that was left when two areas were joined into one."
    ),
    severities=WARNED,
    kind=Kind.BATCH,
    check=check,
    why_not=needs_areas,
    forgives_old=True,
)
