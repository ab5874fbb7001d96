"""The process apart in which sent files are opened: what it knows, what it may, how it ends."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely

from importers.apart.confine import Limits
from importers.apart.room import ReadingRoom, reading_room
from importers.broken import TookTooLongToRead, TooLargeToRead, UnreadableFile
from importers.readers.delimited import READER as DELIMITED
from importers.readers.geojson import READER as GEOJSON
from importers.readers.geopackage import READER as GEOPACKAGE
from tests.geodata import LETTERS, parcels

IN_THE_ROOM = """
import json, os, sys
from pathlib import Path
from importers.apart.confine import Limits, set_limits, shut_in
set_limits(Limits())
shut_in(Path.cwd())
def tried(deed):
    try:
        return "done", str(deed())
    except OSError as refused:
        return "refused", type(refused).__name__
import socket, subprocess
print(json.dumps([tried(lambda: eval(deed)) for deed in sys.argv[1:]]))
"""


def tried(folder: Path, *deeds: str) -> list[str]:
    """What becomes of each deed in a process that is shut in."""
    command = [sys.executable, "-I", "-c", IN_THE_ROOM, *deeds]
    said = subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True, env={})
    return [outcome for outcome, _ in json.loads(said.stdout)]


@pytest.fixture
def room(tmp_path):
    opened = ReadingRoom(tmp_path)
    yield opened
    opened.close()


def test_no_connection_is_made(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert tried(tmp_path, f"socket.create_connection(('127.0.0.1', {port}))") == ["refused"]


def test_no_other_program_is_started(tmp_path):
    assert tried(tmp_path, "subprocess.run(['/bin/true'])", "os.execv('/bin/true', ['true'])") == ["refused"] * 2


def test_no_file_is_read_but_those_of_the_folder(tmp_path):
    (tmp_path / "room").mkdir()
    (tmp_path / "room/own.txt").write_text("own")
    (tmp_path / "secret.txt").write_text("secret")
    deeds = [
        "Path('own.txt').read_text()",
        "Path('new.txt').write_text('new')",
        "Path('../secret.txt').read_text()",
        f"Path('{tmp_path}/secret.txt').read_text()",
        "Path('/etc/passwd').read_text()",
        f"Path('/proc/{os.getpid()}/environ').read_text()",
        f"Path('{tmp_path}/outside.txt').write_text('new')",
        "os.symlink('../secret.txt', 'link')",
    ]
    assert tried(tmp_path / "room", *deeds) == ["done", "done", *["refused"] * 6]


def test_it_knows_nothing_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("GIS_DATABASE_URL", "postgresql://secret@nowhere/pool")
    room = ReadingRoom(tmp_path)
    process = room._process
    environment = Path(f"/proc/{process.pid}/environ").read_bytes()
    room.close()
    assert b"GIS_" not in environment
    assert b"secret" not in environment


def test_a_sent_file_is_no_module(room, tmp_path):
    for name in ("shapely.py", "numpy.py", "json.py", "importers.py", "sitecustomize.py"):
        (tmp_path / name).write_text("from pathlib import Path\nPath('ran').touch()\n")
    parcels().to_file(tmp_path / "a.gpkg")
    assert room.describe(GEOPACKAGE, tmp_path / "a.gpkg", LETTERS)[0].count == 5
    assert not (tmp_path / "ran").exists()


def test_the_first_records_are_read_without_the_others(room, tmp_path):
    parcels().to_file(tmp_path / "a.gpkg")
    (source,) = room.describe(GEOPACKAGE, tmp_path / "a.gpkg", LETTERS)
    before = room._process
    assert [record.line for record in room.records(GEOPACKAGE, tmp_path / "a.gpkg", source, 2)] == [1, 2]
    assert len(list(room.records(GEOPACKAGE, tmp_path / "a.gpkg", source))) == 5
    assert room._process is before


def test_who_stops_listening_can_ask_again(room, tmp_path):
    parcels().to_file(tmp_path / "a.gpkg")
    (source,) = room.describe(GEOPACKAGE, tmp_path / "a.gpkg", LETTERS)
    records = room.records(GEOPACKAGE, tmp_path / "a.gpkg", source)
    next(records)
    records.close()
    assert len(list(room.records(GEOPACKAGE, tmp_path / "a.gpkg", source))) == 5


def test_a_file_that_takes_too_much_memory_is_called_too_large(tmp_path):
    """A ring of one and a half million corners, where a tenth of the usual memory is given."""
    circle = np.linspace(0, 2 * np.pi, 1_500_000)
    ring = np.column_stack((27 + np.cos(circle) / 100, 38 + np.sin(circle) / 100)).round(7).tolist()
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    room = ReadingRoom(tmp_path, Limits(memory_bytes=350 << 20))
    with pytest.raises(TooLargeToRead, match="too large to be read"):
        room.describe(GEOJSON, tmp_path / "a.geojson", LETTERS)
    room.close()


def test_a_file_that_takes_too_long_is_stopped(tmp_path):
    parcels().loc[[0] * 100_000].to_crs(4326).to_file(tmp_path / "a.geojson")
    room = ReadingRoom(tmp_path, Limits(cpu_seconds=1))
    with pytest.raises(TookTooLongToRead, match="did not end"):
        room.describe(GEOJSON, tmp_path / "a.geojson", LETTERS)
    room.close()


def test_a_reader_that_dies_leaves_a_plain_sentence(room, tmp_path):
    parcels().to_file(tmp_path / "a.gpkg")
    (source,) = room.describe(GEOPACKAGE, tmp_path / "a.gpkg", LETTERS)
    room._process.terminate()
    room._process.wait()
    assert len(list(room.records(GEOPACKAGE, tmp_path / "a.gpkg", source))) == 5
    records = room.records(GEOPACKAGE, tmp_path / "missing.gpkg", source)
    with pytest.raises(UnreadableFile, match="looks like GeoPackage"):
        next(records)


def test_shapes_of_every_kind_come_back_as_they_were(room, tmp_path):
    shapes = [
        None,
        shapely.Point(1, 2),
        shapely.MultiPoint([(1, 2), (3, 4)]),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.box(0, 0, 9, 9).difference(shapely.box(2, 2, 3, 3)),
        shapely.GeometryCollection([shapely.Point(1, 2), shapely.box(0, 0, 1, 1)]),
        shapely.Polygon(),
    ]
    rows = ["ref;geom", *(f"r{n};{'' if shape is None else shape.wkt}" for n, shape in enumerate(shapes))]
    (tmp_path / "a.csv").write_text("\n".join(rows))
    (source,) = room.describe(DELIMITED, tmp_path / "a.csv", LETTERS)
    assert [record.geometry for record in room.records(DELIMITED, tmp_path / "a.csv", source)] == shapes


def test_nothing_is_left_behind():
    with reading_room() as room:
        folder, process = room.folder, room._process
        assert folder.is_dir()
    assert process.poll() is not None
    assert not folder.exists()
