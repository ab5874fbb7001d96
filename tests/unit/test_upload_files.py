"""demo/uploads is what `python -m demo.make_uploads` makes of the default sample."""

import zipfile
from pathlib import Path

import geopandas
import pytest

from demo.make_uploads import FOLDER, default_uploads, readme, sample_identity_number

GEODATA = (".gpkg", ".geojson")
BOMB = "15-zip-bomb.zip"
"""Takes ten seconds to pack, so its make is looked at from outside."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder, uploads = tmp_path_factory.mktemp("uploads"), default_uploads()
    for upload in uploads:
        if upload.name != BOMB:
            upload.write(folder / upload.name)
    return folder, uploads


def records(path: Path) -> list[tuple]:
    frame = geopandas.read_file(path)
    return [(*row.drop("geometry"), row.geometry.wkt) for _, row in frame.iterrows()]


def test_the_files_are_the_ones_that_are_made(made):
    _, uploads = made
    committed = {path.name for path in FOLDER.iterdir()} - {"README.md"}
    assert committed == {upload.name for upload in uploads}


def test_making_them_again_gives_the_same_records(made):
    folder, uploads = made
    for upload in uploads:
        path = folder / upload.name
        if path.suffix in GEODATA and path.stat().st_size:
            assert records(path) == records(FOLDER / upload.name), upload.name


def test_making_them_again_gives_the_same_archives(made):
    folder, uploads = made
    for upload in uploads:
        if upload.name.endswith(".zip") and upload.name != BOMB:
            assert (folder / upload.name).read_bytes() == (FOLDER / upload.name).read_bytes(), upload.name


def test_the_page_beside_them_tells_about_each(made):
    _, uploads = made
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == readme(uploads)


def test_they_stay_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 300_000


def test_the_bomb_is_small_here_and_large_unpacked():
    with zipfile.ZipFile(FOLDER / BOMB) as archive:
        assert sum(entry.file_size for entry in archive.infolist()) > 1_000_000_000
    assert (FOLDER / BOMB).stat().st_size < 2_000_000


def test_sample_identity_numbers_pass_the_national_check():
    for number in range(1, 20):
        digits = [int(digit) for digit in sample_identity_number(number)]
        assert len(digits) == 11
        assert digits[9] == (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
        assert digits[10] == sum(digits[:10]) % 10
