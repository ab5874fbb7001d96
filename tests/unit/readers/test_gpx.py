"""GPX: waypoints, routes and tracks as they were recorded."""

import pytest

from importers.broken import UnreadableFile
from importers.readers.gpx import READER
from tests.geodata import described, is_told_as, only_layer, records_of

POINT = '<wpt lat="38.4" lon="27.1"><ele>12</ele><name>Köşe taşı</name></wpt>'
STEPS = '<trkpt lat="38.4" lon="27.1"/><trkpt lat="38.401" lon="27.1"/>'
TRACK = f"<trk><name>Yürüyüş</name><trkseg>{STEPS}</trkseg></trk>"


def gpx(*parts: str) -> bytes:
    namespace = "http://www.topografix.com/GPX/1/1"
    return f'<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="{namespace}">{"".join(parts)}</gpx>'.encode()


def test_points_are_in_degrees_and_flat_with_their_names(tmp_path):
    (tmp_path / "a.gpx").write_bytes(gpx(POINT))
    source, (record,) = only_layer(READER, tmp_path / "a.gpx")
    assert is_told_as(source, 4326)
    assert record.attributes["name"] == "Köşe taşı"
    assert (record.geometry.x, record.geometry.y, record.geometry.has_z) == (27.1, 38.4, False)


def test_a_track_is_one_line_and_not_its_points_once_more(tmp_path):
    path = tmp_path / "a.gpx"
    path.write_bytes(gpx(POINT, TRACK))
    sources = described(READER, path)
    assert sorted(source.name for source in sources) == ["tracks", "waypoints"]
    (line,) = records_of(READER, path, next(source for source in sources if source.name == "tracks"))
    assert line.geometry.length == pytest.approx(0.001)


def test_a_file_that_was_cut_short_is_unreadable(tmp_path):
    (tmp_path / "a.gpx").write_bytes(gpx(POINT)[:-20])
    with pytest.raises(UnreadableFile):
        described(READER, tmp_path / "a.gpx")
