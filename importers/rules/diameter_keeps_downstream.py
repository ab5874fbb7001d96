"""Where water flows by gravity, a pipe does not get narrower downstream."""

from collections.abc import Iterator

from importers.conditions import all_of, needs_field
from importers.not_run import NotRun, Reason
from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def needs_direction(context: Context) -> NotRun | None:
    """The profile must say what the sign of a slope means."""
    is_said = context.profile.network.slope_along_line is not None
    return None if is_said else NotRun(Reason.NO_TABLE, {"table": "network.slope_along_line"})


def check(context: Context) -> Iterator[Trouble]:
    """Pipes without slope or diameter are passed over."""
    network = context.profile.network
    along = bool(network.slope_along_line)
    for joint in context.nearby.narrowings(network.joint_m, slope_along_line=along):
        facts = {"upper": joint.upper_mm, "lower": joint.lower_mm, "other": joint.other_ref or f"{joint.other_line}"}
        yield Trouble(facts, joint.place, joint.line, joint.ref, joint.other_line, joint.other_ref)


RULE = Rule(
    id="diameter_keeps_downstream",
    title=Title("Çap akış yönünde küçülmüyor", "The diameter does not shrink downstream"),
    text=Title(
        "{other} ile birleştiği yerde çap akış yönünde {upper} mm’den {lower} mm’ye düşüyor.",
        "At the joint with {other} the diameter shrinks downstream from {upper} to {lower} mm.",
    ),
    cause=Title(
        "Çaplardan biri ya da hattın çizim yönü yanlış olabilir.",
        "Usually one diameter is wrong, or the pipe is drawn against its flow.",
    ),
    remedy=Title("Çapı ve eğimin işaretini denetleyin.", "Check the diameter and the sign of the slope."),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
    why_not=all_of(needs_field("slope_permille"), needs_direction),
)
