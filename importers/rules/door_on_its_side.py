"""One side of a street has the odd numbers and the other the even ones."""

from collections.abc import Iterator

from importers.conditions import needs_layer
from importers.nearby import Door
from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title

_ODD = Title("tek", "odd")
_EVEN = Title("çift", "even")


def check(context: Context) -> Iterator[Trouble]:
    """Which side is which, the other doors of the same street tell; where they do not agree nothing is said."""
    for door in context.nearby.doors():
        number, odd_share = door.number, _odd_share(door, context)
        if number is None or odd_share is None:
            continue
        is_odd_side = odd_share >= context.profile.addresses.agreeing
        is_even_side = 1 - odd_share >= context.profile.addresses.agreeing
        if (is_odd_side and number % 2 == 0) or (is_even_side and number % 2 == 1):
            side = _ODD if is_odd_side else _EVEN
            facts = {"number": str(number), "street": door.street, "side": side.written}
            yield Trouble({**facts, "doors": door.same_side}, door.to_street, door.line, door.ref)


def _odd_share(door: Door, context: Context) -> float | None:
    if (
        door.same_side < context.profile.addresses.doors_asked
        or door.to_street.length > context.profile.addresses.far_m
    ):
        return None
    return door.same_side_odd / door.same_side


RULE = Rule(
    id="door_on_its_side",
    title=Title("Kapı yolun kendi yanında", "The door is on its side of the street"),
    text=Title(
        "{number} numaralı kapı “{street}” yolunun {side} numaralı yanında; oradaki {doors} kapı öyle gösteriyor.",
        "Door {number} lies on the {side} side of “{street}”, as {doors} other doors there tell.",
    ),
    cause=Title(
        "Numara yanlış yazılmış ya da nokta yolun karşısına konmuş olabilir.",
        "Usually the number is mistyped, or the point was put across the street.",
    ),
    remedy=Title("Numarayı ve noktanın yerini denetleyin.", "Check the number and the place of the point."),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
    why_not=needs_layer("addresses"),
)
