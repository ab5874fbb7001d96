"""QGIS 3.22 as Debian has it, by its own Python; run by script/test clients, which installs it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from gisserver.app import entry_of
from tests.feature_town import town  # noqa: F401
from tests.http_server import listening
from tests.worlds import WEST, publish_parcels, square

SCRIPT = Path(__file__).parent / "by_pyqgis.py"


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
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=False)
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
