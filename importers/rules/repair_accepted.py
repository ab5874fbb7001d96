"""A shape that is not as it was sent: somebody has accepted its repair, and everybody who reads the report sees who."""

from collections.abc import Iterator

from importers.rule import NOTED, THE_DEPARTMENT, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """One finding per repair that was laid over the file, with the ground that it moved."""
    for repair in context.accepted_repairs:
        facts = {
            "rule": repair.rule.written,
            "by": repair.by or THE_DEPARTMENT.written,
            "on": repair.on.isoformat(),
            "square_metres": repair.area_change_m2,
        }
        yield Trouble(facts, repair.place, repair.line, repair.ref)


RULE = Rule(
    id="repair_accepted",
    title=Title("Şekil gönderildiği gibi", "The shape is as it was sent"),
    text=Title(
        "Şekil onarıldı (“{rule}”): {by} {on} günü kabul etti. Alan {square_metres} m² değişti; gönderilen şekil "
        "saklandı.",
        "The shape was repaired (“{rule}”) as {by} accepted on {on}. Its area changed by {square_metres} m²; the shape "
        "that was sent is kept.",
    ),
    cause=Title(
        "Gönderilen şekilde küçük bir kusur vardı; önerilen onarımı bir kişi kabul etti.",
        "The shape that was sent had a small fault, and a person accepted the repair that was proposed.",
    ),
    remedy=Title(
        "Yapılacak bir şey yok; istemiyorsanız rapordaki “Geri al” ile gönderilen şekle dönün.",
        "Nothing is to be done; if it is not wanted, take it back in the report.",
    ),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
)
