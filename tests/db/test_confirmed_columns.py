"""What a district says about a file's columns is done, and remembered for the next file of the same kind."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyproj import Transformer
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from importers.pipeline import Checked, Failed, check
from layers.core import inbox
from layers.core.declared_crs import DeclaredCrs
from layers.core.store import WORKER, Actor
from tests.geodata import parcels
from tests.importing import Desk, geojson, open_desk, parcel
from tests.worlds import EAST, WEST


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def odd(*numbers: int) -> bytes:
    """A file whose headers say nothing."""
    return geojson([parcel(f"w-{n}", n, 0, kolon_a="Bağlar", kolon_b="Tepe") for n in numbers], 5253)


def two_layers(folder: Path) -> bytes:
    """A file in which either layer may be meant."""
    path = folder / "two.gpkg"
    for name in ("yeni", "eski"):
        parcels().assign(**{f"{name}_kolon": "Tepe"}).to_file(path, layer=name)
    return path.read_bytes()


def test_what_the_sender_says_goes_before_every_word(desk):
    outcome = desk.send("odd.geojson", odd(1, 2), columns={"kolon_a": "locality", "ada": ""})
    assert outcome.report["columns"]["mapped"] == {"kolon_a": "locality", "parsel": "parcel_no", "ref": "ref"}
    assert outcome.report["columns"]["ignored"] == ["ada", "kolon_b"]


def test_the_next_file_of_the_same_kind_is_read_as_confirmed(desk):
    first = desk.send("odd.geojson", odd(1), columns={"kolon_a": "locality"})
    second = desk.send("next.geojson", odd(2, 3))
    assert second.report["columns"]["mapped"] == first.report["columns"]["mapped"]
    assert second.report["remembered"]["filename"] == "odd.geojson"
    assert desk.send("other.geojson", odd(2, 3), district_id=EAST).report["remembered"] is None


def test_what_is_said_now_goes_before_what_was_said_once(desk):
    desk.send("odd.geojson", odd(1), columns={"kolon_a": "locality"})
    second = desk.send("next.geojson", odd(2), columns={"kolon_b": "locality"})
    assert second.report["columns"]["mapped"]["kolon_b"] == "locality"
    assert "kolon_a" in second.report["columns"]["ignored"]
    third = desk.send("third.geojson", odd(3))
    assert third.report["columns"]["mapped"] == second.report["columns"]["mapped"]
    assert third.report["remembered"]["filename"] == "next.geojson"


def test_saying_the_same_once_more_changes_nothing_of_what_is_remembered(desk):
    desk.send("odd.geojson", odd(1), columns={"kolon_a": "locality"})
    before = desk.rows("SELECT confirmed_at, filename FROM inbox.habit")
    desk.send("next.geojson", odd(2), columns={"kolon_a": "locality"})
    assert desk.rows("SELECT confirmed_at, filename FROM inbox.habit") == before


def test_another_layer_of_a_file_is_not_read_as_the_one_that_was_confirmed(desk, tmp_path):
    sent = two_layers(tmp_path)
    desk.send("two.gpkg", sent, source_layer="yeni", columns={"yeni_kolon": "locality"})
    again = desk.send("two.gpkg", sent)
    assert again.report["source_layer"] == "yeni"
    other = desk.send("two.gpkg", sent, source_layer="eski")
    assert "eski_kolon" in other.report["columns"]["ignored"]
    assert other.report["remembered"] is None


def test_reading_twice_with_the_same_words_gives_the_same(desk):
    said = {"columns": {"kolon_a": "locality", "kolon_b": ""}}
    first = desk.send("odd.geojson", odd(1, 2), **said)
    desk.publish(first)
    again = desk.send("odd.geojson", odd(1, 2), **said)
    assert again.report["columns"] == first.report["columns"]
    assert desk.changes(again) == []


def test_what_was_confirmed_can_be_forgotten(desk):
    desk.send("odd.geojson", odd(1), columns={"kolon_a": "locality"})
    second = desk.send("next.geojson", odd(2))
    with desk.store.writing(Actor("editor", WEST)) as connection:
        inbox.forget_habit(connection, second.upload_id)
    with desk.store.writing(WORKER) as connection:
        afresh = check(connection, desk.registry, desk.profile, second.upload_id)
    assert isinstance(afresh, Checked)
    assert "locality" not in afresh.report["columns"]["mapped"].values()
    assert desk.rows("SELECT FROM inbox.habit") == []


def test_the_system_is_remembered_with_the_columns(desk):
    bare = geojson([parcel("w-1", 1, 0)], 4326)
    assert isinstance(desk.send("p.geojson", bare), Failed)
    assert isinstance(desk.send("p.geojson", bare, declared_crs=DeclaredCrs.parse("5253")), Checked)
    again = desk.send("q.geojson", geojson([parcel("w-2", 2, 0)], 4326))
    assert isinstance(again, Checked)
    assert again.report["crs"]["used"]["srid"] == 5253


def test_a_remembered_system_that_does_not_fit_is_as_if_it_had_not_been_said(desk):
    odd_file = geojson([parcel("w-1", 1, 0)], 4326)
    assert isinstance(desk.send("p.geojson", odd_file, declared_crs=DeclaredCrs.parse("5253")), Checked)
    assert desk.rows("SELECT declared_crs FROM inbox.habit") == [("5253",)]
    degrees = Transformer.from_crs(5253, 4326, always_xy=True)
    honest = json.loads(odd_file)
    rings = honest["features"][0]["geometry"]["coordinates"]
    honest["features"][0]["geometry"]["coordinates"] = _turned(rings, degrees)
    outcome = desk.send("q.geojson", json.dumps(honest).encode())
    assert isinstance(outcome, Checked), outcome
    assert outcome.report["crs"]["used"]["srid"] == 4326
    assert outcome.report["remembered"] is None


def _turned(rings, degrees: Transformer):
    if isinstance(rings[0], int | float):
        return list(degrees.transform(*rings[:2]))
    return [_turned(part, degrees) for part in rings]


def test_a_system_that_was_insisted_on_is_not_remembered(desk):
    bare = geojson([parcel("w-1", 1, 0)], 4326)
    insisted = desk.send("p.geojson", bare, declared_crs=DeclaredCrs.parse("5253!"))
    assert isinstance(insisted, Checked)
    assert desk.rows("SELECT FROM inbox.habit") == []
    assert isinstance(desk.send("q.geojson", bare), Failed)
    desk.send("p.geojson", bare, declared_crs=DeclaredCrs.parse("5253!"), columns={"ada": "block_no"})
    assert desk.rows("SELECT declared_crs FROM inbox.habit") == [(None,)]


def test_a_district_sees_and_writes_only_what_it_confirmed_itself(desk):
    desk.send("odd.geojson", odd(1), columns={"kolon_a": "locality"})
    with desk.store.reading(Actor("editor", EAST)) as connection:
        assert list(connection.execute(text("SELECT FROM inbox.habit"))) == []
    forged = text(
        "INSERT INTO inbox.habit (district_id, layer_id, signature, columns, filename) VALUES (1, 'x', 'x', '{}', 'x')"
    )
    with pytest.raises(DBAPIError, match="row-level security"), desk.store.writing(Actor("editor", EAST)) as connection:
        connection.execute(forged)


def test_a_column_that_the_file_does_not_have_is_told(desk):
    outcome = desk.send("odd.geojson", odd(1), columns={"kolon_x": "locality"})
    assert isinstance(outcome, Failed)
    assert "no column “kolon_x”" in outcome.failure["text"]["en"]


def test_a_percentage_becomes_a_ratio_only_when_somebody_says_so(desk):
    zone = {"plan_ref": "P", "use_key": "park", "use_label": "Park", "TAKS (%)": 40}
    shape = parcel("z-1", 0, 0)["geometry"]
    content = geojson([{"type": "Feature", "properties": {"ref": "z-1", **zone}, "geometry": shape}], 5253)
    held = desk.send("z.geojson", content, layer_id="zones")
    assert ("units_agree", "warning", None) in desk.rules(held)
    turned = desk.send("z.geojson", content, layer_id="zones", columns={"TAKS (%)": "taks [%]"})
    kept = desk.rows("SELECT after ->> 'taks' FROM inbox.change ORDER BY id")
    assert [row[0] for row in kept] == [None, "0.4"]
    assert turned.report["columns"]["converted"] == {"TAKS (%)": "%"}


def test_samples_show_what_a_column_holds_but_never_of_people(desk):
    outcome = desk.send_features([parcel(f"w-{n}", n, 0, malik="Somebody", weather=f"day {n}") for n in range(5)])
    samples = outcome.report["columns"]["samples"]
    assert samples["weather"] == ["day 0", "day 1", "day 2"]
    assert "malik" not in samples
