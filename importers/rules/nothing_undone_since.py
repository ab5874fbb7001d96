"""What was undone since a bundle was taken stays undone, and the sender reads so."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """One finding for the file."""
    base = context.joined.base
    if base.undone:
        changesets = [str(number) for number in base.undone]
        yield Trouble({"epoch": str(base.epoch), "count": len(changesets), "changesets": changesets})


RULE = Rule(
    id="nothing_undone_since",
    title=Title(
        "Dosya alındığından beri geri alma olmadı",
        "Nothing was undone since the file was taken",
    ),
    text=Title(
        "Dosya {epoch} numaralı yayından; o zamandan beri {count} değişiklik kümesi geri alındı: {changesets}. Dosyada "
        "olduğu gibi duran kayıtlar için geri alma geçerli kalır.",
        "The file is as of publish {epoch}; {count} changesets have been undone since: {changesets}. For records that "
        "the file leaves as they were, they stay undone.",
    ),
    cause=Title(
        "Paket alındıktan sonra içindekilerin bir kısmı havuzda geri alındı.",
        "After the bundle was taken, part of what it holds was undone in the pool.",
    ),
    remedy=Title(
        "Değiştirdiğiniz kayıtlar arasında bunlar varsa taraf seçmeniz istenir; yeniden geçerli olmasını istediğinizi "
        "yeni paket alıp onda değiştirin.",
        "Where you have changed such records, you are asked to choose a side; what you want to hold again, change in a "
        "new bundle.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
