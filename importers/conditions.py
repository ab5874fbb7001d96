"""What rules need before they can say anything; where it is missing the report says so."""

from collections.abc import Callable

from importers.not_run import NotRun, Reason
from importers.rule import Context
from layers.core.layer import Shape
from layers.core.network import is_network

Condition = Callable[[Context], NotRun | None]


def needs_field(name: str) -> Condition:
    """The layer must have the column."""

    def why_not(context: Context) -> NotRun | None:
        has_field = any(field.name == name for field in context.fields)
        return None if has_field else NotRun(Reason.NO_FIELD, {"field": name})

    return why_not


def needs_boundary(context: Context) -> NotRun | None:
    """The district's boundary must be published."""
    return NotRun(Reason.NO_BOUNDARY) if context.outline is None else None


def needs_foreign_boundaries(context: Context) -> NotRun | None:
    """The layer that draws boundaries cannot be judged by them."""
    return None if context.draws_no_boundaries else NotRun(Reason.DRAWS_BOUNDARIES)


def needs_own_ground(context: Context) -> NotRun | None:
    """Only where two features may not cover the same ground does covering it mean anything."""
    return None if context.layer.is_exclusive else NotRun(Reason.SHARES_GROUND)


def needs_areas(context: Context) -> NotRun | None:
    """The rule is about outlines that enclose something."""
    return None if context.layer.shape is Shape.POLYGONS else NotRun(Reason.OTHER_SHAPE)


def needs_lines(context: Context) -> NotRun | None:
    """The rule is about lines."""
    return None if context.layer.shape is Shape.LINES else NotRun(Reason.OTHER_SHAPE)


def needs_whole_state(context: Context) -> NotRun | None:
    """Only then does absence mean anything."""
    return None if context.is_whole_state else NotRun(Reason.NOT_WHOLE_STATE)


def needs_area_limits(context: Context) -> NotRun | None:
    """The profile must say how far areas may differ."""
    return None if context.profile.area_limits else NotRun(Reason.NO_TABLE, {"table": "area_limits"})


def needs_network(context: Context) -> NotRun | None:
    """The rule is about pipes and cables that belong together."""
    return None if is_network(context.layer) else NotRun(Reason.NO_NETWORK)


def needs_layer(layer_id: str) -> Condition:
    """The rule is about one kind of feature."""

    def why_not(context: Context) -> NotRun | None:
        return None if context.layer.id == layer_id else NotRun(Reason.OTHER_LAYER, {"layer": layer_id})

    return why_not


def all_of(*conditions: Condition) -> Condition:
    """The first reason counts."""

    def why_not(context: Context) -> NotRun | None:
        return next((reason for condition in conditions if (reason := condition(context)) is not None), None)

    return why_not
