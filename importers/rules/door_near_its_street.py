"""A door far from the street it names is usually in another street."""

from collections.abc import Iterator

from importers.conditions import needs_layer
from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Against the nearest street of that name; where none is published nothing is said."""
    for door in context.nearby.doors():
        if door.to_street.length > context.profile.addresses.far_m:
            yield Trouble({"street": door.street, "metres": door.to_street.length}, door.to_street, door.line, door.ref)


RULE = Rule(
    id="door_near_its_street",
    title=Title("Kapı kendi yolunun yanında", "The door is near its street"),
    text=Title(
        "Kapı, adını taşıdığı “{street}” yoluna {metres} m uzakta.",
        "The door is {metres} m from “{street}”, the street that it names.",
    ),
    cause=Title(
        "Yol adı yanlış yazılmış ya da nokta başka bir kapının yerine konmuş olabilir.",
        "Usually the street is misspelt, or the point was put at another door.",
    ),
    remedy=Title("Yol adını ve noktanın yerini denetleyin.", "Check the street's name and the place of the point."),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
    why_not=needs_layer("addresses"),
)
