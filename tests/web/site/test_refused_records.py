"""A district downloads only what was refused, by a link of the report."""

from tests.importing import feature, open_desk, parcel
from tests.worlds import WEST


def sent(database, *features):
    with open_desk(database) as desk:
        return desk.send_features(features).upload_id


def test_the_report_leads_to_the_refused_records_and_to_where_they_are_sent_again(signed_in, database):
    upload = sent(database, parcel("w-1", 0, 0), feature("w-2", None))
    editor = signed_in("editor", WEST)
    page = editor.get(f"/upload/{upload}?lang=en").text
    assert "Send again only what was wrong" in page
    assert f'href="/api/uploads/{upload}/refused?lang=en"' in page
    assert 'href="/district?layer=parcels"' in page
    answer = editor.get(f"/api/uploads/{upload}/refused?lang=en")
    assert answer.content_type == "application/geopackage+sqlite3"
    assert "edits-refused-records.gpkg" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"SQLite format 3")
    assert len(answer.data) == answer.content_length


def test_where_nothing_is_refused_there_is_nothing_to_download(signed_in, database):
    upload = sent(database, parcel("w-1", 0, 0))
    editor = signed_in("editor", WEST)
    assert "Send again only what was wrong" not in editor.get(f"/upload/{upload}?lang=en").text
    assert editor.get(f"/api/uploads/{upload}/refused").status_code == 404


def test_the_form_to_send_again_knows_the_layer(signed_in):
    page = signed_in("editor", WEST).get("/district?layer=roads").text
    assert '<option value="roads" selected>' in page
    assert signed_in("editor", WEST).get("/district?layer=nonsense").status_code == 200
