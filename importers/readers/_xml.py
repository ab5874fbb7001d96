"""What an XML file calls itself, and a copy of it that says nothing but itself."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

_SKIPPED = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(\[.*?\])?\s*>", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")


def root_of(head: bytes) -> bytes | None:
    """The root element without its prefix; None for what is no XML or begins with more than the head."""
    at = len(head) - len(head.removeprefix(b"\xef\xbb\xbf"))
    while skipped := _SKIPPED.match(head, at):
        at = skipped.end()
    root = _ROOT.match(head, at)
    return root[1] if root else None


_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["'][^>]*\?>""")
_PARSER_KNOWS = frozenset({"utf-8", "ascii", "iso8859-1"})
_PIECE = 1 << 20
_PLAINLY = (
    # GDAL would ask the network for what is only another way to write the code.
    (b"http://www.opengis.net/gml/srs/epsg.xml#", b"EPSG:"),
    # A schema beside the file could hide features and name other files; the content says all there is.
    (b"schemaLocation", b"schemaLeftOut"),
)
_LONGEST = max(len(said) for said, _ in _PLAINLY)


def plain_copy(path: Path) -> Path:
    """The file beside itself, in an encoding that parsers know, under a name that no sent companion has.

    Raises UnicodeDecodeError where it is not written as it declares.
    """
    copy = path.with_name(f"{path.stem} plain{path.suffix}")
    if not copy.exists():
        with copy.open("wb") as file:
            file.writelines(_plainly(_in_known_letters(path)))
    return copy


def _in_known_letters(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        head = file.read(_PIECE)
        declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
        encoding = _codec(declared[1].decode("ascii")) if declared else None
        if declared is None or encoding is None:
            yield head
            yield from iter(lambda: file.read(_PIECE), b"")
            return
        decoder = codecs.getincrementaldecoder(encoding)()
        yield b'<?xml version="1.0" encoding="UTF-8"?>'
        yield decoder.decode(head[declared.end() :]).encode()
        for piece in iter(lambda: file.read(_PIECE), b""):
            yield decoder.decode(piece).encode()
        yield decoder.decode(b"", final=True).encode()


def _codec(declared: str) -> str | None:
    """Only the tables of letters of single bytes: those are what parsers lack."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    return name if name not in _PARSER_KNOWS and name.startswith(("cp", "iso8859", "mac", "koi8")) else None


def _plainly(pieces: Iterator[bytes]) -> Iterator[bytes]:
    kept = b""
    for piece in pieces:
        kept += piece
        for said, instead in _PLAINLY:
            kept = kept.replace(said, instead)
        # What begins at the end of a piece may go on in the next.
        yield kept[:-_LONGEST]
        kept = kept[-_LONGEST:]
    yield kept
