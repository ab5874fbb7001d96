"""A building stands on the parcel that it names."""

from collections.abc import Iterator

from importers.conditions import needs_layer
from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title

LEAST_SHARE = 0.05
"""Less than this of a building is eaves, or another survey."""


def check(context: Context) -> Iterator[Trouble]:
    """Only where the building names a published parcel."""
    for part in context.nearby.overhangs():
        if part.share >= LEAST_SHARE:
            facts = {"parcel": part.parcel_ref, "area": part.outside.area, "percent": round(100 * part.share)}
            yield Trouble(facts, part.outside, part.line, part.ref, other_ref=part.parcel_ref)


RULE = Rule(
    id="building_on_its_parcel",
    title=Title("Bina kendi parselinde", "The building stands on its parcel"),
    text=Title(
        "Binanın {area} m² kadarı (%{percent}) {parcel} parselinin dışında.",
        "{area} m² of the building ({percent} %) lie outside its parcel {parcel}.",
    ),
    cause=Title(
        "Parsel adı yanlış yazılmış ya da bina başka bir ölçümden çizilmiş olabilir.",
        "Usually the parcel is misnamed, or the building was drawn from another survey.",
    ),
    remedy=Title(
        "Parsel adını ve binanın köşelerini denetleyin.", "Check the parcel's name and the building's corners."
    ),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
    why_not=needs_layer("buildings"),
)
