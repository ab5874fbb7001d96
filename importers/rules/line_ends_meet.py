"""A pipe that stops just short of another was meant to reach it."""

from collections.abc import Iterator

from importers.conditions import needs_network
from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """The gap is shown as a line; an end with nothing near it is an end."""
    network = context.profile.network
    for end in context.nearby.loose_ends(network.joint_m, network.gap_m):
        facts = {"gap": end.gap.length, "other": end.other_ref or f"{end.other_line}"}
        yield Trouble(facts, end.gap, end.line, end.ref, end.other_line, end.other_ref)


RULE = Rule(
    id="line_ends_meet",
    title=Title("Hat uçları birleşiyor", "Line ends meet"),
    text=Title(
        "Hattın ucu {other} hattına {gap} m kala bitiyor.",
        "The line ends {gap} m short of {other}.",
    ),
    cause=Title(
        "Çizimde yakalama (snap) kapalı kalmış olabilir.",
        "Usually snapping was switched off while it was drawn.",
    ),
    remedy=Title(
        "Bağlıysa ucu öteki hatta taşıyın; gerçekten orada bitiyorsa bir şey yapmanız gerekmez.",
        "If they are joined, move the end onto the other line; if it really ends there, nothing has to be done.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
    why_not=needs_network,
)
