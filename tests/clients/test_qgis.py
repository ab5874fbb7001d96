"""QGIS 3.22 as Debian has it, by its own Python; run by script/test clients, which installs it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from gisserver.app import entry_of
from gisserver.bundle.write import Bundle, write_bundle
from importers.pipeline import Checked
from layers.core.layer import Audience
from layers.core.registry import Registry
from layers.core.store import Actor
from layers.core.tiles import refresh
from tests.db.small_world import add, publishing, rectangle
from tests.edits import Drawn, open_editor
from tests.feature_town import town  # noqa: F401
from tests.http_server import listening
from tests.importing import open_desk, parcel
from tests.worlds import WEST, publish_parcels, square

SCRIPT = Path(__file__).parent / "by_pyqgis.py"
GREEN_OVER_PAPER = (102, 186, 100)
"""The legend's green of a park, three parts in ten seen through."""


@pytest.fixture(scope="module")
def address(town):  # noqa: F811
    with listening(entry_of(town.client.application)) as root:
        yield f"{root}/api"


def by_qgis(task: str, address: str, folder: Path) -> dict:
    """What QGIS tells, with a profile of its own."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(folder),
    }
    words = ["/usr/bin/python3", str(SCRIPT), task, address]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_it_loads_the_parcels_page_by_page(address, tmp_path):
    told = by_qgis("pages", address, tmp_path)
    assert told["refs"] == ["e-1", "w-1", "w-2", "w-3"]
    assert {"ref", "block_no", "registered_area_m2"} <= set(told["fields"])


def test_it_filters_by_value_and_by_place(address, tmp_path):
    told = by_qgis("filtered", address, tmp_path)
    assert told["by area"] == ["e-1", "w-1"]
    assert told["inside w-1"] == ["w-1"]


def test_it_draws_the_vector_tiles_in_our_style(app, database, tmp_path):
    publish_parcels(database, WEST, {f"w-{n}": square(5 * n, 0) for n in range(4)})
    with listening(entry_of(app)) as root:
        told = by_qgis("tiles", f"{root}/api", tmp_path)
    assert told["is valid"]
    assert told["converted"]
    assert told["colours"] > 2


def test_a_bundle_edited_and_saved_by_it_brings_back_only_what_was_edited(database, tmp_path):
    with open_desk(database) as desk:
        desk.publish(desk.send_features([parcel(f"w-{n}", n, 0, land_use_text="Tarla") for n in range(4)]))
        zone = {"plan_ref": "p-1", "use_key": "residential_new", "use_label": "Konut"}
        with open_editor(database) as planner:
            planner.publish(WEST, "zones", {"z-1": Drawn(square(0, 0, 60), {**zone, "floors": 4})})
        file = tmp_path / "bundle.gpkg"
        with desk.store.reading(Actor("editor", WEST)) as connection:
            write_bundle(connection, desk.registry, Bundle(desk.profile, WEST, Audience.PLANNER, "tr", file.name), file)
        told = by_qgis("edited bundle", str(file), tmp_path)
        assert all(told["saved"].values())
        outcome = desk.send(file.name, file.read_bytes(), is_whole_state=True)
        assert isinstance(outcome, Checked), outcome
        assert desk.changes(outcome) == [("update", "w-1"), ("update", "w-2"), ("insert", "w-9")]
        assert outcome.report["merge"]["is_base_said"]
        of_zones = "SELECT kind, ref FROM inbox.change JOIN inbox.changeset AS s ON s.id = changeset_id "
        assert desk.rows(f"{of_zones} WHERE s.layer_id = 'zones' AND upload_id IS NOT NULL") == [("update", "z-1")]
        (edited,) = desk.rows("SELECT before, after FROM inbox.change WHERE kind = 'update' AND ref = 'w-1'")
        changed = {name for name in edited.after if edited.before.get(name) != edited.after[name]}
        assert changed == {"land_use_text"}


def test_it_opens_a_view_as_a_project_with_our_colours_our_system_and_the_features(app, database, tmp_path):
    publish_parcels(database, WEST, {f"w-{n}": square(n, 0) for n in range(4)})
    park = {"ref": "z-1", "plan_ref": "p", "use_key": "park", "use_label": "Park", "geom": rectangle(0, 0, 80, 20)}
    registry = Registry.of_folder()
    with publishing(database, WEST) as connection:
        add(connection, WEST, "zones", [park])
        epoch = connection.exec_driver_sql("SELECT epoch_from FROM pool.zones").scalar_one()
        refresh(connection, registry, [registry["zones"]], epoch)
    with listening(entry_of(app)) as root:
        told = by_qgis("project", f"{root}/api", tmp_path)
    assert (told["is read"], told["crs"]) == (True, "EPSG:5253")
    assert told["valid"] == ["parcels_features", "parcels_tiles", "zones_features", "zones_tiles"]
    assert told["shown"] == ["zones_tiles", "parcels_tiles"]
    assert told["refs"] == ["w-0", "w-1", "w-2", "w-3"]
    assert round(told["width"]) == 80
    assert any(_is_like(colour, GREEN_OVER_PAPER) for colour in told["colours"])


def _is_like(colour: str, wanted: tuple[int, int, int]) -> bool:
    seen = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return all(abs(one - other) <= 2 for one, other in zip(seen, wanted, strict=True))
