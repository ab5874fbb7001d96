"""Files as they arrive: odd, cut short, packed, misnamed, dangerous."""

import io
import json
import struct
import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely

from importers.broken import (
    BrokenFile,
    BrokenZip,
    EmptyFile,
    EncryptedZip,
    ExportFirst,
    IncompleteSet,
    NoSuchLayer,
    NothingInside,
    SeveralLayers,
    UnknownFormat,
    UnreadableFile,
    UnsafeZip,
    ZipTooLarge,
)
from importers.sources import Source, choose_source, known_readers
from importers.unpack import unpack
from layers.core.registry import Registry

LETTERS = frozenset("ıİşŞğĞüÜöÖçÇ")
NAMES = ("Bağlar", "Şirinyer", "İnönü", "Çınar", "Ödemiş")


def parcels() -> geopandas.GeoDataFrame:
    shapes = [shapely.box(500_000 + n * 20, 4_250_000, 500_020 + n * 20, 4_250_020) for n in range(len(NAMES))]
    return geopandas.GeoDataFrame(
        {"ref": [f"w-{n}" for n in range(len(NAMES))], "mahalle": NAMES}, geometry=shapes, crs=5253
    )


def choose(path: Path, asked: str | None = None) -> Source:
    return choose_source([path], Registry.of_folder()["parcels"], LETTERS, asked, path.name)


def choose_sent(name: str, content: bytes, folder: Path) -> Source:
    paths = unpack(name, [content[n : n + 1000] for n in range(0, len(content), 1000)], folder)
    return choose_source(paths, Registry.of_folder()["parcels"], LETTERS, None, name)


def archive(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return made.getvalue()


def shapefile(folder: Path, encoding: str, *, says: str | None = None) -> Path:
    path = folder / "parcels.shp"
    parcels().to_file(path, encoding=encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[29] = 0  # the language mark, which many programs leave empty
    path.with_suffix(".dbf").write_bytes(table)
    if says:
        path.with_suffix(".cpg").write_text(says)
    return path


@pytest.mark.parametrize("encoding", ["UTF-8", "CP1254", "ISO-8859-9", "CP857"])
def test_letters_are_read_right_though_the_file_does_not_say_how_they_are_written(tmp_path, encoding):
    source = choose(shapefile(tmp_path, encoding))
    assert tuple(record.attributes["mahalle"] for record in source.records()) == NAMES
    assert source.described.encoding.is_guessed


def test_a_wrong_word_about_the_encoding_is_not_believed(tmp_path):
    source = choose(shapefile(tmp_path, "CP1254", says="UTF-8"))
    assert tuple(record.attributes["mahalle"] for record in source.records()) == NAMES
    assert source.described.encoding.is_guessed


def test_a_right_word_about_the_encoding_is_believed(tmp_path):
    source = choose(shapefile(tmp_path, "CP857", says="857"))
    assert tuple(record.attributes["mahalle"] for record in source.records()) == NAMES
    assert not source.described.encoding.is_guessed


def test_geojson_saved_by_a_desktop_program_keeps_its_letters(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_bytes(parcels().to_crs(4326).to_json(ensure_ascii=False).encode("cp1254"))
    source = choose(path)
    assert tuple(record.attributes["mahalle"] for record in source.records()) == NAMES
    assert source.described.encoding.is_guessed


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".shp"])
@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_file_cut_short_is_never_read_as_a_shorter_file(tmp_path, suffix, share):
    path = tmp_path / f"a{suffix}"
    frame = parcels()
    (frame.to_crs(4326) if suffix == ".geojson" else frame).to_file(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile):
        list(choose(path).records())


def test_a_shapefile_without_its_table_says_what_is_missing(tmp_path):
    path = shapefile(tmp_path, "UTF-8")
    path.with_suffix(".dbf").unlink()
    with pytest.raises(IncompleteSet, match=r"\.dbf is missing"):
        choose(path)


def test_the_layer_that_fits_is_taken_and_two_that_fit_are_asked_about(tmp_path):
    path = tmp_path / "project.gpkg"
    parcels().to_file(path, layer="parcels")
    points = parcels().set_geometry(parcels().geometry.centroid)
    points.to_file(path, layer="corners")
    assert choose(path).described.name == "parcels"
    parcels().to_file(path, layer="drafts")
    with pytest.raises(SeveralLayers, match="drafts, parcels"):
        choose(path)
    assert choose(path, "drafts").described.name == "drafts"
    with pytest.raises(NoSuchLayer, match="corners, drafts, parcels"):
        choose(path, "draughts")


def test_an_empty_layer_holds_nothing(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(NothingInside):
        choose(path)


def test_no_bytes_are_no_file(tmp_path):
    with pytest.raises(EmptyFile):
        choose_sent("a.gpkg", b"", tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"\0" * 5_000_000, b"<svg></svg>", b"{}", b"[1,2]", b"SQLite format 3\0"],
)
def test_a_format_nobody_reads_is_answered_with_those_that_are_read(tmp_path, content):
    with pytest.raises(UnknownFormat, match=r"GeoJSON, GeoPackage, .* Shapefile"):
        choose_sent("plan.dwg", content, tmp_path)


@pytest.mark.parametrize(
    ("filename", "content", "told"),
    [
        ("ada.ncz", b"\x05\x00\x00\x00", "NetCAD"),
        ("plan.dwg", b"AC1027 drawing", "ASCII"),
        ("plan.dxf", b"AutoCAD Binary DXF\r\n\x1a\x00", "ASCII"),
        ("dagitim.mdb", b"\x00\x01\x00\x00Standard Jet DB\x00", "GeoPackage or Shapefile"),
        ("parseller.rar", b"Rar!\x1a\x07\x01\x00", "zip"),
        ("kroki.pdf", b"%PDF-1.7", "coordinate list"),
    ],
)
def test_a_format_that_only_its_owner_reads_is_answered_with_the_way_out(tmp_path, filename, content, told):
    with pytest.raises(ExportFirst, match=told):
        choose_sent(filename, content, tmp_path)


def test_a_zip_may_be_packed_at_any_depth_with_noise_around(tmp_path):
    (tmp_path / "from").mkdir()
    path = shapefile(tmp_path / "from", "UTF-8")
    members = {f"2031/north/{part.name}": part.read_bytes() for part in path.parent.iterdir()}
    packed = archive(**members, **{"__MACOSX/2031/._parcels.shp": b"x", "readme.txt": b"hello"})
    (tmp_path / "to").mkdir()
    assert choose_sent("p.zip", packed, tmp_path / "to").described.count == len(NAMES)


@pytest.mark.parametrize("name", ["../evil.shp", "/etc/evil.shp", "a/../../evil.shp", "..\\evil.shp", "C:\\evil.shp"])
def test_a_zip_that_reaches_outside_is_refused(tmp_path, name):
    with pytest.raises(UnsafeZip):
        choose_sent("p.zip", archive(**{name: b"x"}), tmp_path)
    assert not (tmp_path.parent / "evil.shp").exists()


def test_a_link_in_a_zip_is_refused(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        link = zipfile.ZipInfo("parcels.shp")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    with pytest.raises(UnsafeZip):
        choose_sent("p.zip", made.getvalue(), tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    with pytest.raises(ZipTooLarge):
        choose_sent("p.zip", archive(**{"a.shp": b"\0" * 50_000_000}), tmp_path)
    assert sum(part.stat().st_size for part in tmp_path.rglob("*") if part.is_file()) < 1_000_000


def test_a_zip_of_ten_thousand_files_is_refused(tmp_path):
    with pytest.raises(ZipTooLarge):
        choose_sent("p.zip", archive(**{f"{n}.txt": b"" for n in range(3000)}), tmp_path)


def test_a_locked_zip_asks_for_one_without_password(tmp_path):
    locked = bytearray(archive(**{"a.shp": b"x" * 100}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.index(mark) + offset
        locked[at : at + 2] = struct.pack("<H", 1)
    with pytest.raises(EncryptedZip):
        choose_sent("p.zip", bytes(locked), tmp_path)


def test_a_damaged_zip_is_a_damaged_zip(tmp_path):
    whole = archive(**{"a.shp": bytes(range(256)) * 400})
    for number, content in enumerate((whole[: len(whole) // 2], whole[:60] + b"\xff" * 40 + whole[100:])):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises((BrokenZip, UnreadableFile)):
            choose_sent("p.zip", content, folder)


def test_a_name_never_becomes_a_path(tmp_path):
    (path,) = unpack("../../x y:z.GeoJSON", [b"{}"], tmp_path)
    assert path.parent == tmp_path


def test_heights_are_left_out_and_curves_become_lines(tmp_path):
    path = tmp_path / "a.geojson"
    ring = [[27, 38, 5], [27.1, 38, 5], [27.1, 38.1, 5], [27, 38, 5]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    path.write_text(
        json.dumps(
            {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": shape}]}
        )
    )
    (record,) = choose(path).records()
    assert record.geometry is not None
    assert not record.geometry.has_z


def test_lines_are_counted_from_one_across_batches(tmp_path, monkeypatch):
    monkeypatch.setattr("importers.readers._ogr.BATCH", 2)
    path = tmp_path / "a.gpkg"
    parcels().to_file(path)
    assert [record.line for record in choose(path).records()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("problem", BrokenFile.__subclasses__(), ids=lambda problem: problem.__name__)
def test_every_broken_file_has_a_sentence_with_a_remedy_in_both_languages(problem):
    for sentence in (problem.words.tr, problem.words.en):
        assert sentence.count(". ") + sentence.count(".”") + sentence.endswith(".") >= 1
        assert problem.__name__ not in sentence
    assert problem.code.islower()


def test_readers_have_their_own_names():
    assert len({reader.id for reader in known_readers()}) == len(known_readers())


def test_a_name_that_promises_an_archive_is_only_a_name(tmp_path):
    path = tmp_path / "a.gpkg"
    parcels().to_file(path)
    assert choose_sent("a.zip", path.read_bytes(), tmp_path).reader.id == "geopackage"
