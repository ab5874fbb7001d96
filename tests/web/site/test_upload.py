"""What a district reads about its file."""

import datetime
import uuid
from html import unescape

from layers.core import inbox
from layers.core.store import Actor
from tests.importing import open_desk
from tests.web.site.paperwork import Found, add_changeset, add_upload, fill_in, report_progress
from tests.worlds import EAST, WEST, square


def test_each_finding_says_where_it_is_and_leads_to_the_map(signed_in, database):
    sentence = "Line 5, parcel w-9: it covers 12.40 m² of w-10."
    finding = Found("refusal", sentence, line=5, ref="w-9", wkt=square(0, 0))
    upload = add_upload(database, WEST, "west.gpkg", findings=[finding])
    page = signed_in("editor", WEST).get(f"/upload/{upload}?lang=en").text
    assert "Reasons for refusal (1)" in page
    assert sentence in page
    assert 'href="/map#map=18/38.3' in page


def test_a_file_that_could_not_be_read_says_why(signed_in, database):
    upload = add_upload(database, WEST, "plan.dwg", state="failed", failure="The content is in no format read here.")
    page = signed_in("editor", WEST).get(f"/upload/{upload}?lang=en").text
    assert "The content is in no format read here." in page


def test_many_findings_come_page_by_page_without_gap_or_repeat(signed_in, database):
    findings = [Found("warning", f"Sentence {n:03}.", line=n) for n in range(1, 121)]
    upload = add_upload(database, WEST, "west.gpkg", findings=findings)
    editor = signed_in("editor", WEST)
    seen, address = [], f"/upload/{upload}?severity=warning"
    while address:
        page = editor.get(address).text
        seen += [part[:3] for part in page.split("Sentence ")[1:]]
        address = unescape(page.partition('class="button-quiet" href="')[2].partition('"')[0])
    assert seen == [f"{n:03}" for n in range(1, 121)]


def test_a_checked_file_leads_to_its_changeset(signed_in, database):
    upload = add_upload(database, WEST, "west.gpkg")
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)}, upload_id=upload)
    assert f'href="/changeset/{changeset}"' in signed_in("editor", WEST).get(f"/upload/{upload}").text


def test_another_districts_file_is_not_there(signed_in, database):
    upload = add_upload(database, EAST, "east.gpkg")
    assert signed_in("editor", WEST).get(f"/upload/{upload}").status_code == 404
    assert signed_in("department").get(f"/upload/{upload}").status_code == 200


def test_a_wrong_cursor_begins_at_the_beginning(signed_in, database):
    upload = add_upload(database, WEST, "west.gpkg", findings=[Found("note", "Only one.", line=1)])
    page = signed_in("editor", WEST).get(f"/upload/{upload}?after=nonsense")
    assert "Only one." in page.text


def test_while_a_file_is_checked_the_page_and_the_api_say_how_far(signed_in, database):
    upload = add_upload(database, WEST, "west.gpkg", state="checking")
    report_progress(database, upload, "reading", 1200, 80100)
    editor = signed_in("editor", WEST)
    page = editor.get(f"/upload/{upload}?lang=en").text
    assert "Reading the records: 1,200 of 80,100" in page
    assert 'value="1200" max="80100"' in page
    assert editor.get(f"/api/uploads/{upload}").get_json()["progress"] == {
        "step": "reading",
        "done": 1200,
        "total": 80100,
    }


def begun(database, name: str, content: bytes, size: int) -> uuid.UUID:
    """A file of which so much is here."""
    hour = datetime.timedelta(hours=1)
    with open_desk(database) as desk, desk.store.writing(Actor("editor", WEST)) as connection:
        sending = inbox.Sending(WEST, "parcels", name)
        arrival = inbox.announce(connection, sending, size, "", inbox.Quota(10**9), hour)
        inbox.take(connection, arrival.id, 0, content, hour)
        return arrival.id


def test_a_file_that_is_not_here_whole_says_how_far_it_is_and_can_be_removed(signed_in, database):
    upload = begun(database, "west.gpkg", b"x" * 25, 100)
    editor = signed_in("editor", WEST)
    assert "25 % is here" in editor.get("/district?lang=en").text
    page = editor.get(f"/upload/{upload}?lang=en").text
    assert "25 % of the file is here" in page
    assert "data-waiting" not in page
    assert fill_in(editor, f"/upload/{upload}", f"/upload/{upload}/stop").status_code == 303
    assert editor.get(f"/upload/{upload}").status_code == 404


def test_a_file_that_was_sent_before_leads_to_the_first(signed_in, database):
    first, second = (begun(database, name, b"same", 4) for name in ("a.gpkg", "b.gpkg"))
    answer = signed_in("editor", WEST).get(f"/upload/{second}")
    assert (answer.status_code, answer.location) == (303, f"/upload/{first}")


def test_the_filter_chooses_and_the_counts_stay_those_of_all(signed_in, database):
    findings = [Found("warning", "Too thin.", line=1, ref="w-1"), Found("note", "Empty.", line=2, ref="w-2")]
    upload = add_upload(database, WEST, "west.gpkg", findings=findings)
    page = signed_in("editor", WEST).get(f"/upload/{upload}?lang=en&severity=note").text
    assert "Empty." in page
    assert "Too thin." not in page
    assert "Findings (2)" in page.replace("</h2>", "")
    assert "1 finding fits this." in page


def test_a_filter_that_fits_nothing_says_so(signed_in, database):
    upload = add_upload(database, WEST, "west.gpkg", findings=[Found("note", "Empty.", line=2)])
    page = signed_in("editor", WEST).get(f"/upload/{upload}?lang=en&q=nonsense").text
    assert "No finding fits this." in page


def test_rules_that_passed_and_rules_that_were_not_run_are_told_apart(signed_in, database):
    words = {"tr": "Sınırlar", "en": "Boundaries"}
    silent = {"cause": None, "severity": "refusal", "found": 0, "were_there_before": 0, "kept": 0, "reason": None}
    reason = {"code": "no_boundary", "text": {"tr": "Sınır yok.", "en": "No boundary is published."}}
    rules = [
        {**silent, "id": "a", "title": {"tr": "Adlar", "en": "Names"}, "outcome": "passed"},
        {**silent, "id": "b", "title": words, "outcome": "not_run", "reason": reason},
    ]
    upload = add_upload(database, WEST, "west.gpkg", report={"rules": rules})
    page = signed_in("editor", WEST).get(f"/upload/{upload}?lang=en").text
    assert "1 rule found nothing wrong" in page
    assert "1 rule was not run" in page
    assert "No boundary is published." in page
