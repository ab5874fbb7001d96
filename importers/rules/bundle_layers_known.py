"""Layers that somebody has added to a bundle are not read, and the sender is told."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """One finding for the file."""
    if context.bundle is not None and context.bundle.added_layers:
        yield Trouble({"layers": list(context.bundle.added_layers)})


RULE = Rule(
    id="bundle_layers_known",
    title=Title(
        "Pakette yabancı katman yok",
        "The bundle has no other layers",
    ),
    text=Title(
        "Pakete eklenen katmanlar okunmadı: {layers}.",
        "Layers that were added to the bundle were not read: {layers}.",
    ),
    cause=Title(
        "Paketin içine yeni bir katman kaydedilmiş ya da bir katmanın adı değiştirilmiş.",
        "A new layer was saved into the bundle, or one of its layers was given another name.",
    ),
    remedy=Title(
        "Bu katmanlarda havuza girecek bir şey varsa kendi dosyasında, ait olduğu katmanı seçerek gönderin.",
        "If they hold anything for the pool, send it in a file of its own and choose the layer that it belongs to.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
