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
from importers.pipeline import Checked, Failed
from layers.core.bundle_mark import MARK_FIELD
from layers.core.store import Actor
from tests.edits import Drawn, open_editor
from tests.importing import Desk, open_desk, parcel
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
