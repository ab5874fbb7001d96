"""A person accepts or declines repairs on the report's page, without any script."""

import uuid

import pytest

from tests.importing import DEPARTMENT, feature, open_desk
from tests.web.api.test_repairs import SPIKED, STUTTERING, outline
from tests.web.site.paperwork import fill_in
from tests.worlds import WEST


@pytest.fixture
def upload(database) -> uuid.UUID:
    shifted = [(x + 80, y) for x, y in SPIKED]
    shapes = {"w-1": SPIKED, "w-2": STUTTERING, "w-3": shifted}
    with open_desk(database) as desk:
        return desk.send_features([feature(ref, outline(shape)) for ref, shape in shapes.items()]).upload_id


def states(database, upload) -> dict[str, str]:
    with open_desk(database) as desk:
        return {
            row.ref: row.state
            for row in desk.rows("SELECT ref, state FROM inbox.repair WHERE upload_id = :id", id=upload)
        }


def number_of(database, upload, ref: str) -> int:
    with open_desk(database) as desk:
        return desk.rows("SELECT id FROM inbox.repair WHERE upload_id = :id AND ref = :ref", id=upload, ref=ref)[0].id


def test_each_repair_is_drawn_before_and_after_and_says_what_it_changes(signed_in, upload):
    page = signed_in("editor", WEST).get(f"/upload/{upload}?lang=en").text
    assert page.count('class="drawn-before"') == page.count('class="drawn-after"') == 3
    assert "a corner moves by at most 15.00 m" in page
    assert "Accept all 2 of this kind" in page


def test_one_is_accepted_by_its_button_and_another_declined(signed_in, database, upload):
    editor, address = signed_in("editor", WEST), f"/upload/{upload}"
    declined = fill_in(
        editor, address, f"{address}/repairs", repair=number_of(database, upload, "w-2"), decision="decline"
    )
    assert (declined.status_code, declined.location) == (303, f"{address}#repairs")
    fill_in(editor, address, f"{address}/repairs", repair=number_of(database, upload, "w-1"), decision="accept")
    assert states(database, upload) == {"w-1": "accepted", "w-2": "declined", "w-3": "proposed"}
    assert "is being checked" in editor.get(f"{address}?lang=en").text


def test_a_kind_is_accepted_by_one_button_and_the_page_then_says_who_and_when(signed_in, database, upload):
    editor, address = signed_in("editor", WEST), f"/upload/{upload}"
    fill_in(editor, address, f"{address}/repairs", rule="no_spikes", decision="accept")
    assert states(database, upload) == {"w-1": "accepted", "w-2": "proposed", "w-3": "accepted"}
    with open_desk(database) as desk:
        check_again(desk, upload)
    page = editor.get(f"{address}?lang=en").text
    assert page.count("Take back") == 2
    assert "The shape was repaired" in page


def check_again(desk, upload) -> None:
    from importers.pipeline import check

    with desk.store.writing(DEPARTMENT) as connection:
        check(connection, desk.registry, desk.profile, upload)


def test_a_form_that_names_nothing_changes_nothing(signed_in, database, upload):
    editor, address = signed_in("editor", WEST), f"/upload/{upload}"
    for fields in ({}, {"decision": "accept"}, {"decision": "accept", "repair": "x"}, {"rule": "no_spikes"}):
        assert fill_in(editor, address, f"{address}/repairs", **fields).status_code == 400
    assert set(states(database, upload).values()) == {"proposed"}
