"""A district takes its area along as one file, and sends it back."""

import sqlite3
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import geopandas
import pyogrio
import pytest

from gisserver.bundle.write import Bundle, write_bundle
from importers.pipeline import Checked, Failed, check
from layers.core import review
from layers.core.bundle_mark import MARK_FIELD, BundleMark
from layers.core.store import WORKER, Actor
from tests.edits import Drawn, open_editor
from tests.importing import DEPARTMENT, Desk, open_desk, parcel
from tests.worlds import EAST, WEST, square

EDITOR = Actor("editor", WEST)


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        opened.publish(
            opened.send_features([parcel(f"w-{n}", n, 0, land_use_text="Tarla", tapu_alani=400.25) for n in range(3)])
        )
        far_away = parcel("e-9", 40, 0)
        opened.publish(opened.send_features([parcel("e-1", 4, 0), far_away], district_id=EAST))
        yield opened


@pytest.fixture
def bundle(desk, tmp_path) -> Path:
    return written(desk, tmp_path)


def written(desk: Desk, tmp_path: Path) -> Path:
    file = tmp_path / "bundle.gpkg"
    with desk.store.reading(EDITOR) as connection:
        wanted = Bundle(desk.profile, WEST, EDITOR.audience, "tr", file.name)
        write_bundle(connection, desk.registry, wanted, file)
    return file


def sent(desk: Desk, file: Path, **more) -> Checked | Failed:
    return desk.send(file.name, file.read_bytes(), **{"is_whole_state": True, **more})


def edited(bundle: Path, change) -> Path:
    parcels = geopandas.read_file(bundle, layer="parcels")
    target = bundle.with_name("edited.gpkg")
    change(parcels).to_file(target, layer="parcels", driver="GPKG")
    return target


def resaved(bundle: Path, **changes) -> Path:
    """All its layers as a program saves them, each after somebody has worked on it; and what was added."""
    target = bundle.with_name("resaved.gpkg")
    names = [name for name, kind in pyogrio.list_layers(bundle) if kind is not None]
    for name in (*names, *(added for added in changes if added not in names)):
        source = name if name in names else "parcels"
        layer = changes.get(name, lambda same: same)(geopandas.read_file(bundle, layer=source))
        layer.to_file(target, layer=name, driver="GPKG")
    return target


def setting(ref: str, field: str, value):
    """Somebody types a value into one record."""

    def typed(layer):
        layer.loc[layer["ref"] == ref, field] = value
        return layer

    return typed


@pytest.fixture
def zones(desk, database) -> None:
    columns = {"plan_ref": "p-1", "use_key": "residential_new", "use_label": "Konut", "floors": 4}
    with open_editor(database) as planner:
        planner.publish(WEST, "zones", {"z-1": Drawn(square(0, 0, 60), {**columns, "floors_state": "value"})})


def of_same_file(desk: Desk, outcome: Checked) -> list[tuple[str, str, str]]:
    """Layer, kind and ref of what the same bytes change beside."""
    return [
        tuple(row)
        for row in desk.rows(
            "SELECT other.layer_id, c.kind, c.ref FROM inbox.upload AS u JOIN inbox.upload AS other USING (sha256) "
            "JOIN inbox.changeset AS s ON s.upload_id = other.id JOIN inbox.change AS c ON c.changeset_id = s.id "
            "WHERE u.id = :id AND other.id <> u.id",
            id=outcome.upload_id,
        )
    ]


def test_it_holds_what_is_edited_what_is_beside_it_and_what_words_mean(bundle):
    assert {name for name, _ in pyogrio.list_layers(bundle)} == {"parcels", "zones", "parcels_around", "code_lists"}
    parcels = geopandas.read_file(bundle, layer="parcels")
    assert sorted(parcels["ref"]) == ["w-0", "w-1", "w-2"]
    assert parcels.crs.to_epsg() == 5253
    assert parcels[MARK_FIELD].nunique() == 1
    assert list(geopandas.read_file(bundle, layer="parcels_around")["ref"]) == ["e-1"], "within 100 m"
    codes = pyogrio.read_dataframe(bundle, layer="code_lists")
    assert "archive_approved" in set(codes.loc[codes["field"] == "coord_quality", "value"])


def test_sent_back_as_it_was_it_changes_nothing(desk, bundle):
    outcome = sent(desk, bundle)
    assert isinstance(outcome, Checked), outcome
    assert desk.changes(outcome) == []
    assert outcome.report["counts"]["unchanged"] == 3
    assert outcome.report["merge"]["is_base_said"]


def test_edits_of_the_bundle_join_with_what_the_pool_has_changed_meanwhile(desk, bundle, database):
    columns = {"block_no": "1", "parcel_no": "2", "land_use_text": "Arsa", "status": "active"}
    with open_editor(database) as elsewhere:
        elsewhere.decide(WEST, {"w-2": Drawn(square(2, 0), columns)})

    def change(parcels):
        parcels.loc[parcels["ref"] == "w-1", "land_use_text"] = "Bahçe"
        return parcels[parcels["ref"] != "w-0"]

    outcome = sent(desk, edited(bundle, change))
    assert desk.changes(outcome) == [("retire", "w-0"), ("update", "w-1")]
    desk.publish(outcome)
    rows = desk.rows("SELECT ref, land_use_text FROM pool.parcels WHERE district_id = :d ORDER BY ref", d=WEST)
    assert [tuple(row) for row in rows] == [("w-1", "Bahçe"), ("w-2", "Arsa")]


def test_columns_that_a_program_has_dropped_keep_their_published_values(desk, bundle):
    outcome = sent(desk, edited(bundle, lambda parcels: parcels.drop(columns=["land_use_text", "registered_area_m2"])))
    assert desk.changes(outcome) == []
    assert "land_use_text" not in outcome.report["columns"]["mapped"].values()


def test_the_sender_reads_which_columns_are_lost(desk, bundle):
    outcome = sent(desk, resaved(bundle, parcels=lambda parcels: parcels.drop(columns=["land_use_text"])))
    assert desk.changes(outcome) == []
    assert "Land use" in desk.texts(outcome, "bundle_columns_there")[0]
    assert "Nitelik" in desk.texts(outcome, "bundle_columns_there", "tr")[0]


def test_zones_and_parcels_edited_in_one_bundle_both_become_changes(desk, zones, bundle):
    edits = {"parcels": setting("w-1", "land_use_text", "Bahçe"), "zones": setting("z-1", "floors", 5)}
    outcome = sent(desk, resaved(bundle, **edits))
    assert desk.changes(outcome) == [("update", "w-1")]
    assert of_same_file(desk, outcome) == [("zones", "update", "z-1")]


def test_sent_as_zones_its_parcels_come_along_as_well(desk, zones, bundle):
    edits = {"parcels": setting("w-1", "land_use_text", "Bahçe"), "zones": setting("z-1", "floors", 5)}
    outcome = sent(desk, resaved(bundle, **edits), layer_id="zones")
    assert desk.changes(outcome) == [("update", "z-1")]
    assert of_same_file(desk, outcome) == [("parcels", "update", "w-1")]


def test_a_layer_that_nobody_has_touched_becomes_no_upload(desk, zones, bundle):
    outcome = sent(desk, resaved(bundle, parcels=setting("w-1", "land_use_text", "Bahçe")))
    assert desk.rows("SELECT layer_id FROM inbox.upload WHERE district_id = :d AND layer_id = 'zones'", d=WEST) == []
    assert desk.changes(outcome) == [("update", "w-1")]


def test_checked_again_it_brings_the_other_layer_only_once(desk, zones, bundle):
    outcome = sent(desk, resaved(bundle, zones=setting("z-1", "floors", 5)))
    with desk.store.writing(WORKER) as connection:
        check(connection, desk.registry, desk.profile, outcome.upload_id)
    assert of_same_file(desk, outcome) == [("zones", "update", "z-1")]


def test_layers_that_were_added_are_named(desk, bundle):
    outcome = sent(desk, resaved(bundle, olcumler=lambda parcels: parcels[["ref", "geometry"]]))
    assert "olcumler" in desk.texts(outcome, "bundle_layers_known")[0]
    assert desk.changes(outcome) == []


def test_a_whole_bundle_without_its_marks_says_what_it_was_compared_with(desk, bundle):
    outcome = sent(desk, resaved(bundle, parcels=lambda parcels: parcels.drop(columns=[MARK_FIELD])))
    assert desk.changes(outcome) == []
    assert "No record of the bundle says" in desk.texts(outcome, "bundle_base_told")[0]


def test_spoilt_marks_are_shown_and_count_as_none(desk, bundle):
    def spoilt(parcels):
        parcels[MARK_FIELD] = "2026"
        return parcels

    outcome = sent(desk, resaved(bundle, parcels=spoilt))
    assert "“2026”" in desk.texts(outcome, "bundle_base_readable")[0]
    assert desk.texts(outcome, "bundle_base_told") != []
    assert desk.changes(outcome) == []


def test_a_bundle_of_another_pool_is_told_where_to_go(desk, bundle):
    def foreign(parcels):
        parcels[MARK_FIELD] = str(BundleMark("elsewhere", 1))
        return parcels

    outcome = sent(desk, resaved(bundle, parcels=foreign))
    assert isinstance(outcome, Failed)
    assert outcome.failure["code"] == "based_on_another_pool"


def test_what_was_undone_since_stays_undone(desk, tmp_path):
    done = desk.send_features([parcel("w-0", 0, 0, land_use_text="Arsa", tapu_alani=400.25)])
    desk.publish(done)
    older = written(desk, tmp_path)
    with desk.store.writing(DEPARTMENT) as connection:
        inverse = review.revert(connection, desk.registry, DEPARTMENT, done.changeset_id, why="the wrong parcel")
    desk.publish(Checked(done.upload_id, inverse.id, {}))
    outcome = sent(desk, edited(older, setting("w-1", "land_use_text", "Bahçe")))
    assert desk.changes(outcome) == [("update", "w-1")]
    assert str(done.changeset_id) in desk.texts(outcome, "nothing_undone_since")[0]
    rows = desk.rows("SELECT land_use_text FROM pool.parcels WHERE ref = 'w-0'")
    assert [row.land_use_text for row in rows] == ["Tarla"]


def test_without_its_mark_it_is_compared_with_the_last_accepted_state(desk, bundle):
    outcome = sent(desk, edited(bundle, lambda parcels: parcels.drop(columns=[MARK_FIELD])))
    assert desk.changes(outcome) == []
    assert not outcome.report["merge"]["is_base_said"]


def project_of(bundle: Path) -> ElementTree.Element:
    with sqlite3.connect(bundle) as file:
        (content,) = file.execute("SELECT content FROM qgis_projects").fetchone()
    file.close()
    with zipfile.ZipFile(BytesIO(bytes.fromhex(content))) as archive:
        return ElementTree.fromstring(archive.read("bundle.qgs"))


def test_the_project_inside_offers_the_listed_words_and_guards_what_is_not_the_districts(bundle):
    layers = {layer.findtext("id").removesuffix("_in_bundle"): layer for layer in project_of(bundle).iter("maplayer")}
    assert {name: layer.get("readOnly") for name, layer in layers.items()} == {
        "parcels": "0",
        "zones": "0",
        "parcels_around": "1",
    }
    form = layers["parcels"]
    choices = form.find(".//field[@name='coord_quality']/editWidget")
    assert choices.get("type") == "ValueMap"
    assert [one.get("value") for one in choices.findall(".//Option[@type='QString']")] == [
        "archive_approved",
        "provisional",
    ]
    assert form.find("constraints/constraint[@field='parcel_no']").get("notnull_strength") == "2"
    assert "0.01" in form.find("constraintExpressions/constraint[@field='registered_area_m2']").get("exp")
    assert MARK_FIELD in [one.get("field") for one in form.findall("defaults/default")]
