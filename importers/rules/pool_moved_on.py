"""What the pool has changed since the file was taken stays, and the sender reads how much that is."""

from collections.abc import Iterator

from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """One finding for the file."""
    joined = context.joined
    if joined.kept or joined.both:
        yield Trouble({"epoch": str(joined.base.epoch), "kept": joined.kept, "both": joined.both})


RULE = Rule(
    id="pool_moved_on",
    title=Title(
        "Dosya alındığından beri havuz değişmedi",
        "The pool is as it was when the file was taken",
    ),
    text=Title(
        "Dosya {epoch} numaralı yayına göre. O zamandan beri havuzda değişen {kept} detay, dosya onlara dokunmadığı "
        "için havuzdaki gibi kaldı; {both} detayda havuzun ve dosyanın değişiklikleri birleştirildi.",
        "The file is as of publish {epoch}. {kept} features that the pool has changed since stay as the pool has them, "
        "because the file does not touch them; in {both} features the changes of pool and file were joined.",
    ),
    cause=Title(
        "Dosya hazırlanırken havuzda başka değişiklikler yayımlandı.",
        "Other changes were published in the pool while the file was being prepared.",
    ),
    remedy=Title(
        "Yapılacak bir şey yok; dosyadaki değeri istiyorsanız yeni paket alıp orada değiştirin.",
        "Nothing is to be done; if the file's value is wanted, take a new bundle and change it there.",
    ),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
)
