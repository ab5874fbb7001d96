"""The signature on documents: PAdES, by the operator's certificate or by one made for this deployment."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from gisserver.documents import self_signed
from gisserver.documents._apart import in_own_thread
from gisserver.settings import Settings, SettingsError

if TYPE_CHECKING:
    from pyhanko.sign import signers

FIELD = "Signature"
_FOLDER = "signing"
_USED = "used"
"""Certificates without their keys, so that what they signed is known again."""
_BYTES_RESERVED = 16_384
"""For the signature with its certificates and a time stamp, in hexadecimal digits."""


class UnusableCertificate(SettingsError):
    """What signs documents cannot be read."""


class NoTimeStamp(Exception):
    """The authority that dates signatures gave no time stamp."""


Chain = tuple[x509.Certificate, ...]
"""A certificate and those that vouch for it."""


@dataclass(frozen=True)
class SigningKey:
    """A private key and the certificates that speak for it, its own first."""

    key_file: Path
    certificate_file: Path
    timestamp_url: str | None = None
    former: tuple[Chain, ...] = ()
    """Certificates that documents were signed with before."""

    @cached_property
    def certificates(self) -> Chain:
        """Raises UnusableCertificate."""
        return _read(self.certificate_file)

    @property
    def all_chains(self) -> tuple[Chain, ...]:
        """Of today and of before: a document outlives the certificate that signed it."""
        return (self.certificates, *self.former)

    @property
    def certificate(self) -> x509.Certificate:
        """The one that signs."""
        return self.certificates[0]

    @property
    def signer(self) -> str:
        """Whose certificate it is."""
        names = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else self.certificate.subject.rfc4514_string()

    @property
    def is_self_signed(self) -> bool:
        """Nobody else vouches for it."""
        return self.certificate.subject == self.certificate.issuer

    @property
    def fingerprint(self) -> str:
        """SHA-256, as readers of documents show it."""
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()

    def sign(self, document: bytes) -> bytes:
        """The document with one signature over all of it. Raises UnusableCertificate, NoTimeStamp."""
        # Imported here: a web process that nobody asks for a document goes without.
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign.timestamps import TimestampRequestError

        draft = IncrementalPdfFileWriter(io.BytesIO(document))
        sign = partial(self._pdf_signer.sign_pdf, draft, bytes_reserved=_BYTES_RESERVED)
        try:
            return bytes(in_own_thread(sign).getvalue())
        except TimestampRequestError as cause:
            raise NoTimeStamp(self.timestamp_url) from cause

    @cached_property
    def _pdf_signer(self) -> "signers.PdfSigner":
        from pyhanko.sign import fields, signers, timestamps

        return signers.PdfSigner(
            signers.PdfSignatureMetadata(
                field_name=FIELD, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256", name=self.signer
            ),
            _simple_signer(self),
            timestamper=timestamps.HTTPTimeStamper(self.timestamp_url) if self.timestamp_url else None,
            new_field_spec=fields.SigFieldSpec(FIELD, readable_field_name=self.signer),
        )


def _simple_signer(key: SigningKey) -> "signers.SimpleSigner":
    from pyhanko.sign import signers

    files = str(key.key_file), str(key.certificate_file)
    load: Callable[..., signers.SimpleSigner | None] = signers.SimpleSigner.load
    try:
        loaded = load(*files, ca_chain_files=files[1:])
    except (OSError, ValueError) as cause:
        raise UnusableCertificate(f"{key.key_file} holds no private key in PEM.") from cause
    if loaded is None:
        raise UnusableCertificate(f"{key.key_file} and {key.certificate_file} do not belong together.")
    return loaded


def _read(file: Path) -> Chain:
    try:
        return tuple(x509.load_pem_x509_certificates(file.read_bytes()))
    except (OSError, ValueError) as cause:
        raise UnusableCertificate(f"{file} holds no certificate in PEM.") from cause


def signing_key(settings: Settings, name: str) -> SigningKey:
    """What signs, with all that ever signed here beside it. Raises UnusableCertificate."""
    key = _key_of_today(settings, name)
    used = settings.data / _FOLDER / _USED
    used.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = used / f"{key.fingerprint.replace(':', '').lower()}.pem"
    if not kept.exists():
        kept.write_bytes(key.certificate_file.read_bytes())
    former = tuple(_read(file) for file in sorted(used.glob("*.pem")) if file != kept)
    return replace(key, former=former)


def _key_of_today(settings: Settings, name: str) -> SigningKey:
    """The operator's, else this deployment's own, made at first need."""
    given = (settings.signing_key, settings.signing_certificate)
    if all(given):
        return SigningKey(*given, settings.timestamp_url)  # type: ignore[arg-type]
    if any(given):
        raise UnusableCertificate("Set both GIS_SIGNING_CERTIFICATE and GIS_SIGNING_KEY, or neither.")
    folder = settings.data / _FOLDER
    own = SigningKey(folder / "key.pem", folder / "certificate.pem", settings.timestamp_url)
    if not own.certificate_file.exists():
        self_signed.make(own.key_file, own.certificate_file, name)
    return own
