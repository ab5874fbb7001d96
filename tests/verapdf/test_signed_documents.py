"""Signed documents are PDF/A-3a and PDF/UA-1, also with a time stamp (PAdES B-T); veraPDF judges."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfWriter

from tests.time_authority import time_authority
from tests.web.site.neighbourhood import publish_neighbourhood

VALIDATE = Path(__file__).parents[2] / "script/verapdf"


@pytest.fixture
def document(app, client, database):
    """`document(url)` is the signed answer about a parcel, dated by the authority there."""
    publish_neighbourhood(database)
    answer = client.get("/api/zoning?q=Gül+Sokak+12").get_json()

    def made(timestamp_url: str | None) -> bytes:
        service = app.extensions["gisserver"]
        service.__dict__["signing_key"] = replace(service.signing_key, timestamp_url=timestamp_url)
        return client.get(f"/verify/{answer['number']}.pdf?lang=tr").data

    return made


def judged(document: bytes, file: Path) -> subprocess.CompletedProcess[str]:
    """What veraPDF says of it."""
    file.write_bytes(document)
    return subprocess.run([VALIDATE, file], check=False, capture_output=True, text=True, timeout=900)


def is_stamped(document: bytes) -> bool:
    """Whether its only signature carries a time stamp."""
    (signature,) = PdfFileReader(io.BytesIO(document)).embedded_signatures
    beside = signature.signer_info["unsigned_attrs"]
    return any(attribute["type"].native == "signature_time_stamp_token" for attribute in beside)


def test_a_signed_document_stays_archivable_and_readable(document, tmp_path):
    signed = document(None)
    assert not is_stamped(signed)
    assert judged(signed, tmp_path / "signed.pdf").returncode == 0


def test_a_document_with_a_time_stamp_does_too(document, tmp_path):
    with time_authority() as authority:
        stamped = document(authority.url)
    assert is_stamped(stamped)
    said = judged(stamped, tmp_path / "stamped.pdf")
    assert said.returncode == 0, said.stderr
    assert said.stdout.split() == [f"{tmp_path}/stamped.pdf:", "3a", f"{tmp_path}/stamped.pdf:", "ua1"]


def test_the_judge_refuses_a_document_that_is_neither(tmp_path):
    plain = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(plain)
    said = judged(plain.getvalue(), tmp_path / "plain.pdf")
    assert said.returncode == 1
    assert "not 3a" in said.stderr
    assert "not ua1" in said.stderr
