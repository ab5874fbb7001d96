"""GeoJSON as web tools write it, line by line, and as desktop programs save it."""

import json

import pytest

from importers.broken import UnreadableFile
from importers.readers.geojson import READER
from tests.geodata import NAMES, are_the_parcels, is_told_as, only_layer, parcels, values


@pytest.mark.parametrize(("suffix", "driver"), [("geojson", "GeoJSON"), ("geojsonl", "GeoJSONSeq")])
def test_records_letters_columns_and_degrees_are_read_and_heights_left_out(tmp_path, suffix, driver):
    parcels(height=3).to_crs(4326).to_file(tmp_path / f"a.{suffix}", driver=driver, COORDINATE_PRECISION=12)
    source, records = only_layer(READER, tmp_path / f"a.{suffix}")
    assert source.fields == ("ref", "mahalle", "alan", "kat")
    assert is_told_as(source, 4326)
    assert values(records, "mahalle") == NAMES
    assert are_the_parcels(records, within=1e-9, srid=4326)


def test_a_named_system_is_read(tmp_path):
    parcels().to_file(tmp_path / "a.geojson")
    source, records = only_layer(READER, tmp_path / "a.geojson")
    assert is_told_as(source, 5253)
    assert are_the_parcels(records)


def test_features_may_be_parted_by_the_mark_of_text_sequences(tmp_path):
    parcels().to_crs(4326).to_file(tmp_path / "a.geojsons", driver="GeoJSONSeq", RS="YES")
    _, records = only_layer(READER, tmp_path / "a.geojsons")
    assert values(records, "mahalle") == NAMES


@pytest.mark.parametrize("encoding", ["cp1254", "iso-8859-9", "cp857"])
def test_letters_saved_in_a_desktop_encoding_are_told_by_the_letters_of_the_place(tmp_path, encoding):
    (tmp_path / "a.geojson").write_bytes(parcels().to_crs(4326).to_json(ensure_ascii=False).encode(encoding))
    source, records = only_layer(READER, tmp_path / "a.geojson")
    assert values(records, "mahalle") == NAMES
    assert source.encoding.is_guessed


def test_a_byte_order_mark_is_no_letter(tmp_path):
    (tmp_path / "a.geojson").write_bytes(b"\xef\xbb\xbf" + parcels().to_crs(4326).to_json(drop_id=True).encode())
    source, records = only_layer(READER, tmp_path / "a.geojson")
    assert source.fields[0] == "ref"
    assert len(records) == 5


def test_features_of_unlike_columns_keep_all_of_them(tmp_path):
    features = [
        {"type": "Feature", "geometry": None, "properties": {"a": 1}},
        {"type": "Feature", "geometry": None, "properties": {"b": {"deep": [1, 2]}}},
    ]
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    source, (first, second) = only_layer(READER, tmp_path / "a.geojson")
    assert source.fields == ("a", "b")
    assert (first.attributes["a"], second.attributes["a"]) == (1, None)
    assert "deep" in second.attributes["b"]


@pytest.mark.parametrize("written", ["NaN", "Infinity", "1e999", "null", '"a"'])
def test_a_coordinate_that_is_no_place_refuses_the_file_or_marks_the_record(tmp_path, written):
    ring = f"[[27,38],[27.1,38],[27.1,{written}],[27,38]]"
    (tmp_path / "a.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"ref":"a"},'
        f'"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}'
    )
    try:
        _, (record,) = only_layer(READER, tmp_path / "a.geojson")
    except UnreadableFile:
        return
    assert record.geometry is None or not record.geometry.is_valid


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
@pytest.mark.parametrize(("suffix", "driver"), [("geojson", "GeoJSON"), ("geojsonl", "GeoJSONSeq")])
def test_a_file_cut_short_is_no_shorter_file(tmp_path, suffix, driver, share):
    path = tmp_path / f"a.{suffix}"
    parcels().to_crs(4326).to_file(path, driver=driver)
    content = path.read_bytes().rstrip()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile):
        only_layer(READER, path)
