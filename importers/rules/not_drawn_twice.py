"""The same ground under two names is one parcel too many."""

from collections.abc import Iterator, Mapping

from importers.conditions import needs_own_ground
from importers.coverage import Relation
from importers.rule import REFUSED, Context, Kind, Overlap, Rule, Trouble
from importers.wording import in_every_language
from layers.core.words import Title

_IN_LINE = Title("{line}. satırdaki", "line {line},")
_PUBLISHED = Title("yayımlanmış", "the published")


def check(context: Context) -> Iterator[Trouble]:
    """Up to a boundary drawn twice; two records of one ref are another rule's."""
    for overlap in context.side_by_side.overlaps(context.deadline):
        if overlap.relation is Relation.DUPLICATE:
            facts = {
                "other": overlap.other_ref or "–",
                "where": _where(overlap),
            }
            yield Trouble.between(overlap, facts)


def _where(overlap: Overlap) -> Mapping[str, str]:
    if overlap.other_line is None:
        return _PUBLISHED.written
    return in_every_language(_IN_LINE, {"line": str(overlap.other_line)})


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
