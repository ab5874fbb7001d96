"""Other programs create, change and end features: what they send is checked as a file is."""

import pytest

from tests.editing_town import DEPARTMENT, EDITS, OF_THE_EAST, PARCELS, PUBLISHES, square
from tests.editing_town import town as town


def test_a_new_feature_is_published_at_once_by_who_has_that_right(town):
    ref, feature = town.new(locality="Kıyı")
    answer = town.edit("POST", PARCELS, feature)
    assert answer.status_code == 201, answer.text
    found = town.ask("GET", answer.headers["Location"])
    assert found.get_json()["properties"].items() >= {"ref": ref, "locality": "Kıyı", "version": 1}.items()
    assert found.headers["Gis-Epoch"] == answer.headers["Gis-Epoch"]
    assert found.headers["ETag"].startswith(answer.headers["ETag"].rstrip('"'))


def test_without_that_right_it_waits_for_the_department(town):
    ref, feature = town.new()
    answer = town.edit("POST", PARCELS, feature, by=EDITS)
    assert answer.status_code == 202, answer.text
    assert town.ask("GET", f"{PARCELS}/{ref}").status_code == 404
    changeset = answer.headers["Location"]
    assert answer.get_json()["changeset"]["href"] == changeset
    waiting = town.ask("GET", changeset, by=DEPARTMENT).get_json()
    assert waiting["state"] == "submitted"
    assert [change["ref"] for change in waiting["changes"]] == [ref]
    for decision in ("accept", "publish"):
        assert town.ask("POST", f"{changeset}/{decision}", {}, by=DEPARTMENT).status_code == 200
    assert town.properties(ref)["ref"] == ref


def test_what_was_sent_is_kept_as_it_came_and_is_no_file_to_be_read_anew(town):
    ref, feature = town.new()
    answer = town.edit("POST", PARCELS, feature, by=EDITS)
    upload = town.ask("GET", answer.headers["Location"], by=EDITS).get_json()["upload_id"]
    original = town.ask("GET", f"/api/uploads/{upload}/original", by=EDITS)
    assert original.get_json(force=True) == feature
    assert town.ask("POST", f"/api/uploads/{upload}/recheck", by=EDITS).status_code == 409
    assert town.ask("GET", f"/api/uploads/{upload}", by=EDITS).get_json()["report"]["counts"]["inserted"] == 1
    assert ref in town.ask("GET", f"/changeset/{answer.get_json()['changeset']['id']}", by=DEPARTMENT).text
    for page in (f"/upload/{upload}", f"/api/uploads/{upload}/report.csv", f"/api/uploads/{upload}/report.pdf"):
        assert town.ask("GET", page, by=EDITS).status_code == 200


def test_a_put_creates_under_the_ref_of_its_address(town):
    ref, feature = town.new()
    del feature["properties"]["ref"]
    answer = town.edit("PUT", f"{PARCELS}/{ref}", feature, If_None_Match="*")
    assert answer.status_code == 201, answer.text
    assert town.properties(ref)["block_no"] == "900"
    again = town.edit("PUT", f"{PARCELS}/{ref}", feature, If_None_Match="*")
    assert again.status_code == 412


def test_a_put_replaces_what_its_sender_may_see_and_nothing_else(town):
    made = town.created(locality="Kıyı", land_use_text="Arsa")
    secret = town.edit(
        "PATCH", made.path, {"properties": {"registry_id": "77"}}, by=DEPARTMENT, If_Match=made.etag
    ).headers["Location"]
    for decision in ("accept", "publish"):
        assert town.ask("POST", f"{secret}/{decision}", {}, by=DEPARTMENT).status_code == 200
    put = {**made.feature, "properties": {"block_no": "900", "parcel_no": "x", "land_use_text": "Bahçe"}}
    answer = town.edit("PUT", made.path, put, If_Match="*")
    assert answer.status_code == 204, answer.text
    assert answer.headers["ETag"].startswith('"3-')
    now = town.properties(made.ref, by=DEPARTMENT)
    assert now.items() >= {"locality": None, "land_use_text": "Bahçe", "parcel_no": "x", "registry_id": "77"}.items()


def test_a_patch_changes_what_it_names_and_empties_what_is_null(town):
    made = town.created(locality="Kıyı", land_use_text="Arsa")
    patch = {"properties": {"locality": None, "sheet_no": "L18"}}
    answer = town.edit("PATCH", made.path, patch, If_Match=made.etag, Prefer="return=representation")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Preference-Applied"] == "return=representation"
    assert answer.headers["Content-Crs"].startswith("<http")
    after = answer.get_json()["properties"]
    assert after.items() >= {"locality": None, "sheet_no": "L18", "land_use_text": "Arsa", "version": 2}.items()


def test_a_patch_of_the_shape_keeps_the_rest(town):
    made = town.created(locality="Kıyı")
    number = int(made.ref[2:])
    answer = town.edit("PATCH", made.path, {"geometry": square(number, 19)}, If_Match=made.etag)
    assert answer.status_code == 204, answer.text
    assert town.properties(made.ref).items() >= {"locality": "Kıyı", "computed_area_m2": 361}.items()


def test_what_is_so_already_makes_no_version(town):
    made = town.created(locality="Kıyı")
    answer = town.edit("PATCH", made.path, {"properties": {"locality": "Kıyı"}}, If_Match=made.etag)
    assert answer.status_code == 204
    assert answer.headers["ETag"] == made.etag


def test_a_deleted_feature_has_ended_and_its_address_says_so(town):
    made = town.created()
    assert town.edit("DELETE", made.path, If_Match=made.etag).status_code == 204
    assert town.ask("GET", made.path).status_code == 410
    assert town.number("SELECT count(*) FROM history.parcels WHERE ref = :ref", ref=made.ref) == 1


@pytest.mark.parametrize("spelled", ['"{0}"', 'W/"{0}"', "{0}", '"other", "{0}"', "*", '"{0}-of-some-format"'])
def test_the_version_is_known_however_a_program_spells_its_tag(town, spelled):
    made = town.created()
    tag = spelled.format(made.etag.strip('"'))
    answer = town.edit("PATCH", made.path, {"properties": {"locality": "x"}}, If_Match=tag)
    assert answer.status_code == 204, answer.text


def test_the_tag_of_any_format_names_the_version(town):
    made = town.created()
    read = town.ask("GET", f"{made.path}?f=jsonfg")
    assert town.ask("GET", f"{made.path}?f=jsonfg", If_None_Match=read.headers["ETag"]).status_code == 304
    answer = town.edit("DELETE", made.path, If_Match=read.headers["ETag"])
    assert answer.status_code == 204, answer.text


def test_who_does_not_say_what_was_changed_is_asked_to(town):
    made = town.created()
    for method, body in (("PATCH", {"properties": {}}), ("PUT", made.feature), ("DELETE", None)):
        answer = town.edit(method, made.path, body)
        assert answer.status_code == 428, answer.text
        assert answer.get_json()["parameter"] == "If-Match"


def test_an_old_version_is_refused(town):
    made = town.created()
    assert town.edit("PATCH", made.path, {"properties": {"locality": "x"}}, If_Match=made.etag).status_code == 204
    for method, body in (("PATCH", {"properties": {"locality": "y"}}), ("PUT", made.feature), ("DELETE", None)):
        answer = town.edit(method, made.path, body, If_Match=made.etag)
        assert answer.status_code == 412, answer.text
        assert made.ref in answer.get_json()["detail"]
    absent = town.edit("PUT", f"{PARCELS}/w-none", made.feature, If_Match=made.etag)
    assert absent.status_code == 412


def test_what_there_is_not_cannot_be_changed(town):
    ended = town.created()
    town.edit("DELETE", ended.path, If_Match=ended.etag)
    for path in (f"{PARCELS}/w-none", f"{PARCELS}/%00", ended.path):
        assert town.edit("PATCH", path, {"properties": {}}, If_Match="*").status_code == 404
    unknown_number = f"{PARCELS}/00000000-0000-4000-8000-000000000000"
    assert town.edit("PUT", unknown_number, ended.feature).status_code == 404


def test_what_is_published_is_not_created_again(town):
    made = town.created()
    answer = town.edit("POST", PARCELS, made.feature)
    assert answer.status_code == 409, answer.text
    unnamed = {**made.feature, "properties": {**made.feature["properties"], "ref": None}}
    assert town.edit("POST", PARCELS, unnamed).status_code == 409  # by its number


def test_a_parcel_without_a_ref_is_named_after_its_number(town):
    _ref, feature = town.new()
    number = feature["properties"]["parcel_no"]
    del feature["properties"]["ref"]
    answer = town.edit("POST", PARCELS, feature, Prefer="return=representation")
    assert answer.status_code == 201, answer.text
    assert answer.get_json()["properties"]["ref"] == f"1-900-{number}"


def test_a_feature_keeps_its_name(town):
    made = town.created()
    answer = town.edit("PATCH", made.path, {"properties": {"ref": "other"}}, If_Match="*")
    assert answer.status_code == 422
    assert answer.get_json()["parameter"] == "ref"


def test_shapes_are_read_in_the_axis_order_of_their_system(town):
    made = town.created()
    degrees = town.ask("GET", made.path).get_json()["geometry"]
    flipped = {
        **degrees,
        "coordinates": [[[[lat, lon] for lon, lat in ring] for ring in area] for area in degrees["coordinates"]],
    }
    systems = (
        (degrees, "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"),
        (flipped, "<http://www.opengis.net/def/crs/EPSG/0/4326>"),
        (flipped, "http://www.opengis.net/def/crs/EPSG/0/4326"),
    )
    for shape, crs in systems:
        answer = town.edit("PATCH", f"{made.path}?dry-run=true", {"geometry": shape}, If_Match="*", Content_Crs=crs)
        assert answer.status_code == 204, answer.text  # the same place, so nothing changes
    nowhere = town.edit("PATCH", made.path, {"geometry": degrees}, If_Match="*", Content_Crs=systems[1][1])
    assert nowhere.status_code == 422


def test_a_feature_of_json_fg_says_its_system_itself(town):
    ref, feature = town.new()
    sent = {**feature, "geometry": None, "place": feature["geometry"], "coordRefSys": "[EPSG:5253]"}
    answer = town.edit("POST", PARCELS, sent, Content_Type="application/fg+json", Content_Crs="OGC:CRS84")
    assert answer.status_code == 201, answer.text
    assert town.properties(ref)["computed_area_m2"] == 400


def test_a_trial_tells_what_would_change_and_keeps_nothing(town):
    made = town.created()
    before = town.number("SELECT count(*) FROM inbox.upload")
    answer = town.edit("PATCH", f"{made.path}?dry-run=true", {"properties": {"locality": "x"}}, If_Match=made.etag)
    assert answer.status_code == 200, answer.text
    told = answer.get_json()
    assert told["outcome"] == "tried"
    assert [(item["kind"], item["ref"]) for item in told["items"]] == [("update", made.ref)]
    assert town.number("SELECT count(*) FROM inbox.upload") == before
    assert town.properties(made.ref)["locality"] is None
    assert town.edit("DELETE", f"{made.path}?dry-run=maybe", If_Match="*").status_code == 400


def test_what_the_rules_refuse_is_told_finding_by_finding_and_not_kept(town):
    made = town.created()
    before = town.number("SELECT count(*) FROM inbox.upload")
    _ref, feature = town.new()
    over_it = {
        **feature,
        "geometry": made.feature["geometry"],
        "properties": {**feature["properties"], "locality": "x" * 600},
    }
    answer = town.edit("POST", PARCELS, over_it)
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json"
    findings = answer.get_json()["findings"]
    assert any(
        finding["severity"] == "refusal" and finding["sentence"] and finding["line"] == 1 for finding in findings
    )
    assert town.number("SELECT count(*) FROM inbox.upload") == before
    turkish = town.edit("POST", PARCELS, over_it, Accept_Language="tr")
    assert turkish.get_json()["detail"] != answer.get_json()["detail"]


def test_the_databases_own_refusal_keeps_districts_apart(town):
    path = f"{PARCELS}/e-1"
    for method, body in (("PATCH", {"properties": {"locality": "x"}}), ("DELETE", None)):
        answer = town.edit(method, path, body, If_Match="*")
        assert answer.status_code == 403, answer.text
        assert answer.content_type == "application/problem+json"
    _ref, feature = town.new(district_id=2)
    assert town.edit("POST", PARCELS, feature).status_code == 403
    assert town.properties("e-1")["locality"] is None


def test_the_department_says_whose_a_new_feature_is(town):
    _ref, feature = town.new()
    assert town.edit("POST", PARCELS, feature, by=DEPARTMENT).status_code == 422
    said = {**feature, "properties": {**feature["properties"], "district_id": 1}}
    assert town.edit("POST", PARCELS, said, by=DEPARTMENT).status_code == 202
    made = town.created()
    moved = town.edit("PATCH", made.path, {"properties": {"district_id": 2}}, by=DEPARTMENT, If_Match="*")
    assert moved.status_code == 422


def test_nobody_edits_without_being_known_or_without_that_role(town):
    _ref, feature = town.new()
    assert town.edit("POST", PARCELS, feature, by=None).status_code == 401
    assert town.edit("POST", PARCELS, feature, by=("planner", None, False)).status_code == 403
    assert town.edit("POST", "/api/collections/none/items", feature).status_code == 404


def test_a_process_that_dies_takes_nothing_with_it(town):
    made = town.created()
    desk = town.app.extensions["gisserver"].edits
    desk._process.kill()
    desk._process.wait()
    patch = {"properties": {"locality": "x"}}
    answers = [town.edit("PATCH", made.path, patch, If_Match=made.etag).status_code for _ in range(2)]
    assert answers in ([204, 412], [500, 204])
    assert town.properties(made.ref)["version"] == 2


@pytest.mark.parametrize("by", [PUBLISHES, EDITS, OF_THE_EAST])
def test_an_editor_is_told_what_may_be_sent(town, by):
    assert methods(town.ask("OPTIONS", PARCELS, by=by)) == {"GET", "HEAD", "OPTIONS", "POST"}
    item = town.ask("OPTIONS", f"{PARCELS}/unknown_id", by=by)
    assert methods(item) == {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}
    assert item.headers["Accept-Patch"] == "application/merge-patch+json"


def test_who_may_only_read_is_told_so(town):
    for path in (PARCELS, f"{PARCELS}/e-1"):
        assert methods(town.ask("OPTIONS", path)) == {"GET", "HEAD", "OPTIONS"}


def methods(answer) -> set[str]:
    assert answer.status_code == 204
    return {method.strip() for method in answer.headers["Allow"].split(",")}
