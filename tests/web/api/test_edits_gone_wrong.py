"""What programs send by mistake, or try on: they are told what is wrong and what to do, and nothing changes."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.application import PASSWORD
from tests.editing_town import DEPARTMENT, EDITS, PARCELS, PUBLISHES, square
from tests.editing_town import town as town

LIMIT_BYTES = 4_000_000


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "line 1, character 1"),
        ('{"type": "Feature",', "character"),
        ("null", "no JSON object"),
        ("[1]", "no JSON object"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "NaN"),
        ('{"a": 1e999}', "NaN"),
        ('{"a": "\\ud800"}', "UTF-8"),
        (b'{"a": "\xff"}', "UTF-8"),
        ("[" * 100_000, "nested"),
        ('{"a": ' + "9" * 5_000 + "}", "too long"),
    ],
)
def test_what_is_no_json_is_told_where(town, body, says):
    answer = town.edit("POST", PARCELS, body)
    assert answer.status_code == 400, answer.text
    assert says in answer.get_json()["detail"]


@pytest.mark.parametrize(
    ("geometry", "status"),
    [
        ("here", 422),
        ({"type": "Circle", "coordinates": [0, 0]}, 422),
        ({"type": "GeometryCollection", "geometries": []}, 422),
        ({"type": "Polygon"}, 422),
        ({"type": "Polygon", "coordinates": 5}, 422),
        ({"type": "Polygon", "coordinates": [[0, 0], [0, 1], [1, 1], [0, 0]]}, 422),
        ({"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0]]]}, 422),
        ({"type": "Polygon", "coordinates": [[[0], [0], [0], [0]]]}, 422),
        ({"type": "Polygon", "coordinates": [[["0", "0"], ["0", "1"], ["1", "1"], ["0", "0"]]]}, 422),
        ({"type": "Polygon", "coordinates": [[[True, 0], [0, 1], [1, 1], [True, 0]]]}, 422),
        ({"type": "Polygon", "coordinates": [[[10**400, 0], [0, 1], [1, 1], [10**400, 0]]]}, 422),
        ({"type": "Polygon", "coordinates": [[[1e300, 0], [0, 1], [1, 1], [1e300, 0]]]}, 422),
        ({"type": "LineString", "coordinates": [[0, 0]]}, 422),
    ],
)
def test_a_shape_that_is_none_is_refused_before_anything_is_checked(town, geometry, status):
    _ref, feature = town.new()
    answer = town.edit("POST", PARCELS, {**feature, "geometry": geometry})
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert town.edit("POST", PARCELS, feature).status_code == 201


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"geometry": {"type": "Point", "coordinates": [4_250_110, 500_110]}}, "geometry_type_fits"),
        ({"geometry": None}, "geometry_present"),
        ({"geometry": {"type": "Polygon", "coordinates": []}}, "geometry_present"),
        ({"properties": {"ref": "w-required"}}, "required_fields"),
        ({"geometry": square(5000)}, "inside_district"),
    ],
)
def test_what_a_file_would_be_refused_for_an_edit_is_too(town, change, rule):
    _ref, feature = town.new()
    answer = town.edit("POST", PARCELS, {**feature, **change})
    assert answer.status_code == 422, answer.text
    refusing = [finding for finding in answer.get_json()["findings"] if finding["severity"] == "refusal"]
    assert rule in [finding["rule"] for finding in refusing]
    assert answer.get_json()["detail"]


def test_heights_are_left_out_as_from_a_file(town):
    ref, feature = town.new()
    ring = [[*corner, 12.5] for corner in feature["geometry"]["coordinates"][0]]
    answer = town.edit("POST", PARCELS, {**feature, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    assert answer.status_code == 201, answer.text
    assert len(town.ask("GET", f"{PARCELS}/{ref}").get_json()["geometry"]["coordinates"][0][0][0]) == 2


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_of_another_type_is_refused(town, kind):
    made = town.created()
    for method, path in (("POST", PARCELS), ("PUT", made.path), ("PATCH", made.path)):
        answer = town.edit(method, path, "{}", Content_Type=kind, If_Match="*")
        assert answer.status_code == 415, answer.text
        assert "json" in answer.get_json()["detail"]
    assert town.edit("PATCH", made.path, {}, Content_Type="application/geo+json", If_Match="*").status_code == 415


def test_a_body_over_the_limit_is_not_read_to_its_end(town):
    answer = town.edit("POST", PARCELS, b" " * (LIMIT_BYTES + 1))
    assert answer.status_code == 413
    assert "4 MB" in answer.get_json()["detail"]


@pytest.mark.parametrize("name", ["localty", "registry_id", "point_accuracy", "__proto__", "geom"])
def test_a_field_that_the_caller_does_not_know_is_refused_with_those_there_are(town, name):
    _ref, feature = town.new(**{name: "1"})
    answer = town.edit("POST", PARCELS, feature)
    assert answer.status_code == 422, answer.text
    assert answer.get_json()["parameter"] == name
    assert "block_no" in answer.get_json()["detail"]
    assert "registry_id" not in answer.get_json()["detail"].replace(f"“{name}”", "")


def test_fields_that_nobody_writes_may_come_back_and_change_nothing(town):
    made = town.created()
    whole = town.ask("GET", made.path).get_json()
    whole["properties"] |= {"version": 99, "origin": "me", "epoch_from": 5, "computed_area_m2": 1, "uid": "x"}
    answer = town.edit("PUT", made.path, whole, If_Match=made.etag, Content_Crs="OGC:CRS84")
    assert answer.status_code == 204, answer.text
    assert answer.headers["ETag"] == made.etag


@pytest.mark.parametrize(
    ("header", "value"), [("Content_Crs", "EPSG:9999"), ("Content_Crs", "here"), ("Content_Crs", "")]
)
def test_a_system_that_is_not_offered_is_named_with_those_that_are(town, header, value):
    _ref, feature = town.new()
    answer = town.edit("POST", PARCELS, feature, **{header: value})
    assert answer.status_code == 400, answer.text
    assert "EPSG/0/5253" in answer.get_json()["detail"]


def test_unknown_parameters_are_refused(town):
    made = town.created()
    assert town.edit("DELETE", f"{made.path}?dryrun=true", If_Match="*").status_code == 400
    assert town.ask("GET", made.path).status_code == 200


def test_of_fifty_writers_exactly_one_wins_each_version(town):
    made = town.created()
    tag, rounds = made.etag, 2
    for number in range(rounds):
        is_won = Event()
        with ThreadPoolExecutor(50) as writers:
            racing = [writers.submit(persistent, town, made.path, tag, writer, is_won) for writer in range(50)]
            answers = [one.result() for one in racing]
        won = [answer for answer in answers if answer.status_code == 204]
        assert len(won) == 1, [answer.status_code for answer in answers]
        assert {answer.status_code for answer in answers} == {204, 412}
        tag = won[0].headers["ETag"]
        assert tag.startswith(f'"{number + 2}-')
    assert town.number("SELECT count(*) FROM history.parcels WHERE ref = :ref", ref=made.ref) == rounds


def persistent(town, path: str, tag: str, writer: int, is_won: Event):
    """Comes again when it is told to, or when somebody has won."""
    while True:
        answer = town.edit("PATCH", path, {"properties": {"locality": f"{tag} by {writer}"}}, If_Match=tag)
        if answer.status_code != 503:
            is_won.set()
            return answer
        is_won.wait(int(answer.headers["Retry-After"]))


def test_another_site_cannot_edit_with_the_cookie_of_a_browser(town):
    made = town.created()
    client = town.app.test_client()
    token = token_of(client.get("/signin").text)
    entered = client.post("/signin", data={"csrf_token": token, "email": "editor1@example.org", "password": PASSWORD})
    assert entered.status_code == 302, entered.text
    assert client.get("/api/uploads").status_code == 200
    patch = {"headers": {"Content-Type": "application/merge-patch+json", "If-Match": "*"}}
    told = json.dumps({"properties": {"locality": "x"}})
    foreign = client.patch(made.path, data=told, **patch)
    assert foreign.status_code == 400, foreign.text
    patch["headers"]["X-CSRFToken"] = token_of(client.get("/district").text)
    own = client.patch(made.path, data=told, **patch)
    assert own.status_code == 202, own.text


def token_of(page: str) -> str:
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_a_key_with_the_right_to_publish_decides_about_nothing_else(town):
    _ref, feature = town.new()
    waiting = town.edit("POST", PARCELS, feature, by=EDITS).headers["Location"]
    assert town.ask("POST", f"{waiting}/accept", {}, by=PUBLISHES).status_code == 403
    assert town.ask("POST", f"{waiting}/accept", {}, by=DEPARTMENT).status_code == 200
    assert town.ask("POST", f"{waiting}/publish", {}, by=PUBLISHES).status_code == 403
