"""A signature is dated by a time stamp authority (RFC 3161) that answers over HTTP."""

import io
from collections.abc import Iterator

import pypdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from gisserver.documents import self_signed
from gisserver.documents._apart import in_own_thread
from gisserver.documents.recognised import Finding, recognised
from gisserver.documents.signing import NoTimeStamp, SigningKey
from gisserver.documents.typeset import ATTACHED
from tests.time_authority import MOMENT, Authority, time_authority


@pytest.fixture
def authority() -> Iterator[Authority]:
    """On a port of this machine."""
    with time_authority() as answering:
        yield answering


@pytest.fixture
def made_key(tmp_path):
    """`made_key(url)` signs with time stamps from there."""
    files = tmp_path / "key.pem", tmp_path / "certificate.pem"
    self_signed.make(*files, "A municipality")
    return lambda url: SigningKey(*files, url)


def a_document() -> bytes:
    """One empty page with an answer attached."""
    writer, written = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_attachment(ATTACHED, b"{}")
    writer.write(written)
    return written.getvalue() + b"\n"


def validated(document: bytes, key: SigningKey, authority: Authority):
    """What pyHanko says of the only signature."""
    own = asn1_x509.Certificate.load(key.certificate.public_bytes(serialization.Encoding.DER))
    (signature,) = PdfFileReader(io.BytesIO(document)).embedded_signatures
    return in_own_thread(
        lambda: validate_pdf_signature(
            signature,
            ValidationContext(trust_roots=[own]),
            ts_validation_context=ValidationContext(trust_roots=[authority.asn1]),
        )
    )


def test_each_signature_carries_a_time_stamp_that_can_be_validated(authority, made_key):
    key = made_key(authority.url)
    for document in (key.sign(a_document()), key.sign(a_document())):
        status = validated(document, key, authority)
        assert status.timestamp_validity is not None
        assert (status.timestamp_validity.intact, status.timestamp_validity.valid) == (True, True)
        assert status.timestamp_validity.trusted
        assert status.timestamp_validity.timestamp == MOMENT
        assert (status.intact, status.valid) == (True, True)
        assert recognised(document, key).finding is Finding.UNTOUCHED
    assert set(authority.queries) == {"application/timestamp-query"}


def test_without_an_authority_the_signature_says_no_time(authority, made_key):
    key = made_key(None)
    assert validated(key.sign(a_document()), key, authority).timestamp_validity is None
    assert authority.queries == []


def test_an_authority_that_does_not_answer_is_told(authority, made_key):
    key = made_key("http://127.0.0.1:9/")
    with pytest.raises(NoTimeStamp):
        key.sign(a_document())
