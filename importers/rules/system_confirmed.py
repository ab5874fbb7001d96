"""Where nothing published confirms the coordinate system, its sender is told what else the numbers may be."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Two datums lie so close to each other that only published neighbours can tell them apart."""
    if context.rival_systems:
        yield Trouble({"system": context.system, "others": list(context.rival_systems)})


RULE = Rule(
    id="system_confirmed",
    title=Title("Koordinat sistemi doğrulanıyor", "The coordinate system is confirmed"),
    text=Title(
        "Dosya {system} olarak okundu; yayımlanmış hiçbir detay bunu doğrulamıyor. Şu okumalarda da ilçeye düşer: "
        "{others}.",
        "The file was read as {system}, which nothing published confirms. Read as one of these it would lie in the "
        "district as well: {others}.",
    ),
    cause=Title(
        "Datumlar arasındaki fark sayılardan anlaşılmaz; yalnızca yayımlanmış komşular gösterir.",
        "Numbers do not show their datum; only published neighbours do.",
    ),
    remedy=Title(
        "Sistemin doğru olduğuna ölçümü yapan kişiyle emin olun.",
        "Ask who surveyed it whether the system is right.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
