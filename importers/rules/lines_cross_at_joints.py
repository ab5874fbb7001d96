"""Two pipes of one network that cross at the same depth are joined there, or one of them is drawn wrongly."""

from collections.abc import Iterator

from importers.conditions import needs_network
from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title

_SAME_DEPTH = Title("derinlikleri aynı", "at the same depth")
_NO_DEPTH = Title("derinlikleri bilinmiyor", "at depths that are not both known")


def check(context: Context) -> Iterator[Trouble]:
    """A joint is an end of one of them, or a corner of both; what passes over at another depth is no fault."""
    network = context.profile.network
    for crossing in context.nearby.crossings(network.joint_m, network.passing_m):
        depth = _SAME_DEPTH if crossing.depth_known else _NO_DEPTH
        facts = {"other": crossing.other_ref or f"{crossing.other_line}", "depth": depth.written}
        yield Trouble(facts, crossing.place, crossing.line, crossing.ref, crossing.other_line, crossing.other_ref)


RULE = Rule(
    id="lines_cross_at_joints",
    title=Title("Hatlar birleşim noktasında kesişiyor", "Lines cross at joints"),
    text=Title(
        "Hat, {other} ile birleşim olmadan kesişiyor ({depth}).",
        "The line crosses {other} without a joint ({depth}).",
    ),
    cause=Title(
        "Bağlantı noktası çizilmemiş ya da üstten geçtiği yazılmamış olabilir.",
        "Usually the joint was not drawn, or nobody wrote down that one passes over the other.",
    ),
    remedy=Title(
        "Bağlıysa her iki hatta o noktada köşe koyun; üstten geçiyorsa ikisinin de derinliğini yazın.",
        "If they are joined, put a corner into both there; if one passes over, fill in both depths.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
    why_not=needs_network,
)
