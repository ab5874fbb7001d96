"""Putting a sent file where readers can open it; an archive is trusted in nothing."""

import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from importers.broken import BrokenZip, EmptyFile, EncryptedZip, UnsafeZip, ZipTooLarge

LARGEST_INFLATED_BYTES = 2_000_000_000
LARGEST_RATIO = 200
"""Real geometry packs 3 to 30 times; a bomb a thousand times."""
SMALL_ENOUGH_BYTES = 20_000_000
"""Below this a high ratio does no harm: an empty table packs very well."""
MOST_ENTRIES = 2_000
_PIECE = 1 << 20


def unpack(filename: str, pieces: Iterable[bytes], folder: Path) -> tuple[Path, ...]:
    """Write the file into the folder; the files to look at are itself, or what the archive holds."""
    sent = folder / _safe_name(filename)
    with sent.open("wb") as file:
        size = sum(file.write(piece) for piece in pieces)
    if size == 0:
        raise EmptyFile
    if not _is_zip(sent):
        # Readers must not take it for an archive because of its name.
        return (sent.rename(sent.with_suffix("")) if sent.suffix == ".zip" else sent,)
    inside = folder / "inside"
    inside.mkdir()
    try:
        return (sent,) if _is_workbook(sent) else tuple(_extracted(sent, inside))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as cause:
        raise BrokenZip from cause


def _safe_name(filename: str) -> str:
    """Readers look at the suffix and some formats name their layer after the file; nothing else of it is kept."""
    name = PurePosixPath(filename)
    stem = "".join(sign if sign.isalnum() or sign in "-_ " else "_" for sign in name.stem)[:60]
    suffix = name.suffix.lower() if name.suffix.isascii() and name.suffix[1:].isalnum() else ""
    return f"{stem or 'sent'}{suffix}"


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _is_workbook(sent: Path) -> bool:
    """Spreadsheets are zip archives that only look harmless: their reader inflates them by itself."""
    with zipfile.ZipFile(sent) as archive:
        if not {"[Content_Types].xml", "mimetype"} & set(archive.namelist()):
            return False
        _refuse_dangerous(archive.infolist(), sent.stat().st_size)
        return True


def _extracted(sent: Path, inside: Path) -> Iterator[Path]:
    with zipfile.ZipFile(sent) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        _refuse_dangerous(members, sent.stat().st_size)
        left = LARGEST_INFLATED_BYTES
        for member in members:
            if _is_noise(member.filename):
                continue
            # One folder per folder of the archive keeps together what is several files, and its name intact.
            target = inside / _folder(member, members) / PurePosixPath(member.filename).name
            target.parent.mkdir(exist_ok=True)
            left -= _copy(archive, member, target, left, len(members))
            yield target


def _refuse_dangerous(members: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    inflated = sum(member.file_size for member in members)
    is_bomb = inflated > SMALL_ENOUGH_BYTES and inflated > LARGEST_RATIO * packed_bytes
    if is_bomb or inflated > LARGEST_INFLATED_BYTES or len(members) > MOST_ENTRIES:
        raise _too_large(len(members), inflated)
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        is_link = stat.S_ISLNK(member.external_attr >> 16)
        if is_link or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise UnsafeZip(member=member.filename)
        if member.flag_bits & 0x1:
            raise EncryptedZip


def _folder(member: zipfile.ZipInfo, members: list[zipfile.ZipInfo]) -> str:
    parent = PurePosixPath(member.filename).parent
    parents = sorted({PurePosixPath(other.filename).parent for other in members})
    # A file geodatabase is a folder that readers know by its ending.
    return f"{parents.index(parent)}{'.gdb' if parent.suffix.lower() == '.gdb' else ''}"


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, limit: int, entries: int) -> int:
    """Inflate piece by piece: what the archive says about its sizes may be a lie."""
    written = 0
    try:
        with archive.open(member) as packed, target.open("wb") as file:
            while piece := packed.read(_PIECE):
                written += file.write(piece)
                if written > limit:
                    raise _too_large(entries, written)
    except RuntimeError as cause:  # zipfile says so of a password it was not given
        raise EncryptedZip from cause
    return written


def _too_large(entries: int, inflated_bytes: int) -> ZipTooLarge:
    return ZipTooLarge(
        entries=entries,
        inflated_mb=inflated_bytes // 1_000_000,
        limit_mb=LARGEST_INFLATED_BYTES // 1_000_000,
        limit_entries=MOST_ENTRIES,
        limit_ratio=LARGEST_RATIO,
    )


def _is_noise(name: str) -> bool:
    """What operating systems leave in archives."""
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith((".", "._")) or path.name == "Thumbs.db"
