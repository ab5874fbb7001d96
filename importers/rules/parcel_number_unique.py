"""Block and parcel name one parcel within a cadastral neighbourhood."""

from collections.abc import Iterator

from importers.conditions import needs_layer
from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from importers.wording import in_every_language
from layers.core.words import Title

_IN_LINE = Title("{line}. satırda", "line {line} of this file")
_PUBLISHED = Title("{ref} parselinde", "the published {ref}")


def check(context: Context) -> Iterator[Trouble]:
    """In the file and in the pool; provisional labels and old namesakes that nobody touches are let be."""
    for twin in context.nearby.namesakes():
        at = _PUBLISHED if twin.other_line is None else _IN_LINE
        other = in_every_language(at, {"line": str(twin.other_line), "ref": twin.other_ref})
        facts = {"block": twin.block_no, "parcel": twin.parcel_no, "place": twin.neighbourhood or "–", "other": other}
        yield Trouble(facts, line=twin.line, ref=twin.ref, other_line=twin.other_line, other_ref=twin.other_ref)


RULE = Rule(
    id="parcel_number_unique",
    title=Title("Ada/parsel tapu mahallesinde bir kez var", "A parcel number occurs once in its neighbourhood"),
    text=Title(
        "{block} ada {parcel} parsel (tapu mahallesi {place}) {other} da var.",
        "Block {block}, parcel {parcel} (cadastral neighbourhood {place}) is also the number of {other}.",
    ),
    cause=Title(
        "Numara yanlış yazılmış, tapu mahallesi yazılmamış ya da eski parsel sonlandırılmamış olabilir.",
        "Usually the number is mistyped, the cadastral neighbourhood is missing, or the old parcel was not ended.",
    ),
    remedy=Title(
        "Numarayı ya da tapu mahallesini düzeltin; eski parsel sonlandıysa onu da gönderin.",
        "Correct the number or the cadastral neighbourhood; if the old parcel has ended, say so in the file.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
    why_not=needs_layer("parcels"),
)
