"""A changeset over the API: its changes one by one, its balance, what is odd, what is said, and decisions in part."""

import pytest

from tests.application import TEST_PROFILE, serving
from tests.web.site.paperwork import Found, add_changeset, add_upload
from tests.worlds import EAST, WEST, square


@pytest.fixture
def changeset(database) -> int:
    upload = add_upload(database, WEST, "west.gpkg", findings=[Found("warning", "It is thin.", line=2, rule="wide")])
    parcels = {"w-1": square(0, 0), "w-2": square(1, 0), "w-30": square(5, 0)}
    return add_changeset(database, WEST, "west.gpkg", parcels, upload_id=upload)


@pytest.fixture
def editor(app, keyed):
    return caller(app, keyed("editor", WEST))


@pytest.fixture
def department(app, keyed):
    return caller(app, keyed("department"))


def caller(app, key):
    client = app.test_client()

    def ask(address: str, body: object = None, language: str = "en"):
        headers = {**key, "Accept-Language": language}
        if body is None:
            return client.get(address, headers=headers)
        return client.post(address, json=body, headers=headers)

    return ask


def refs(answer) -> list[str]:
    assert answer.status_code == 200, answer.json
    return [change["ref"] for change in answer.json["changes"]]


def test_changes_are_chosen_by_kind_ref_and_finding_and_come_in_pages(editor, changeset):
    here = f"/api/changesets/{changeset}/changes"
    assert refs(editor(here)) == ["w-1", "w-2", "w-30"]
    assert refs(editor(f"{here}?ref=W-3")) == ["w-30"]
    assert refs(editor(f"{here}?kind=retire")) == []
    assert refs(editor(f"{here}?rule=wide")) == refs(editor(f"{here}?rule=*")) == ["w-2"]
    first = editor(f"{here}?limit=2")
    assert refs(first) == ["w-1", "w-2"]
    assert refs(editor(f"{here}?limit=2&after={first.json['after']}")) == ["w-30"]
    (found,) = editor(f"{here}?rule=wide").json["changes"][0]["findings"]
    assert found == {"severity": "warning", "sentence": "It is thin."}


def test_a_field_that_nobody_knows_is_answered_with_the_known_ones(editor, changeset):
    answer = editor(f"/api/changesets/{changeset}/changes?field=owner")
    assert answer.status_code == 400
    assert "geom" in answer.json["known"]
    assert "block_no" in answer.json["known"]


def test_shapes_come_in_degrees_side_by_side(editor, changeset):
    here = f"/api/changesets/{changeset}/shapes"
    told = editor(f"{here}?bbox=26.9,38.3,27.1,38.5").json
    assert [one["properties"] for one in told["features"]] == [
        {"side": "after", "kind": "insert", "ref": ref} for ref in ("w-1", "w-2", "w-30")
    ]
    assert told["isWhole"]
    assert editor(f"{here}?bbox=28,38,29,39").json["features"] == []
    single = told["features"][1]["id"]
    assert [one["id"] for one in editor(f"{here}?id={single}").json["features"]] == [single]
    assert editor(here).status_code == 400


def test_the_balance_counts_each_change_once(editor, changeset):
    told = editor(f"/api/changesets/{changeset}/balance").json
    assert (told["before_m2"], told["after_m2"]) == (0, 1200)
    (row,) = told["rows"]
    assert (row["operation"], row["kind"], row["n"]) == ("none", "insert", 3)


def test_what_is_odd_is_a_sentence_with_its_number(app, keyed, database, tmp_path, changeset):
    stricter = tmp_path / "strict.toml"
    stricter.write_text(f"{TEST_PROFILE.read_text()}\n[review.attention]\nsmallest_m2 = 500\nlast_hour = 0\n")
    key = keyed("department")
    with serving(database, tmp_path, stricter) as strict:
        marks = caller(strict, key)(f"/api/changesets/{changeset}/attention").json["marks"]
        turkish = caller(strict, key)(f"/api/changesets/{changeset}/attention", language="tr").json["marks"]
    told = next(mark["sentence"] for mark in marks if mark["oddity"] == "sizes")
    assert told == (
        "3 areas are of an odd size; the one farthest off has 400 m², the limit is 500 m². (w-1, w-2, w-30)"
    )
    assert any("500 m²" in mark["sentence"] and "areas" not in mark["sentence"] for mark in turkish)


def test_district_and_department_talk_about_it_and_others_hear_nothing(app, keyed, editor, department, changeset):
    here = f"/api/changesets/{changeset}/comments"
    assert editor(here, {"words": "Too early."}).status_code == 409
    editor(f"/api/changesets/{changeset}/submit", {"leave_out_refused": True})
    first = editor(f"/api/changesets/{changeset}/changes").json["changes"][0]["id"]
    assert department(here, {"words": "Which survey?", "change": first}).status_code == 201
    assert editor(here, {"words": "That of May."}).status_code == 201
    said = editor(here).json["comments"]
    assert [(one["words"], one["side"], one["ref"]) for one in said] == [
        ("Which survey?", "department", "w-1"),
        ("That of May.", "district", None),
    ]
    assert said == department(here).json["comments"]
    assert caller(app, keyed("editor", EAST))(here).status_code == 404


def test_words_that_are_none_and_changes_that_are_not_there_are_refused(editor, department, changeset):
    here = f"/api/changesets/{changeset}/comments"
    editor(f"/api/changesets/{changeset}/submit", {})
    assert editor(here, {"words": "  "}).status_code == 400
    assert editor(here, {"words": "x" * 4001}).status_code == 400
    assert editor(here, {"words": "x", "change": 2**40}).status_code == 404
    assert department(here, {"words": "x", "kind": "reason"}).status_code == 400
    first = editor(f"/api/changesets/{changeset}/changes").json["changes"][0]["id"]
    assert editor(here, {"words": "x", "kind": "reason", "change": first}).status_code == 403


def test_a_part_is_accepted_and_the_rest_goes_back_with_its_reasons(editor, department, changeset):
    here = f"/api/changesets/{changeset}"
    editor(f"{here}/submit", {})
    by_ref = {one["ref"]: one["id"] for one in editor(f"{here}/changes").json["changes"]}
    named = [{"id": by_ref["w-2"], "why": "Too thin."}]
    answer = department(f"{here}/accept", {"changes": named, "why": "The others are good."})
    assert (answer.status_code, answer.json["state"], answer.json["inserts"]) == (200, "accepted", 2)
    rest = answer.json["returned"]
    assert (editor(rest).json["state"], editor(rest).json["parted_from_id"]) == ("returned", changeset)
    assert refs(editor(f"{rest}/changes")) == ["w-2"]
    assert [one["words"] for one in editor(f"{rest}/comments").json["comments"]] == ["Too thin."]
    assert refs(editor(f"{here}/changes")) == ["w-1", "w-30"]


def test_a_return_gives_a_reason_for_each_change(editor, department, changeset):
    here = f"/api/changesets/{changeset}"
    editor(f"{here}/submit", {})
    first = editor(f"{here}/changes").json["changes"][0]["id"]
    assert department(f"{here}/return", {"why": "See there.", "changes": [{"id": first}]}).status_code == 400
    reasons = [{"id": first, "why": "The corner is wrong."}]
    assert department(f"{here}/return", {"why": "See there.", "changes": reasons}).json["state"] == "returned"
    assert editor(f"{here}/comments").json["comments"][0]["kind"] == "reason"


def test_a_trusted_district_sees_its_change_published_at_once(database, keyed, tmp_path):
    trusting = tmp_path / "trusting.toml"
    rules = "[review]\ntrusted_districts = [1]\n[review.attention]\nlast_hour = 0\nlast_weekday = 0\n"
    trusting.write_text(f"{TEST_PROFILE.read_text()}\n{rules}")
    upload = add_upload(database, WEST, "west.gpkg")
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)}, upload_id=upload)
    key = keyed("editor", WEST)
    with serving(database, tmp_path, trusting) as application:
        answer = caller(application, key)(f"/api/changesets/{changeset}/submit", {})
        assert (answer.json["state"], answer.json["published"]["epoch"]) == ("published", 1)
        assert application.test_client().get("/api/collections/parcels/items/w-1").status_code == 200
