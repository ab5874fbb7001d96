"""What changed between two states, as programs read it."""

import csv
import io
import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.edits import Drawn, Editor, open_editor
from tests.worlds import ORIGIN, WEST, square

BLOCK = {"block_no": "1", "parcel_no": "1"}


@pytest.fixture
def editor(database) -> Iterator[Editor]:
    with open_editor(database) as opened:
        yield opened


@pytest.fixture
def told(editor, client):
    """Four publishes: a parcel that stays, one that is edited three times, one that comes and goes, one that goes."""
    parcel = lambda column, **more: Drawn(square(column, 0), {**BLOCK, **more})  # noqa: E731
    editor.publish(WEST, "parcels", {"stays": parcel(0), "edited": parcel(1), "goes": parcel(2)})
    editor.publish(WEST, "parcels", {"edited": parcel(1, sheet_no="A"), "passes": parcel(4)})
    editor.publish(WEST, "parcels", {"edited": parcel(1, sheet_no="B")}, retire=["goes", "passes"])
    editor.publish(WEST, "parcels", {"edited": parcel(6, sheet_no="B"), "new": parcel(8)})

    def ask(layer: str = "parcels", **arguments: object):
        named = {name.rstrip("_").replace("bbox_crs", "bbox-crs"): value for name, value in arguments.items()}
        path = f"/api/collections/{layer}/changes?{urlencode(named)}"
        return client.get(path, headers={"Accept-Language": "en"}, buffered=True)

    return ask


def kinds(answer) -> dict[str, str]:
    assert answer.status_code == 200, answer.text
    return {one["properties"]["ref"]: one["properties"]["change"] for one in answer.get_json()["features"]}


def test_only_what_differs_between_the_two_states_is_told(told):
    assert kinds(told(from_=1)) == {"edited": "modified", "goes": "removed", "new": "added"}
    assert kinds(told(from_=1, to=2)) == {"edited": "modified", "passes": "added"}
    assert kinds(told(from_=0, to=1)) == {"stays": "added", "edited": "added", "goes": "added"}
    assert kinds(told(from_=4)) == {}


def test_an_edit_names_its_fields_and_shows_both_sides(told):
    (change,) = [one for one in told(from_=1).get_json()["features"] if one["properties"]["ref"] == "edited"]
    said = change["properties"]
    assert said["changed"] == ["sheet_no", "geom"]
    assert (said["before"]["properties"]["sheet_no"], said["after"]["properties"]["sheet_no"]) == (None, "B")
    assert change["geometry"] == said["after"]["geometry"] != said["before"]["geometry"]
    assert change["id"] == said["before"]["id"] == said["after"]["id"]


def test_what_was_removed_shows_where_it_was(told):
    (change,) = [one for one in told(from_=1).get_json()["features"] if one["properties"]["ref"] == "goes"]
    assert change["geometry"] == change["properties"]["before"]["geometry"]
    assert change["properties"]["after"] is None


def test_what_leaves_a_box_is_told_as_well_as_what_enters_it(told):
    west, north = ORIGIN[0] + 21, ORIGIN[1] + 19
    box = f"{ORIGIN[1] + 1},{west},{north},{west + 17}"
    system = "http://www.opengis.net/def/crs/EPSG/0/5253"
    assert kinds(told(from_=3, bbox=box, bbox_crs=system)) == {"edited": "modified"}
    assert kinds(told(from_=3, filter="ref = 'new'")) == {"new": "added"}
    assert kinds(told(from_=0, district_id=2)) == {}


def test_a_sequence_and_a_table_hold_everything(told):
    page = told(from_=1).get_json()["features"]
    sequence = told(from_=1, f="geojsonseq")
    assert [json.loads(one) for one in sequence.text.split("\x1e")[1:]] == page
    assert "parcels-1-4.geojsons" in sequence.headers["Content-Disposition"]
    table = [*csv.DictReader(io.StringIO(told(from_=1, f="csv", geometry="none").text.removeprefix("\ufeff")))]
    assert {row["after_ref"] or row["before_ref"]: row["change"] for row in table} == kinds(told(from_=1))
    (edited,) = [row for row in table if row["change"] == "modified"]
    assert (edited["changed"], edited["before_sheet_no"], edited["after_sheet_no"]) == ("sheet_no geom", "", "B")


def test_pages_stay_between_the_same_two_states_while_somebody_publishes(told, editor, client):
    first = told(from_="2000-01-01", limit=1).get_json()
    editor.publish(WEST, "parcels", {"later": Drawn(square(9, 0), BLOCK)})
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    assert "from=0&to=4" in following
    refs = [one["properties"]["ref"] for one in (*first["features"], *client.get(following).get_json()["features"])]
    assert len(set(refs)) == 2
    assert "later" not in refs


def test_moments_stand_for_the_publish_that_was_in_force(told, editor):
    moments = [row.at for row in editor.rows("SELECT published_at AS at FROM pool.epoch ORDER BY epoch")]
    since, until = (moment.isoformat() for moment in (moments[0], moments[1]))
    assert kinds(told(from_=since, to=until)) == kinds(told(from_=1, to=2))
    assert kinds(told(from_="1999-12-31", to=since.replace("+00:00", "Z"))) == kinds(told(from_=0, to=1))


def test_fields_of_another_audience_are_not_told(told, editor, signed_in):
    edited = Drawn(square(6, 0), {**BLOCK, "sheet_no": "B", "registry_id": "77"})
    editor.publish(WEST, "parcels", {"edited": edited})
    (change,) = told(from_=4).get_json()["features"]
    assert change["properties"]["changed"] == []
    assert "registry_id" not in json.dumps(change)
    (seen,) = signed_in("department").get("/api/collections/parcels/changes?from=4").get_json()["features"]
    assert seen["properties"]["changed"] == ["registry_id"]
    assert told("water_lines", from_=0).status_code == 404


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({}, "from"),
        ({"from_": 5}, "from"),
        ({"from_": 1, "to": 5}, "to"),
        ({"from_": 3, "to": 2}, "from"),
        ({"from_": "2999-01-01", "to": 1}, "from"),
        ({"from_": -1}, "from"),
        ({"from_": "yesterday"}, "from"),
        ({"from_": ""}, "from"),
        ({"from_": "9" * 30}, "from"),
        ({"from_": "٣"}, "from"),
        ({"from_": 1, "to": "2026-13-01"}, "to"),
        ({"from_": 1, "after": "x"}, "after"),
        ({"from_": 1, "sortby": "ref"}, "sortby"),
        ({"from_": 1, "epoch": "2"}, "epoch"),
        ({"from_": 1, "bbox": "1,2"}, "bbox"),
        ({"from_": 1, "f": "gpkg"}, "f"),
    ],
)
def test_what_makes_no_sense_is_a_problem_that_names_the_parameter(told, asked, parameter):
    answer = told(**asked)
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json"), answer.text
    assert answer.get_json()["parameter"] == parameter
