"""The same ground under two names is one parcel too many."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.coverage import Relation
from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Up to a boundary drawn twice; two records of one ref are another rule's."""
    for overlap in context.side_by_side.overlaps(context.deadline):
        if overlap.relation is Relation.DUPLICATE:
            facts = {
                "other": overlap.other_ref or "–",
                "where": {"tr": f"{overlap.other_line}. satırdaki", "en": f"line {overlap.other_line},"}
                if overlap.other_line is not None
                else {"tr": "yayımlanmış", "en": "the published"},
            }
            yield Trouble.between(overlap, facts)


RULE = Rule(
    id="not_drawn_twice",
    title=Title("Aynı alan iki kez çizilmemiş", "No area is drawn twice"),
    text=Title(
        "Aynı alan {where} {other} kaydında da var.",
        "The same area is there as {where} {other}.",
    ),
    remedy=Title(
        "Hangisi doğruysa onu bırakın, ötekini dosyadan çıkarın.",
        "Keep the right one and take the other out of the file.",
    ),
    cause=Title(
        "Nesne kopyalanmış ya da aynı parsel yeni bir adla bir daha gönderilmiş.",
        "The object was copied, or the same parcel was sent again under a new name.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)
