"""Sources that give nothing usable: what is wrong and what to do, in the reader's language."""

from importers.broken import BrokenFile
from layers.core.words import Title


class NotFetched(BrokenFile):
    """Nothing was taken: what the district sent before stays as it is."""


class SourceNotAllowed(NotFetched):
    """The operator does not let the service call this address."""

    code = "source_not_allowed"
    words = Title(
        "{where} adresinden dosya alınmıyor: {why}. İşletmen GIS_SOURCE_HOSTS, GIS_SOURCE_PRIVATE ve "
        "GIS_SOURCE_FOLDER ayarlarıyla izin verir.",
        "Nothing is taken from {where}: {why}. The operator allows it by GIS_SOURCE_HOSTS, GIS_SOURCE_PRIVATE and "
        "GIS_SOURCE_FOLDER.",
    )


class SourceNotReached(NotFetched):
    """Nobody answers there."""

    code = "source_not_reached"
    words = Title(
        "{where} yanıt vermiyor. Kendiliğinden yeniden denenir; sürerse ilçenin bilgi işlem birimine sorun.",
        "{where} does not answer. It is tried again by itself; if that goes on, ask the district's computer office.",
    )


class SourceTooSlow(NotFetched):
    """It took longer than a pull may."""

    code = "source_too_slow"
    words = Title(
        "{where} {minutes} dakikada bitiremedi. Kendiliğinden yeniden denenir; sürerse daha küçük parçalar hâlinde "
        "verin.",
        "{where} did not finish within {minutes} min. It is tried again by itself; if that goes on, offer smaller "
        "parts.",
    )


class SourceRefused(NotFetched):
    """It answered that it gives nothing."""

    code = "source_refused"
    words = Title(
        "{where} dosyayı vermedi (yanıtı: {answer}). Adres, katman adı ve GIS_SOURCE_SECRETS içindeki parola doğru mu, "
        "bakın.",
        "{where} gave no file (its answer: {answer}). Check the address, the name of the layer and the secret in "
        "GIS_SOURCE_SECRETS.",
    )


class LeadsElsewhere(NotFetched):
    """It sends its callers on, without end."""

    code = "source_leads_elsewhere"
    words = Title(
        "{where} isteği başka adreslere yönlendirip duruyor. Profilde dosyanın son adresini yazın.",
        "{where} keeps sending the request on to other addresses. Write the file's final address into the profile.",
    )


class AnsweredWithPage(NotFetched):
    """A page for people came where data was asked for."""

    code = "source_answered_with_page"
    words = Title(
        "{where} veri yerine bir web sayfası verdi; oturum açma ya da bakım sayfası olabilir. Adresi tarayıcıda açıp "
        "bakın.",
        "{where} answered with a web page instead of data, perhaps to sign in or about maintenance. Open the address "
        "in a browser and look.",
    )


class CutShort(NotFetched):
    """The line broke, and going on did not help."""

    code = "source_cut_short"
    words = Title(
        "{where} dosyanın yalnızca bir bölümünü verdi ({received} / {expected}). Hiçbir şey alınmadı; kendiliğinden "
        "yeniden denenir.",
        "{where} gave only a part of the file ({received} of {expected}). Nothing was taken; it is tried again by "
        "itself.",
    )


class TooMuch(NotFetched):
    """More than a district may send."""

    code = "source_too_large"
    words = Title(
        "{where} {limit_mb} MB sınırından fazlasını veriyor. Yalnızca gereken katmanı, gerekirse parçalar hâlinde "
        "verin.",
        "{where} gives more than the limit of {limit_mb} MB. Offer only the layer that is needed, in parts if need be.",
    )


class NothingThere(NotFetched):
    """An empty answer is never taken for the end of everything."""

    code = "source_empty"
    words = Title(
        "{where} hiç detay vermedi. Boş bir yanıt “hepsi silindi” sayılmaz: hiçbir şey alınmadı. Kaynakta katmanın "
        "dolu "
        "olduğuna bakın.",
        "{where} gave no feature. An empty answer is never taken for “all deleted”: nothing was taken. Check that the "
        "layer is filled at the source.",
    )


class NotUnderstood(NotFetched):
    """The answer is not what this kind of source gives."""

    code = "source_not_understood"
    words = Title(
        "{where} yanıtı {expected} değil. Profildeki adres, tür ve katman adı doğru mu, bakın.",
        "What {where} answers is no {expected}. Check address, kind and name of the layer in the profile.",
    )


class MovedMeanwhile(NotFetched):
    """Its pages do not make up one state."""

    code = "source_moved_meanwhile"
    words = Title(
        "{where} okunurken değişti: {expected} detay bildirdi, {received} tane verdi. Hiçbir şey alınmadı; "
        "kendiliğinden "
        "yeniden denenir.",
        "{where} changed while it was read: it announced {expected} features and gave {received}. Nothing was taken; "
        "it "
        "is tried again by itself.",
    )


class NoSuchFile(NotFetched):
    """The folder or file is not there."""

    code = "source_no_such_file"
    words = Title(
        "“{where}” yolunda alınacak dosya yok. Yolun doğru ve klasörün bağlı olduğuna bakın.",
        "There is no file to take at “{where}”. Check that the path is right and the folder is mounted.",
    )


class StillWritten(NotFetched):
    """Somebody is writing it."""

    code = "source_still_written"
    words = Title(
        "“{where}” hâlâ yazılıyor; yarım dosya alınmaz. Kendiliğinden yeniden denenir.",
        "“{where}” is still being written; half a file is not taken. It is tried again by itself.",
    )


class NoSuchTable(NotFetched):
    """The table, or its shapes, are not to be found."""

    code = "source_no_such_table"
    words = Title(
        "{where} veritabanında geometrisi okunabilen “{table}” adlı bir tablo yok. Adını (şema.tablo) ve okuma hakkını "
        "denetleyin.",
        "The database {where} has no table “{table}” whose shapes can be read. Check its name (schema.table) and the "
        "right to read it.",
    )


class SeveralSystems(NotFetched):
    """The shapes of one table are in different systems, or in none that is named."""

    code = "source_several_systems"
    words = Title(
        "“{table}” tablosundaki geometriler tek bir koordinat sisteminde değil (SRID: {srids}). Tabloda hepsini aynı "
        "sisteme çevirin.",
        "The shapes of the table “{table}” are not in one coordinate system (SRID: {srids}). Turn all of them into the "
        "same one in the table.",
    )


class UnknownKind(NotFetched):
    """The profile names a kind of source that there is not."""

    code = "source_unknown_kind"
    words = Title(
        "“{kind}” türünde kaynak yok; türler: {kinds}. Profili düzeltin.",
        "There is no source of the kind “{kind}”; there are {kinds}. Correct the profile.",
    )


class NoRoom(NotFetched):
    """What waits for the district leaves no room."""

    code = "source_no_room"
    words = Title(
        "İlçenin denetlenmeyi bekleyen dosyaları yer bırakmıyor ({why}). Onlar denetlenince yeniden denenir.",
        "Files of the district that wait to be checked leave no room ({why}). It is tried again once they are checked.",
    )


class PullInterrupted(NotFetched):
    """The program that pulls has ended in the middle."""

    code = "source_pull_interrupted"
    words = Title(
        "“{where}” kaynağından alma yarıda kaldı; hiçbir şey alınmadı. Kendiliğinden yeniden denenir; yinelenirse "
        "kayıtlara bakın.",
        "The pull from “{where}” ended in the middle; nothing was taken. It is tried again by itself; if that repeats, "
        "look into the log.",
    )
