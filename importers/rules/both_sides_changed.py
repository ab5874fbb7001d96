"""A feature that was changed in the pool and in the file, not alike: a person chooses the side."""

from collections.abc import Iterator, Mapping

from shapely.geometry.base import BaseGeometry

from importers.merging.joined import Conflict
from importers.merging.three_way import FEATURE, SHAPE
from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from layers.core.words import Title

_WORDS = {
    SHAPE: Title("şekil", "shape"),
    FEATURE: Title("varlığı", "whether it exists"),
}


def check(context: Context) -> Iterator[Trouble]:
    """One finding per feature, with the ground that the sides do not have in common."""
    for conflict in context.joined.undecided:
        parts = [_word(part, context) for part in conflict.parts]
        facts = {"parts": parts, "epoch": str(context.joined.base.epoch), "feature": conflict.ref}
        yield Trouble(facts, _place(conflict), conflict.line, conflict.ref)


def _word(part: str, context: Context) -> Mapping[str, str]:
    return _WORDS[part].written if part in _WORDS else context.title_of(part)


def _place(conflict: Conflict) -> BaseGeometry | None:
    ours, theirs = conflict.sides.ours, conflict.sides.theirs
    shapes = [side.shape for side in (ours, theirs) if side is not None and side.shape is not None]
    if SHAPE not in conflict.parts or len(shapes) < 2 or not all(shape.is_valid for shape in shapes):
        return shapes[0] if shapes else None
    return shapes[0].symmetric_difference(shapes[1])


RULE = Rule(
    id="both_sides_changed",
    title=Title(
        "Havuz ve dosya aynı şeyi farklı değiştirmedi",
        "Pool and file did not change the same thing apart",
    ),
    text=Title(
        "{feature}: {epoch} numaralı yayından sonra hem havuzda hem dosyada değişmiş ve ikisi aynı değil: {parts}.",
        "{feature}: since publish {epoch} it was changed both in the pool and in the file, and not alike: {parts}.",
    ),
    cause=Title(
        "Dosya havuzdan alındıktan sonra aynı detay başka bir yoldan da değiştirildi.",
        "After the file was taken from the pool, the same feature was changed in another way as well.",
    ),
    remedy=Title(
        "Raporun “Çakışmalar” sayfasında her biri için havuzu ya da dosyayı seçin.",
        "Choose pool or file for each on the report's page “Conflicts”.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
)
