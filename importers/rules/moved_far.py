"""Land does not wander: a feature that is suddenly elsewhere usually has the wrong ref."""

from collections.abc import Iterator

import shapely

from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title

FAR_M = 50.0


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Measured between the centres of the old and the new shape."""
    before, after = record.geometry_before, record.judged_shape
    if before is None or after is None or after.is_empty:
        return
    metres = before.centroid.distance(after.centroid)
    if metres > FAR_M:
        yield Trouble({"metres": metres}, shapely.shortest_line(before.centroid, after.centroid))


RULE = Rule(
    id="moved_far",
    title=Title("Detay yerinde", "The feature has stayed in its place"),
    text=Title(
        "Yeni yeri yayımlanmış yerinden {metres} m uzakta.",
        "Its new place is {metres} m from the published one.",
    ),
    cause=Title(
        "Ref bir satır kaymış ya da parsel başka bir adaya verilmiş olabilir.",
        "The refs may have slipped by a line, or were given to another parcel.",
    ),
    remedy=Title("Ref başka bir detaya ait olabilir; denetleyin.", "The ref may be another feature's: please check."),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
)
