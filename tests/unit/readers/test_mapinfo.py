"""MapInfo TAB and MIF: sets of files, with charsets that are named, neutral or missing."""

import pytest

from importers.broken import IncompleteSet, UnreadableFile
from importers.readers.mapinfo import READER
from tests.geodata import NAMES, are_the_parcels, only_layer, parcels, values

CHARSETS = {"WindowsTurkish": "cp1254", "ISO8859_9": "iso-8859-9", "CodePage857": "cp857", "UTF-8": "utf-8"}
CENTIMETRES = 0.02
"""How fine a TAB file keeps places unless its bounds are set."""


def written(folder, suffix, encoding="UTF-8"):
    """The charset that our writer names is always "Neutral"."""
    path = folder / f"a.{suffix}"
    parcels(height=3).to_file(path, driver="MapInfo File", encoding=encoding)
    return path


def mif_with(folder, charset, encoding):
    """A MIF whose charset word and bytes are what we say."""
    path = written(folder, "mif")
    head, body = path.read_bytes(), path.with_suffix(".mid").read_bytes()
    path.write_bytes(head.replace(b'Charset "Neutral"', f'Charset "{charset}"'.encode()))
    path.with_suffix(".mid").write_bytes(body.decode().encode(encoding))
    return path


@pytest.mark.parametrize("suffix", ["tab", "mif"])
def test_records_letters_columns_and_projection_are_read_and_heights_left_out(tmp_path, suffix):
    source, records = only_layer(READER, written(tmp_path, suffix))
    assert source.fields == ("ref", "mahalle", "alan", "kat")
    assert 'PROJECTION["Transverse_Mercator"]' in (source.crs or "")
    assert values(records, "mahalle") == NAMES
    assert are_the_parcels(records, within=CENTIMETRES)


@pytest.mark.parametrize(("charset", "encoding"), CHARSETS.items())
def test_a_named_charset_is_believed(tmp_path, charset, encoding):
    source, records = only_layer(READER, mif_with(tmp_path, charset, encoding))
    assert values(records, "mahalle") == NAMES
    assert not source.encoding.is_guessed


@pytest.mark.parametrize("encoding", CHARSETS.values())
def test_a_neutral_charset_is_told_from_the_letters(tmp_path, encoding):
    source, records = only_layer(READER, mif_with(tmp_path, "Neutral", encoding))
    assert values(records, "mahalle") == NAMES
    assert source.encoding.is_guessed


def test_letters_of_a_tab_with_a_neutral_charset_are_told_too(tmp_path):
    source, records = only_layer(READER, written(tmp_path, "tab", "CP1254"))
    assert values(records, "mahalle") == NAMES
    assert source.encoding.is_guessed


@pytest.mark.parametrize(("suffix", "missing"), [("tab", "dat"), ("tab", "map"), ("mif", "mid")])
def test_a_set_that_lacks_a_file_says_which(tmp_path, suffix, missing):
    path = written(tmp_path, suffix)
    path.with_suffix(f".{missing}").unlink()
    with pytest.raises(IncompleteSet, match=rf"\.{missing} is missing"):
        only_layer(READER, path)


@pytest.mark.parametrize(("suffix", "part"), [("tab", "dat"), ("tab", "map"), ("mif", "mif"), ("mif", "mid")])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_cut_short_is_refused_or_was_not_cut_where_it_matters(tmp_path, suffix, part, share):
    path = written(tmp_path, suffix)
    cut = path.with_suffix(f".{part}")
    cut.write_bytes(cut.read_bytes()[: int(cut.stat().st_size * share)])
    try:
        _, records = only_layer(READER, path)
    except UnreadableFile:
        return
    assert are_the_parcels(records, within=CENTIMETRES)
