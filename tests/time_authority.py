"""A time stamp authority (RFC 3161) on a port of this machine, with a clock of its own."""

import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

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


@contextmanager
def time_authority() -> Iterator[Authority]:
    """Answering."""
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
        try:
            yield authority
        finally:
            server.shutdown()
