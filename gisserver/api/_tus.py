"""The headers of tus 1.0, read and written: https://tus.io/protocols/resumable-upload."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from http import HTTPStatus

from flask import request
from flask_babel import gettext as _

from gisserver.errors import OwnStatus, Refused

VERSION = "1.0.0"
EXTENSIONS = ("creation", "creation-with-upload", "termination", "checksum", "expiration")
ALGORITHMS = ("sha1", "sha256")
BODY = "application/offset+octet-stream"
LONGEST_METADATA = 4096


class OtherVersion(Refused):
    """The caller does not say that it speaks this version."""

    status = HTTPStatus.PRECONDITION_FAILED


class OtherMedia(Refused):
    """The body is not what this address takes."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class DamagedOnTheWay(Refused):
    """The bytes are not those that the sender has summed up."""

    status = OwnStatus.CHECKSUM_MISMATCH


@dataclass(frozen=True)
class Checksum:
    """What the body has to add up to."""

    algorithm: str
    digest: bytes

    @classmethod
    def asked(cls) -> "Checksum | None":
        """Of this request; None where it names none."""
        header = request.headers.get("Upload-Checksum")
        if header is None:
            return None
        algorithm, _space, spelled = header.partition(" ")
        if algorithm not in ALGORITHMS:
            known = ", ".join(ALGORITHMS)
            raise Refused(_("Checksums are made by one of: %(known)s.", known=known), parameter="Upload-Checksum")
        digest = _decoded(spelled.strip())
        if digest is None or len(digest) != hashlib.new(algorithm).digest_size:
            raise Refused(
                _("“Upload-Checksum” is the algorithm, a space and the checksum in base64."),
                parameter="Upload-Checksum",
            )
        return cls(algorithm, digest)


def is_spoken() -> bool:
    """Whether the caller speaks tus, whatever version."""
    return "Tus-Resumable" in request.headers


def refuse_other_versions() -> None:
    """Raises OtherVersion."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise OtherVersion(
            _("Say “Tus-Resumable: %(version)s”; other versions are not spoken.", version=VERSION),
            parameter="Tus-Resumable",
        )


def number_of_bytes(header: str) -> int:
    """A header that counts bytes. Raises Refused."""
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdecimal() and len(value) < 19):
        raise Refused(_("“%(name)s” is a number of bytes.", name=header), parameter=header)
    return int(value)


def metadata(header: str) -> dict[str, str]:
    """Pairs of a key and a value in base64. Raises Refused."""
    wrong = Refused(
        _("“Upload-Metadata” is a list of keys and values, divided by commas, each value in base64 of UTF-8."),
        parameter="Upload-Metadata",
    )
    if len(header) > LONGEST_METADATA:
        raise wrong
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _space, spelled = pair.partition(" ")
        value = _decoded(spelled.strip())
        if value is None or key in found:
            raise wrong
        try:
            found[key] = value.decode("utf-8")
        except UnicodeDecodeError:
            raise wrong from None
    return found


def _decoded(spelled: str) -> bytes | None:
    try:
        return base64.b64decode(spelled, validate=True)
    except (binascii.Error, ValueError):
        return None
