"""Files as they arrive: odd, cut short, packed, misnamed, dangerous."""

import io
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import ezdxf
import pytest

from importers import unfetched
from importers.apart.room import ReadingRoom, broken_as
from importers.broken import (
    BrokenFile,
    BrokenZip,
    EmptyFile,
    EncryptedZip,
    ExportFirst,
    NoSuchLayer,
    NothingInside,
    SeveralLayers,
    UnknownFormat,
    UnreadableFile,
    UnsafeZip,
    ZipTooLarge,
)
from importers.file_layers import FileLayer, chosen_layer, known_readers, layers_of_file
from importers.unpack import unpack
from layers.core.registry import Registry
from tests.geodata import NAMES, PROFILE, only_source, parcels


@pytest.fixture
def room(tmp_path):
    opened = ReadingRoom(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def choose(room):
    """The layer of a file in the room."""

    def chosen(path: Path, asked: str | None = None) -> FileLayer:
        return only_source(room, [path], path.name, asked)

    return chosen


@pytest.fixture
def choose_sent(room):
    """The layer of a file as it is sent."""

    def chosen(name: str, content: bytes, folder: Path) -> FileLayer:
        paths = unpack(name, [content[n : n + 1000] for n in range(0, len(content), 1000)], folder)
        return only_source(room, paths, name)

    return chosen


def archive(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return made.getvalue()


def shapefile(folder: Path) -> Path:
    parcels().to_file(folder / "parcels.shp")
    return folder / "parcels.shp"


def test_the_layer_that_fits_is_taken_and_two_that_fit_are_asked_about(choose, tmp_path):
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


def test_of_the_layers_of_a_drawing_the_one_that_the_profile_names_is_taken(room, tmp_path):
    document = ezdxf.new("R2010")
    for layer in ("B_ESKİ_PARSEL", "B_YENİ_PARSEL", "B_YENİ_PARSEL_NO"):
        corners = [(500000, 4250000), (500020, 4250000), (500020, 4250020)]
        document.modelspace().add_lwpolyline(corners, close=True, dxfattribs={"layer": layer})
    document.saveas(tmp_path / "a.dxf")
    parcels_layer = Registry.of_folder()["parcels"]
    layers = layers_of_file(room, [tmp_path / "a.dxf"], PROFILE, "a.dxf")
    with pytest.raises(SeveralLayers):
        chosen_layer(layers, parcels_layer, PROFILE, None)
    here = replace(PROFILE, source_layers={"parcels": ("b yeni parsel",)})
    chosen = chosen_layer(layers, parcels_layer, here, None)
    assert chosen.described.name == "B_YENİ_PARSEL"


def test_an_empty_layer_holds_nothing(choose, tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(NothingInside):
        choose(path)


def test_no_bytes_are_no_file(choose_sent, tmp_path):
    with pytest.raises(EmptyFile):
        choose_sent("a.gpkg", b"", tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"\0" * 5_000_000, b"<svg></svg>", b"{}", b"[1,2]", b"SQLite format 3\0"],
)
def test_a_format_nobody_reads_is_answered_with_those_that_are_read(choose_sent, tmp_path, content):
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
def test_a_format_that_only_its_owner_reads_is_answered_with_the_way_out(
    choose_sent, tmp_path, filename, content, told
):
    with pytest.raises(ExportFirst, match=told):
        choose_sent(filename, content, tmp_path)


def test_a_zip_may_be_packed_at_any_depth_with_noise_around(choose_sent, tmp_path):
    (tmp_path / "from").mkdir()
    path = shapefile(tmp_path / "from")
    members = {f"2031/north/{part.name}": part.read_bytes() for part in path.parent.iterdir()}
    packed = archive(**members, **{"__MACOSX/2031/._parcels.shp": b"x", "readme.txt": b"hello"})
    (tmp_path / "to").mkdir()
    assert choose_sent("p.zip", packed, tmp_path / "to").described.count == len(NAMES)


@pytest.mark.parametrize("name", ["../evil.shp", "/etc/evil.shp", "a/../../evil.shp", "..\\evil.shp", "C:\\evil.shp"])
def test_a_zip_that_reaches_outside_is_refused(choose_sent, tmp_path, name):
    with pytest.raises(UnsafeZip):
        choose_sent("p.zip", archive(**{name: b"x"}), tmp_path)
    assert not (tmp_path.parent / "evil.shp").exists()


def test_a_link_in_a_zip_is_refused(choose_sent, tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        link = zipfile.ZipInfo("parcels.shp")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    with pytest.raises(UnsafeZip):
        choose_sent("p.zip", made.getvalue(), tmp_path)


def test_a_bomb_is_refused_before_it_is_unpacked(choose_sent, tmp_path):
    with pytest.raises(ZipTooLarge):
        choose_sent("p.zip", archive(**{"a.shp": b"\0" * 50_000_000}), tmp_path)
    assert sum(part.stat().st_size for part in tmp_path.rglob("*") if part.is_file()) < 1_000_000


def test_a_zip_of_ten_thousand_files_is_refused(choose_sent, tmp_path):
    with pytest.raises(ZipTooLarge):
        choose_sent("p.zip", archive(**{f"{n}.txt": b"" for n in range(3000)}), tmp_path)


def test_a_locked_zip_asks_for_one_without_password(choose_sent, tmp_path):
    locked = bytearray(archive(**{"a.shp": b"x" * 100}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.index(mark) + offset
        locked[at : at + 2] = struct.pack("<H", 1)
    with pytest.raises(EncryptedZip):
        choose_sent("p.zip", bytes(locked), tmp_path)


def test_a_damaged_zip_is_a_damaged_zip(choose_sent, tmp_path):
    whole = archive(**{"a.shp": bytes(range(256)) * 400})
    for number, content in enumerate((whole[: len(whole) // 2], whole[:60] + b"\xff" * 40 + whole[100:])):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises((BrokenZip, UnreadableFile)):
            choose_sent("p.zip", content, folder)


def test_a_name_never_becomes_a_path(tmp_path):
    (path,) = unpack("../../x y:z.GeoJSON", [b"{}"], tmp_path)
    assert path.parent == tmp_path


@pytest.mark.parametrize("problem", [*BrokenFile.kinds()], ids=lambda problem: problem.__name__)
def test_every_broken_file_has_a_sentence_with_a_remedy_in_both_languages(problem):
    for sentence in (problem.words.tr, problem.words.en):
        assert sentence.count(". ") + sentence.count(".”") + sentence.endswith(".") >= 1
        assert problem.__name__ not in sentence
    assert problem.code.islower()


def test_what_a_reading_process_says_is_told_here_whatever_else_can_go_wrong():
    """Reasons why a pull takes nothing are broken files as well, and some of them only gather others."""
    assert unfetched.NotFetched not in BrokenFile.kinds()
    assert type(broken_as("empty_file", {})) is EmptyFile
    codes = [kind.code for kind in BrokenFile.kinds()]
    assert len(codes) == len(set(codes))


def test_readers_have_their_own_names():
    assert len({reader.id for reader in known_readers()}) == len(known_readers())


def test_a_name_that_promises_an_archive_is_only_a_name(choose_sent, tmp_path):
    path = tmp_path / "a.gpkg"
    parcels().to_file(path)
    assert choose_sent("a.zip", path.read_bytes(), tmp_path).reader.id == "geopackage"
