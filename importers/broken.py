"""Files that cannot be checked at all: what is wrong and what to do, in the sender's language."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from importers.wording import in_every_language, in_words
from layers.core.words import Title


class BrokenFile(Exception):
    """The file as a whole cannot be used; its bytes are kept, nothing else of it is."""

    code: ClassVar[str]
    words: ClassVar[Title]

    def __init__(self, **facts: Any) -> None:
        self.facts: Mapping[str, Any] = facts
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """What is wrong and what to do."""
        return in_words(self.words, self.facts, language)

    @classmethod
    def kinds(cls) -> "Iterator[type[BrokenFile]]":
        """All that are told by a code of their own; some only gather others."""
        for kind in cls.__subclasses__():
            if "code" in vars(kind):
                yield kind
            yield from kind.kinds()

    def as_failure(self) -> dict[str, Any]:
        """What the inbox keeps of it."""
        return {
            "code": self.code,
            "facts": dict(self.facts),
            "text": in_every_language(self.words, self.facts),
        }


class EmptyFile(BrokenFile):
    """The file has no bytes."""

    code = "empty_file"
    words = Title(
        "Dosya boş: içinde hiç bayt yok. Dışa aktarmayı yineleyip dosyayı yeniden gönderin.",
        "The file is empty: it holds no bytes. Export it again and send the new file.",
    )


class UnknownFormat(BrokenFile):
    """No reader knows the content."""

    code = "unknown_format"
    words = Title(
        "“{filename}” içeriği tanınan bir biçimde değil. Şunlardan biri olarak dışa aktarın: {formats}.",
        "The content of “{filename}” is in no format that is read here. Export it as one of: {formats}.",
    )


class ExportFirst(BrokenFile):
    """The format is known and not read."""

    code = "export_first"
    words = Title(
        "“{filename}” bir {format} dosyası; burada okunmuyor. {instead}",
        "“{filename}” is a {format} file, which is not read here. {instead}",
    )


class NoShapes(BrokenFile):
    """The format is read, but nothing in the file says where something lies."""

    code = "no_shapes"
    words = Title(
        "“{filename}” okunuyor ama içinde geometri yok. Bir listede koordinatlar Y ve X sütunlarında ya da WKT "
        "olarak bir sütunda durmalı.",
        "“{filename}” can be read but holds no shapes. In a list the coordinates have to stand in columns Y and X, "
        "or as WKT in one column.",
    )


class UnreadableCell(BrokenFile):
    """A coordinate in a list is no number: the shape would get another corner, or lose one."""

    code = "unreadable_cell"
    words = Title(
        "{line}. satırda {column} sütunundaki “{value}” bir sayı değil. Düzeltip dosyayı yeniden gönderin.",
        "In line {line}, “{value}” in column {column} is no number. Correct it and send the file again.",
    )


class UnreadableFile(BrokenFile):
    """The format is known, the content is damaged."""

    code = "unreadable_file"
    words = Title(
        "Dosya {format} gibi görünüyor ama okunamıyor; yarım kalmış ya da bozulmuş olabilir. "
        "Kendi programınızda açıldığını görün, yeniden dışa aktarıp gönderin.",
        "The file looks like {format} but cannot be read; it may be cut short or damaged. "
        "Check that your own program opens it, export it again and send it.",
    )


class TooLargeToRead(BrokenFile):
    """Reading it took more memory than one file may."""

    code = "too_large_to_read"
    words = Title(
        "Dosya ({format}) okunamayacak kadar büyük ya da içinde çok büyük tek bir şekil var. Yalnızca gereken katmanı, "
        "gerekirse parçalar hâlinde, GeoPackage olarak gönderin.",
        "The file ({format}) is too large to be read, or holds a single shape that is. Send only the layer that is "
        "needed as GeoPackage, in parts if need be.",
    )


class TookTooLongToRead(BrokenFile):
    """Reading it took more time than one file may."""

    code = "took_too_long_to_read"
    words = Title(
        "Dosyanın ({format}) okunması {minutes} dakikada bitmedi ve durduruldu. Yalnızca gereken katmanı, gerekirse "
        "parçalar hâlinde, GeoPackage olarak gönderin.",
        "Reading the file ({format}) did not end within {minutes} min and was stopped. Send only the layer that is "
        "needed as GeoPackage, in parts if need be.",
    )


class NothingInside(BrokenFile):
    """The file is sound and holds no feature."""

    code = "nothing_inside"
    words = Title(
        "Dosya okunuyor ama içinde hiç detay yok. Dışa aktarırken doğru katmanın ve seçimin "
        "alındığına bakıp yeniden gönderin.",
        "The file can be read but holds no feature. Check that the right layer and selection were exported "
        "and send it again.",
    )


class IncompleteSet(BrokenFile):
    """The format is several files; some are missing."""

    code = "incomplete_set"
    words = Title(
        "{format} eksik: {missing} yok. Aynı addaki dosyaların hepsini tek bir zip içinde gönderin.",
        "The {format} is incomplete: {missing} is missing. Send all files of the same name together in one zip.",
    )


class UnequalSet(BrokenFile):
    """The files of a Shapefile come from different exports: which row belongs to which shape cannot be known."""

    code = "unequal_set"
    words = Title(
        "Shapefile’ın .shp dosyasında {shapes} şekil, .dbf dosyasında {rows} satır var; dosyalar ayrı dışa "
        "aktarmalardan olabilir. Hepsini birlikte yeniden dışa aktarıp gönderin.",
        "The .shp of the Shapefile holds {shapes} shapes and its .dbf {rows} rows; the files may come from different "
        "exports. Export them again together and send them all.",
    )


class BrokenZip(BrokenFile):
    """The archive is damaged."""

    code = "broken_zip"
    words = Title(
        "Zip arşivi bozuk ya da yarım. Arşivi yeniden oluşturup gönderin.",
        "The zip archive is damaged or cut short. Make the archive again and send it.",
    )


class EncryptedZip(BrokenFile):
    """The archive wants a password."""

    code = "encrypted_zip"
    words = Title(
        "Zip arşivi parolalı. Parolasız bir arşiv gönderin; bağlantı zaten şifrelidir.",
        "The zip archive has a password. Send it without one; the connection is encrypted already.",
    )


class UnsafeZip(BrokenFile):
    """The archive wants to write outside its folder."""

    code = "unsafe_zip"
    words = Title(
        "Zip arşivinde kendi klasörünün dışına çıkan bir ad ya da bağlantı var: “{member}”. "
        "Dosyaları düz bir klasörden yeniden arşivleyip gönderin.",
        "The zip archive holds a name or link that leads out of its own folder: “{member}”. "
        "Archive the files again from a plain folder and send that.",
    )


class ZipTooLarge(BrokenFile):
    """The archive unpacks to more than any real file does."""

    code = "zip_too_large"
    words = Title(
        "Zip arşivi açılınca çok büyüyor ({entries} dosya, {inflated_mb} MB; sınır {limit_mb} MB, "
        "{limit_entries} dosya ve sıkıştırılmış hâlinin {limit_ratio} katı). Yalnızca gereken katmanı, gerekirse "
        "parçalar hâlinde gönderin.",
        "The zip archive unpacks to too much ({entries} files, {inflated_mb} MB; the limit is {limit_mb} MB, "
        "{limit_entries} files and {limit_ratio} times the packed size). Send only the layer that is needed, in "
        "parts if need be.",
    )


class SeveralLayers(BrokenFile):
    """More than one layer of the file could be meant."""

    code = "several_layers"
    words = Title(
        "Dosyada birden çok katman var: {layers}. Hangisinin okunacağını seçin (komut satırında --source-layer ADI).",
        "The file holds several layers: {layers}. Choose the one to read (--source-layer NAME on the command line).",
    )


class NoSuchLayer(BrokenFile):
    """The layer asked for is not in the file."""

    code = "no_such_layer"
    words = Title(
        "Dosyada “{asked}” adlı katman yok; olanlar: {layers}.",
        "The file has no layer “{asked}”; it holds: {layers}.",
    )


class NoUsableColumn(BrokenFile):
    """Not one column could be recognised."""

    code = "no_usable_column"
    words = Title(
        "Sütunların hiçbiri tanınmadı: {columns}. Sütun adlarını şunlardan biriyle değiştirin: {known}.",
        "None of the columns was recognised: {columns}. Name them as one of: {known}.",
    )


class NoSuchColumn(BrokenFile):
    """The sender speaks about a column that the file does not have."""

    code = "no_such_column"
    words = Title(
        "Dosyada “{asked}” adlı sütun yok; olanlar: {columns}.",
        "The file has no column “{asked}”; it has: {columns}.",
    )


class UnitNotConvertible(BrokenFile):
    """No number turns the unit that the sender names into the field's."""

    code = "unit_not_convertible"
    words = Title(
        "“{header}” sütunu {field} alanına {unit} biriminden çevrilemez. Birimi olmadan seçin ya da sütunu düzeltin.",
        "Column “{header}” cannot be turned from {unit} into {field}. Choose it without the unit or correct it.",
    )


class UnknownSystem(BrokenFile):
    """The file does not say what its coordinates are, and we do not guess."""

    code = "crs_unknown"
    words = Title(
        "Dosya koordinat sistemini söylemiyor; tahmin etmiyoruz. Olası okumalar: {readings}. "
        "Doğru olanı seçin ya da dosyayı .prj ile yeniden gönderin.",
        "The file does not say which coordinate system it is in, and we do not guess. Possible readings: {readings}. "
        "Choose the right one, or send the file again with its .prj.",
    )


class NoSuchSystem(BrokenFile):
    """The code asked for is no coordinate system of places on Earth."""

    code = "crs_not_known"
    words = Title(
        "{system} bilinen bir koordinat sistemi değil. Şunlardan birini seçin: {readings}.",
        "{system} is no coordinate system that is known. Choose one of: {readings}.",
    )


class DoubtfulSystem(BrokenFile):
    """The coordinates do not lie where their declared system puts them."""

    code = "crs_doubtful"
    words = Title(
        "Dosya {declared} diyor ama detayların yalnızca %{percent} kadarı ilçeye düşüyor. "
        "Olası okumalar: {readings}. Doğru olanı seçin.",
        "The file says {declared}, but only {percent} % of its features lie in the district then. "
        "Possible readings: {readings}. Choose the right one.",
    )


class ShiftedSystem(BrokenFile):
    """Everything lies beside the published features by the offset of another datum."""

    code = "crs_shifted"
    words = Title(
        "Her şey yayımlanmış detayların {metres} m {direction} yönünde: sayılar {reading} gibi görünüyor, "
        "{declared} değil. Doğru sistemi seçin.",
        "Everything lies {metres} m to the {direction} of the published features: the numbers look like {reading}, "
        "not {declared}. Choose the right system.",
    )


class BasedOnAnotherPool(BrokenFile):
    """The records say that they were taken from another pool."""

    code = "based_on_another_pool"
    words = Title(
        "Bu paket başka bir havuzdan alınmış; buradaki kayıtlarla karşılaştırılamaz. Paketi alındığı yere gönderin "
        "ya da ilçe sayfanızdan yeni paket alıp düzeltmeleri ona taşıyın.",
        "This bundle was taken from another pool and cannot be compared with this one. Send it where it was taken, or "
        "take a new bundle from your district's page and carry the edits over.",
    )


class BasedOnLater(BrokenFile):
    """The records say a publish that this pool has not come to."""

    code = "based_on_later"
    words = Title(
        "Paket {epoch} numaralı yayından alınmış, havuzdaki son yayın ise {newest}: havuz daha eski bir yedekten "
        "dönmüş. Yeni paket alıp düzeltmeleri ona taşıyın.",
        "The bundle was taken at publish {epoch}, but the newest publish here is {newest}: the pool has come back from "
        "an older backup. Take a new bundle and carry the edits over.",
    )


class SeveralBases(BrokenFile):
    """The records were taken from the pool at different times."""

    code = "several_bases"
    words = Title(
        "Dosyada birden çok paket birleştirilmiş: kayıtlar {epochs} numaralı yayınlardan. Her paketi ayrı gönderin.",
        "Several bundles were put together in this file: its records are of publishes {epochs}. "
        "Send each bundle alone.",
    )


class FarFewer(BrokenFile):
    """A source lacks so much of what is published that it is not believed."""

    code = "far_fewer"
    words = Title(
        "Kaynaktan gelen bütün durumda {count} detay var; yayımlanmış {before} detayın en çok yüzde {share} kadarı "
        "eksik "
        "olabilir. Hiçbir şey sonlandırılmadı. Kaynağı denetleyin; doğruysa bu dosyayı indirip elle gönderin.",
        "The whole state from the source holds {count} features; of the {before} published ones at most {share} "
        "percent "
        "may be missing. Nothing was ended. Check the source; if it is right, download this file and send it by hand.",
    )


class CheckInterrupted(BrokenFile):
    """Checking the file ended the program more than once, or something failed that should not."""

    code = "check_interrupted"
    words = Title(
        "Dosya denetlenirken beklenmedik bir sorun oldu; bu sizin hatanız olmayabilir. Baytlar duruyor. "
        "Dosyayı GeoPackage olarak yeniden dışa aktarıp gönderin ya da {reference} numarasıyla birime yazın.",
        "Something unexpected happened while the file was checked; this may not be your fault. Its bytes are kept. "
        "Export it as GeoPackage and send it again, or write to the department with the number {reference}.",
    )
