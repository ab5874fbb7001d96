"""A person takes a side on the page of conflicts, without any script."""

import uuid
from collections.abc import Iterator

import pytest

from importers.pipeline import check
from tests.edits import Drawn, open_editor
from tests.importing import DEPARTMENT, Desk, open_desk, parcel
from tests.web.site.paperwork import fill_in
from tests.worlds import EAST, WEST, square


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def upload(desk, database) -> uuid.UUID:
    """A file that has another use and another shape of what the pool has changed as well."""
    desk.publish(desk.send_features([parcel("w-1", 1, 0, land_use_text="Tarla")]))
    columns = {"block_no": "1", "parcel_no": "1", "land_use_text": "Arsa", "status": "active"}
    with open_editor(database) as editor:
        editor.decide(WEST, {"w-1": Drawn(square(1, 0, 24), columns)})
    return desk.send_features([parcel("w-1", 1, 0, 22.0, land_use_text="Bahçe")]).upload_id


def numbers(desk: Desk, upload: uuid.UUID) -> dict[str, int]:
    rows = desk.rows("SELECT part, id FROM inbox.conflict WHERE upload_id = :id", id=upload)
    return {row.part: row.id for row in rows}


def test_the_report_leads_to_the_sides_and_they_are_shown_as_words_and_drawings(signed_in, upload):
    editor = signed_in("editor", WEST)
    assert f"/upload/{upload}/conflicts" in editor.get(f"/upload/{upload}?lang=en").text
    page = editor.get(f"/upload/{upload}/conflicts?lang=en").text
    for value in ("Tarla", "Arsa", "Bahçe", "480", "440"):
        assert value in page
    assert page.count('class="drawn-after"') == page.count('class="drawn-before"') == 2
    assert page.count("data-area=") == 2


def test_each_part_has_its_own_side_and_the_page_then_says_who_chose(signed_in, desk, upload):
    editor, address = signed_in("editor", WEST), f"/upload/{upload}/conflicts"
    parts = numbers(desk, upload)
    sides = {f"choice-{parts['geom']}": "ours", f"choice-{parts['land_use_text']}": "theirs"}
    assert fill_in(editor, address, address, **sides).status_code == 303
    with desk.store.writing(DEPARTMENT) as connection:
        check(connection, desk.registry, desk.profile, upload)
    (change,) = desk.rows(
        "SELECT after ->> 'land_use_text' AS use, ST_Area(geom_after) AS area FROM inbox.change AS c "
        "JOIN inbox.changeset AS s ON s.id = c.changeset_id WHERE s.upload_id = :id",
        id=upload,
    )
    assert tuple(change) == ("Bahçe", 480.0)
    page = editor.get(f"{address}?lang=en").text
    assert page.count("Chosen") == 2
    assert page.count(" checked>") == 2


def test_one_button_takes_one_side_of_all(signed_in, desk, upload):
    editor, address = signed_in("editor", WEST), f"/upload/{upload}/conflicts"
    assert fill_in(editor, address, address, all="ours").status_code == 303
    rows = desk.rows("SELECT choice, decided_at FROM inbox.conflict WHERE upload_id = :id", id=upload)
    assert {row.choice for row in rows} == {"ours"}
    assert all(row.decided_at for row in rows)


def test_a_form_that_names_no_side_changes_nothing(signed_in, desk, upload):
    editor, address = signed_in("editor", WEST), f"/upload/{upload}/conflicts"
    number = numbers(desk, upload)["geom"]
    for fields in ({}, {f"choice-{number}": "both"}, {"choice-x": "ours"}, {"all": "both"}):
        assert fill_in(editor, address, address, **fields).status_code == 400
    assert fill_in(editor, address, address, **{f"choice-{number + 9}": "ours"}).status_code == 409


def test_programs_read_and_choose_as_well(app, signed_in, desk, upload):
    app.config["WTF_CSRF_ENABLED"] = False
    editor, address = signed_in("editor", WEST), f"/api/uploads/{upload}/conflicts"
    told = editor.get(address).get_json()
    assert told["undecided"] == 2
    shape = next(one for one in told["conflicts"] if one["part"] == "geom")
    assert (shape["ours"]["area_m2"], shape["theirs"]["area_m2"]) == (480.0, 440.0)
    assert shape["ours"]["shape"]["type"] == "MultiPolygon"
    for wrong in ({}, {"choices": []}, {"choices": [{"id": shape["id"]}]}, {"choices": [{"id": "1", "side": "ours"}]}):
        assert editor.post(address, json=wrong).status_code == 400
    chosen = editor.post(address, json={"choices": [{"id": shape["id"], "side": "theirs"}]})
    assert chosen.get_json() == {"chosen": 1}
    assert editor.post(address, json={"all": "ours"}).get_json() == {"chosen": 1}
    assert editor.post(address, json={"all": "ours"}).status_code == 409


def test_another_district_does_not_see_them(signed_in, upload):
    stranger = signed_in("editor", EAST)
    assert stranger.get(f"/upload/{upload}/conflicts").status_code == 404
    assert stranger.get(f"/api/uploads/{upload}/conflicts").status_code == 404
