"""A signature is dated by a time stamp authority (RFC 3161) that answers over HTTP."""

import datetime
import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pypdf
import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from gisserver.documents import self_signed
from gisserver.documents._apart import in_own_thread
from gisserver.documents.recognised import Finding, recognised
from gisserver.documents.signing import NoTimeStamp, SigningKey
from gisserver.documents.typeset import ATTACHED

MOMENT = datetime.datetime(2026, 3, 4, 5, 6, 7, tzinfo=datetime.UTC)


@dataclass
class Authority:
    """Answers queries with tokens of its own clock, and knows how many."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    url: str = ""
    queries: list[str] = field(default_factory=list)

    @classmethod
    def founded(cls) -> "Authority":
        """With a certificate for nothing but time stamps."""
        key = rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A clock")])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(7)
            .not_valid_before(MOMENT - datetime.timedelta(days=1))
            .not_valid_after(MOMENT + datetime.timedelta(days=3650))
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .sign(key, hashes.SHA256())
        )
        return cls(certificate, key)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        """As pyHanko reads it."""
        return asn1_x509.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))

    def answer(self, query: bytes) -> bytes:
        """A TimeStampResp for a TimeStampReq."""
        written = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        clock = DummyTimeStamper(self.asn1, keys.PrivateKeyInfo.load(written), fixed_dt=MOMENT)
        return bytes(clock.request_tsa_response(tsp.TimeStampReq.load(query)).dump())


@pytest.fixture
def authority() -> Iterator[Authority]:
    """On a port of this machine."""
    authority = Authority.founded()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            authority.queries.append(self.headers["Content-Type"])
            reply = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Desk) as server:
        authority.url = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield authority
        server.shutdown()


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
