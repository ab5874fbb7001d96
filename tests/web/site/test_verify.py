"""An answer is found again, compared with the pool, and its document recognised."""

import hashlib
import io
import json
from dataclasses import replace

import pypdf
import pytest
from sqlalchemy import text

from layers.core.store import Store
from tests.db.small_world import WEST, publishing
from tests.web.site.neighbourhood import publish_neighbourhood


@pytest.fixture
def issued(client, database) -> dict:
    """An answer as JSON."""
    publish_neighbourhood(database)
    return client.get("/api/zoning", query_string={"q": "Gül Sokak 12"}).get_json()


def test_the_answer_is_kept_byte_for_byte(client, issued):
    kept = client.get(f"/api/answers/{issued['number']}")
    assert hashlib.sha256(kept.data).hexdigest() == issued["sha256"]
    assert json.loads(kept.data) == issued["answer"]


def test_the_same_question_on_the_same_day_has_the_same_number(client, issued):
    assert client.get("/api/zoning", query_string={"q": "Gül Sokak 12"}).get_json()["number"] == issued["number"]


def test_the_short_code_is_read_as_people_write_it(client, issued):
    typed = issued["code"].lower().replace("-", " ").replace("0", "O").replace("1", "l")
    assert client.get(f"/api/verify/{typed}").get_json()["number"] == issued["number"]
    assert client.get("/verify", query_string={"code": typed}, follow_redirects=True).status_code == 200


def test_an_answer_that_still_holds_says_so(client, issued):
    said = client.get(f"/api/verify/{issued['number']}?lang=en").get_json()
    assert (said["then"]["outcome"], said["now"]["state"]) == ("equal", "unchanged")
    assert "This answer is ours and still holds." in client.get(f"/verify/{issued['number']}?lang=en").text


def change(database, statement: str) -> None:
    """Publish a change."""
    with publishing(database, WEST) as connection:
        connection.execute(text(statement))


def test_what_has_changed_since_is_told_in_words(client, database, issued):
    change(database, "UPDATE pool.zones SET floors = 9 WHERE use_key = 'residential_existing'")
    said = client.get(f"/api/verify/{issued['number']}?lang=en").get_json()
    assert (said["then"]["outcome"], said["now"]["state"]) == ("equal", "changed")
    (one,) = said["now"]["differences"]
    assert "Storeys: 9" not in one["before"]
    assert "Storeys: 9" in one["after"]
    page = client.get(f"/verify/{issued['number']}?lang=en").text
    assert "This answer is ours; something has changed since." in page
    assert "Storeys: 9" in page


def test_a_past_that_was_changed_behind_the_pools_back_is_an_alarm(client, database, issued):
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        connection.execute(text("ALTER TABLE pool.zones DISABLE TRIGGER USER"))
        connection.execute(text("UPDATE pool.zones SET floors = 9"))
    owner.close()
    said = client.get(f"/api/verify/{issued['number']}").get_json()
    assert said["then"]["outcome"] == "differs"
    assert said["then"]["differs_at"] == [
        "/zoning/zones/0/floors/number",
        "/zoning/zones/1/floors/number",
        "/zoning/zones/1/floors/state",
    ]
    assert "cannot be reproduced" in client.get(f"/verify/{issued['number']}?lang=en").text


def test_a_version_that_is_lost_from_the_past_is_an_alarm(client, database, issued):
    change(database, "UPDATE pool.zones SET geom = ST_Translate(geom, 9000, 9000) WHERE ref = 'z-2'")
    number = client.get("/api/zoning", query_string={"q": "Gül Sokak 12"}).get_json()["number"]
    change(database, "UPDATE pool.zones SET floors = 9 WHERE ref = 'z-2'")
    assert client.get(f"/api/verify/{number}").get_json()["then"] == {"outcome": "equal", "differs_at": []}
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        connection.execute(text("DELETE FROM history.zones WHERE epoch_to = 3"))
    owner.close()
    then = client.get(f"/api/verify/{number}").get_json()["then"]
    assert then == {"outcome": "lost_past", "differs_at": ["/history/zones"]}
    page = client.get(f"/verify/{number}?lang=en").text
    assert "cannot be reproduced" in page
    assert "Earlier versions that the pool kept are gone" in page


def test_an_answer_asked_anew_names_the_one_it_repeats(client, database, issued):
    change(database, "UPDATE pool.zones SET floors = 9")
    page = client.get(f"/answer/{issued['answer']['parcel']['uid']}?repeats={issued['number']}&lang=en").text
    number = page.partition('href="/api/answers/')[2].partition('"')[0]
    assert client.get(f"/api/verify/{number}").get_json()["repeats"] == issued["number"]


def test_an_answer_about_another_parcel_is_not_repeated(client, database, issued):
    other = client.get("/api/zoning", query_string={"q": "7421 ada 6 parsel"}).get_json()
    page = client.get(f"/answer/{issued['answer']['parcel']['uid']}?repeats={other['number']}&lang=en").text
    number = page.partition('href="/api/answers/')[2].partition('"')[0]
    assert client.get(f"/api/verify/{number}").get_json()["repeats"] is None


@pytest.mark.parametrize("number", ["0" * 26, "aaaaa-aaaaa", "x", "'; DROP TABLE", "🏠", "9" * 5000])
def test_a_number_that_never_was_is_answered_with_a_next_step(client, number):
    answer = client.get(f"/api/verify/{number}", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "Compare it with the printout" in answer.get_json()["detail"]


@pytest.fixture
def document(client, issued) -> bytes:
    """Its signed PDF."""
    answer = client.get(f"/verify/{issued['number']}.pdf?lang=tr")
    assert answer.content_type == "application/pdf"
    return answer.data


def upload(client, content: bytes) -> str:
    """What the page says about a file."""
    data = {"document": (io.BytesIO(content), "answer.pdf")}
    client.application.config["WTF_CSRF_ENABLED"] = False
    return client.post("/verify?lang=en", data=data).text


def test_our_document_is_recognised_and_leads_to_its_answer(client, issued, document):
    page = upload(client, document)
    assert "Ours and untouched" in page
    assert f'href="/verify/{issued["number"]}"' in page


def test_a_document_is_known_after_its_certificate_was_replaced(app, client, issued, document):
    service = app.extensions["gisserver"]
    for file in (service.settings.data / "signing").glob("*.pem"):
        file.unlink()
    before = service.__dict__.pop("signing_key")
    assert issued["number"] in upload(client, document)
    assert service.signing_key.fingerprint != before.fingerprint


def test_without_a_time_stamp_from_the_authority_there_is_no_document_and_the_reader_is_told(app, client, issued):
    service = app.extensions["gisserver"]
    service.__dict__["signing_key"] = replace(service.signing_key, timestamp_url="http://127.0.0.1:9/")
    answer = client.get(f"/verify/{issued['number']}.pdf?lang=en")
    assert answer.status_code == 503
    assert "The authority that dates our signatures does not answer" in answer.text


@pytest.mark.parametrize(
    "tamper",
    [
        lambda document: document + b"\n9 0 obj <</Type /Note>> endobj\nstartxref\n0\n%%EOF\n",
        lambda document: document + b"\n",
        lambda document: document.replace(b"/Lang", b"/Land", 1),
        lambda document: document[:2000] + bytes([document[2000] ^ 1]) + document[2001:],
        lambda document: document[:-300],
    ],
)
def test_a_document_that_was_touched_is_not_taken_for_ours(client, document, tamper):
    assert tamper(document) != document
    assert "Ours and untouched" not in upload(client, tamper(document))


def test_a_document_with_an_honest_later_revision_is_not_untouched_either(client, document):
    writer = pypdf.PdfWriter(io.BytesIO(document), incremental=True)
    writer.add_metadata({"/Title": "another title"})
    written = io.BytesIO()
    writer.write(written)
    page = upload(client, written.getvalue())
    assert "It carries our signature, but it is not as we signed it" in page


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", b"hello", b"%PDF-" + b"9" * 100_000])
def test_what_is_not_ours_is_said_to_be_not_ours(client, issued, content):
    assert "Not ours" in upload(client, content)


def test_the_document_holds_the_answer_for_programs(issued, document):
    reader = pypdf.PdfReader(io.BytesIO(document))
    (content,) = reader.attachments["answer.json"]
    assert hashlib.sha256(content).hexdigest() == issued["sha256"]


def test_the_document_says_what_the_page_says(issued, document):
    words = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages).split())
    assert issued["code"] in words
    assert "Bu parsel yürürlükteki planda birden çok kullanıma ayrılmış" in words
    assert "kendinden imzalı sertifikayla" in words
    assert "Batı Belediyesinin telefonu ya da adresi burada kayıtlı değil" in words


def test_the_same_answer_gives_the_same_document_but_for_the_signature(client, issued, document):
    again = client.get(f"/verify/{issued['number']}.pdf?lang=tr").data
    start = document.index(b"/Type /Sig") if b"/Type /Sig" in document else document.index(b"/ByteRange")
    unsigned = document.rindex(b"%%EOF", 0, start)
    assert again[:unsigned] == document[:unsigned]


def test_nobody_can_list_or_change_what_was_issued(database, issued):
    for statement in (
        "SELECT * FROM answers.issued",
        "DELETE FROM answers.issued",
        "UPDATE answers.issued SET body = ''",
    ):
        store = Store(database.web)
        with pytest.raises(Exception, match="permission denied"), store.engine.begin() as connection:
            connection.execute(text(statement))
        store.close()


def test_not_even_the_owner_changes_an_issued_answer(database, issued):
    owner = Store(database.owner)
    with pytest.raises(Exception, match="never changed"), owner.engine.begin() as connection:
        connection.execute(text("UPDATE answers.issued SET parent = 'x'"))
    owner.close()
