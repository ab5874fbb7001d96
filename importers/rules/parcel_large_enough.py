"""Where the plan is silent, building regulations give the least width and depth of a parcel."""

from collections.abc import Iterator

import numpy as np
import shapely

from importers.conditions import all_of, needs_layer
from importers.nearby import Plot
from importers.not_run import NotRun, Reason
from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.building_rules import SmallestParcel
from layers.core.words import Title

WHOLLY = 0.95
"""Of the parcel: with less in one zone nobody knows which use counts."""
SURVEY_M = 0.05
"""Corners are not known better."""


def needs_smallest_parcels(context: Context) -> NotRun | None:
    """The profile must give the numbers."""
    known = context.profile.building.smallest_parcels
    return None if known else NotRun(Reason.NO_TABLE, {"table": "building.smallest_parcels"})


def check(context: Context) -> Iterator[Trouble]:
    """Measured on the narrowest rectangle around the parcel, which is never narrower than the parcel itself.

    The street is not known here, so width and depth may be either side: only what is too small both ways is told.
    """
    for plot in context.nearby.plots():
        if plot.says_otherwise or plot.zoned_share < WHOLLY or (least := _least(plot, context)) is None:
            continue
        short, long = _sides(plot)
        width = least.width_m + least.side_gardens * (plot.setback_side_m or 0)
        depth = least.depth_m + (plot.setback_front_m or 0 if least.has_front_garden else 0)
        if short + SURVEY_M >= min(width, depth) and long + SURVEY_M >= max(width, depth):
            continue
        facts = {"short": short, "long": long, "width": width, "depth": depth, "zone": plot.zone_ref}
        source = context.profile.building.source
        yield Trouble({**facts, "source": source}, plot.shape.representative_point(), plot.line, plot.ref)


def _least(plot: Plot, context: Context) -> SmallestParcel | None:
    order = context.profile.fold(plot.building_order or "")
    known = context.profile.building.smallest_parcels
    return next((entry for entry in known if entry.fits(plot.use_key, plot.storeys, order)), None)


def _sides(plot: Plot) -> tuple[float, float]:
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(plot.shape))
    one, other = np.hypot(*np.diff(corners[:3], axis=0).T)
    return float(min(one, other)), float(max(one, other))


RULE = Rule(
    id="parcel_large_enough",
    title=Title("Parsel genişliği ve derinliği yeterli", "The parcel is wide and deep enough"),
    text=Title(
        "Parsel en çok {short} × {long} m; {zone} fonksiyonunda en az {width} m genişlik ve {depth} m derinlik gerekir "
        "({source}; parseli çevreleyen en dar dikdörtgenle ölçüldü).",
        "The parcel measures at most {short} × {long} m; in {zone} it has to be at least {width} m wide and {depth} m "
        "deep ({source}; measured on the narrowest rectangle around it).",
    ),
    cause=Title(
        "İfraz planı bu yapı düzenine göre yapılmamış ya da plan notu başka bir ölçü veriyor olabilir.",
        "Usually it was divided for another building order, or a plan note allows another size.",
    ),
    remedy=Title(
        "Plan notuna bakın; not izin veriyorsa istisna isteyin, vermiyorsa bölünmeyi düzeltin.",
        "Look at the plan note; if it allows the size, ask for an exception, if not, divide the land otherwise.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
    why_not=all_of(needs_layer("parcels"), needs_smallest_parcels),
)
