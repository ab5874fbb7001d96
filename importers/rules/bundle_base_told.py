"""A bundle that no longer says of which publish it is, is compared with what was accepted last."""

from collections.abc import Iterator

from importers.rule import WARNED, Context, Kind, Rule, Trouble
from layers.core.bundle_mark import MARK_FIELD
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """One finding for the file."""
    if context.bundle is not None and not context.bundle.is_marked:
        yield Trouble({"column": MARK_FIELD, "epoch": str(context.joined.base.epoch)})


RULE = Rule(
    id="bundle_base_told",
    title=Title(
        "Paket hangi yayından alındığını söylüyor",
        "The bundle says of which publish it is",
    ),
    text=Title(
        "Paketteki hiçbir kayıt hangi yayından alındığını söylemiyor ({column}). İlçenin son kabul edilen durumuyla, "
        "{epoch} numaralı yayınla karşılaştırıldı.",
        "No record of the bundle says of which publish it is ({column}). It was compared with what was last accepted "
        "of the district, publish {epoch}.",
    ),
    cause=Title(
        "{column} sütunu silinmiş, boşaltılmış ya da üzerine başka bir şey yazılmış.",
        "Column {column} was deleted, emptied or written over.",
    ),
    remedy=Title(
        "Paketi daha önce aldıysanız, o günden beri başkalarının değiştirdikleri sizin değişikliğiniz sanılır: "
        "değişiklik listesine bakın, kuşkudaysanız yeni paket alıp düzeltmeleri ona taşıyın.",
        "If you took the bundle earlier, what others have changed since is taken for a change of yours: read the list "
        "of changes; if in doubt, take a new bundle and carry the edits over.",
    ),
    severities=WARNED,
    kind=Kind.SET,
    check=check,
)
