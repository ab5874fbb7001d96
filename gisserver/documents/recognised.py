"""Is this document ours, and exactly as it was signed?

A file is read as a PDF only once the signature over its whole length has been proved to be ours: what we signed is safe
to open, and whatever a stranger sends is only searched for the place where our signature would stand.
"""

import hashlib
import io
import re
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives import serialization
from cryptography.x509 import Certificate

from gisserver.documents._apart import in_own_thread
from gisserver.documents.signing import Chain, SigningKey
from gisserver.documents.typeset import ATTACHED

MOST_BYTES = 4_000_000

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")


class Finding(StrEnum):
    """What can be said about a file."""

    UNTOUCHED = "untouched"
    CHANGED = "changed"
    """Our signature is in it, and does not fit what surrounds it."""
    NOT_OURS = "not_ours"


@dataclass(frozen=True)
class Recognised:
    """The finding, and for an untouched document the digest of the answer inside."""

    finding: Finding
    digest: str | None = None


def recognised(document: bytes, key: SigningKey) -> Recognised:
    """Ours and untouched: the signature covers the entire file, nothing came later, nothing was modified."""
    if not document.startswith(b"%PDF-"):
        return Recognised(Finding.NOT_OURS)
    written = document.lower()
    named = [chain for chain in key.all_chains if _der(chain[0]).hex().encode() in written]
    if not named:
        return Recognised(Finding.NOT_OURS)
    signed = next((chain for chain in named if _is_signed_whole(document, chain[0])), None)
    return Recognised(Finding.CHANGED) if signed is None else _opened(document, signed)


def _der(certificate: Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _is_signed_whole(document: bytes, ours: Certificate) -> bool:
    """Judged from bytes alone: the last signature leaves out only itself, and is made by our key."""
    from asn1crypto import cms
    from asn1crypto import x509 as asn1_x509
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    places = _RANGE.findall(document)
    if not places:
        return False
    start, before, after, length = map(int, places[-1])
    if start != 0 or after + length != len(document) or not before < after <= len(document):
        return False
    written = document[before:after]
    if written[:1] != b"<" or written[-1:] != b">":
        return False
    digest = hashlib.sha256(document[:before] + document[after:]).digest()
    certificate = asn1_x509.Certificate.load(_der(ours))
    try:
        content = cms.ContentInfo.load(bytes.fromhex(written[1:-1].decode("ascii")))["content"]
        is_intact, is_valid = validate_sig_integrity(content["signer_infos"][0], certificate, "data", digest)
    except (ValueError, TypeError, KeyError, IndexError):
        return False
    return bool(is_intact and is_valid)


def _opened(document: bytes, chain: Chain) -> Recognised:
    from asn1crypto import x509 as asn1_x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    reader = PdfFileReader(io.BytesIO(document))
    signature = reader.embedded_signatures[-1]
    roots = [asn1_x509.Certificate.load(_der(one)) for one in chain]
    status = in_own_thread(lambda: validate_pdf_signature(signature, ValidationContext(trust_roots=roots)))
    is_untouched = (
        status.intact
        and status.valid
        and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        and status.modification_level is ModificationLevel.NONE
        and len(reader.embedded_signatures) == 1
    )
    if not is_untouched:
        return Recognised(Finding.CHANGED)
    names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    attached = {str(names[at]): names[at + 1]["/EF"]["/F"].data for at in range(0, len(names), 2)}
    return Recognised(Finding.UNTOUCHED, hashlib.sha256(attached[ATTACHED]).hexdigest())
