"""Formats that are known and not read: what to do instead."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from layers.core.words import Title


@dataclass(frozen=True)
class Unread:
    """A format whose owner alone can read it, or which holds no shapes."""

    title: str
    is_this: Callable[[Path, bytes], bool]
    instead: Title


_FROM_NETCAD = Title(
    "NetCAD'de çizimi açın, “Dosya › Farklı kaydet” ile DXF olarak ya da GIS dışa aktarımıyla Shapefile veya "
    "GeoPackage olarak kaydedip onu gönderin.",
    "Open the drawing in NetCAD and save it as DXF with “File › Save as”, or export it as Shapefile or GeoPackage, "
    "and send that.",
)
_FROM_CAD = Title(
    "Çizim programında metin (ASCII) DXF olarak kaydedip onu gönderin.",
    "Save it as a text (ASCII) DXF in your drawing program and send that.",
)
_FROM_ACCESS = Title(
    "İçindeki katmanı GeoPackage ya da Shapefile olarak dışa aktarıp gönderin.",
    "Export the layer inside as GeoPackage or Shapefile and send that.",
)
_FROM_ARCHIVE = Title(
    "Dosyaları zip olarak arşivleyip yeniden gönderin.",
    "Pack the files as zip and send them again.",
)
_FROM_PAPER = Title(
    "Belgeden geometri okunmaz. Belgenin yapıldığı çizimi ya da koordinat listesini gönderin.",
    "No shapes are read from a document. Send the drawing or the coordinate list it was made from.",
)


def _begins(*marks: bytes) -> Callable[[Path, bytes], bool]:
    return lambda _path, head: head.startswith(marks)


UNREAD = (
    Unread("NetCAD (NCZ)", lambda path, _head: path.suffix.lower() in (".ncz", ".nca"), _FROM_NETCAD),
    Unread("AutoCAD (DWG)", _begins(b"AC10"), _FROM_CAD),
    Unread("DXF (binary)", _begins(b"AutoCAD Binary DXF"), _FROM_CAD),
    Unread("Microsoft Access", _begins(b"\x00\x01\x00\x00Standard "), _FROM_ACCESS),
    Unread("RAR, 7z", _begins(b"Rar!", b"7z\xbc\xaf\x27\x1c"), _FROM_ARCHIVE),
    Unread("PDF", _begins(b"%PDF"), _FROM_PAPER),
)


def unread_format(path: Path, head: bytes) -> Unread | None:
    """What the file is, if it is one of these."""
    return next((unread for unread in UNREAD if unread.is_this(path, head)), None)
