"""A district's columns and cells in our words."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.broken import NoUsableColumn
from importers.encoding import guess, repaired
from importers.mapping import Columns, map_columns
from importers.personal import national_number, numberings
from importers.reader import Record
from importers.values import NotReadable, read_value
from layers.core.columns import Target, targets_of
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.words import Title

ROOT = Path(__file__).parents[2]
PROFILE = load_profile(ROOT / "profiles/izmir.toml")
LETTERS = frozenset(PROFILE.fold_from)


NUMBER = Target("area", "number", Title("Alan", "Area"), unit="m²", scale=2, precision=14)
RATIO = Target("taks", "number", Title("TAKS", "Coverage"), scale=2, precision=5)
TEXT = Target("name", "string", Title("Ad", "Name"))
DAY = Target("day", "date", Title("Gün", "Day"))
ANSWER = Target("is_listed", "boolean", Title("Tescilli", "Listed"))


REGISTRY = Registry.of_folder()


def columns(*headers: str, layer: str = "parcels") -> Columns:
    return map_columns(headers, REGISTRY[layer], PROFILE)


def fields(found: Columns) -> dict[str, str]:
    return {column.header: column.target.field for column in found.mapped}


def test_headers_are_recognised_however_they_are_cased_and_spaced():
    found = columns("ADA_NO", "Parsel No", "TAPU ALANI", "MAHALLE ADI", "Niteliği")
    assert fields(found) == {
        "ADA_NO": "block_no",
        "Parsel No": "parcel_no",
        "TAPU ALANI": "registered_area_m2",
        "MAHALLE ADI": "cadastral_neighbourhood",
        "Niteliği": "land_use_text",
    }


@pytest.mark.parametrize("header", ["Diğer Adı", "Halk Arasında", "DİĞER ADLARI", "alias"])
@pytest.mark.parametrize("layer", ["addresses", "roads"])
def test_what_a_street_is_also_called_is_a_column_of_its_own(header, layer):
    assert fields(columns(header, "Eski Adı", layer=layer)) == {header: "other_names", "Eski Adı": "former_names"}


def test_our_own_names_need_no_mapping():
    assert fields(columns("block_no", "sheet_no", "valid_from")) == {
        "block_no": "block_no",
        "sheet_no": "sheet_no",
        "valid_from": "valid_from",
    }


def test_of_two_headers_for_one_field_the_better_word_wins_and_the_other_is_reported():
    found = columns("alan", "tapu alani", "ada")
    assert fields(found) == {"tapu alani": "registered_area_m2", "ada": "block_no"}
    assert found.ignored == ("alan",)


def test_a_slip_of_the_pen_is_proposed_not_lost():
    found = columns("ada", "cadastral neighborhood")
    (proposed,) = [column for column in found.mapped if column.is_proposed]
    assert proposed.target.field == "cadastral_neighbourhood"


def test_a_header_cut_by_the_table_is_recognised():
    assert fields(columns("ADA", "TAPUYUZOLC"))["TAPUYUZOLC"] == "registered_area_m2"


@pytest.mark.parametrize(
    "header", ["MALIK", "Malik_2", "TC KİMLİK NO", "Hisse Oranı", "owner_name", "BABA ADI", "malik_adi_"]
)
def test_columns_about_people_are_removed(header):
    assert columns("ada", header).removed == (header,)


def test_no_column_is_dropped_silently():
    headers = ("ada", "parsel", "malik", "hava durumu", "ALAN", "x", "y", "")
    found = columns(*headers)
    assert sorted((*fields(found), *found.ignored, *found.removed)) == sorted(headers)


def test_a_file_without_any_known_column_is_told_the_known_ones():
    with pytest.raises(NoUsableColumn, match="block_no"):
        columns("x", "y", "z")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.312,40", "1312.40"),
        ("1312,4", "1312.40"),
        ("1.312", "1312.00"),
        ("1312.40", "1312.40"),
        ("1,312.40", "1312.40"),
        ("12.345.678,9", "12345678.90"),
        (" 400 m² ", "400.00"),
        ("400m2", "400.00"),
        ("-5", "-5.00"),
        (0.1 + 0.2, "0.30"),
        (7, "7.00"),
    ],
)
def test_numbers_are_read_as_the_place_writes_them(text, number):
    assert read_value(text, NUMBER, PROFILE) == Decimal(number)


@pytest.mark.parametrize("text", ["about 400", "1,2,3,4", "NaN", "inf", "0x10", "12e999", "1" * 20, True])
def test_what_is_no_number_is_said_so(text):
    with pytest.raises(NotReadable):
        read_value(text, NUMBER, PROFILE)


@pytest.mark.parametrize("text", ["", "  ", None, "\0", "\xa0"])
def test_an_empty_cell_is_empty(text):
    assert read_value(text, NUMBER, PROFILE) is None
    assert read_value(text, TEXT, PROFILE) is None


@pytest.mark.parametrize("text", ["2024-01-31", "31.01.2024", "31/01/2024", "2024/01/31", "2024-01-31T10:00:00"])
def test_days_are_read_in_the_usual_orders(text):
    assert read_value(text, DAY, PROFILE) == "2024-01-31"


@pytest.mark.parametrize("text", ["31.02.2024", "yesterday", "2024-13-01"])
def test_a_day_that_never_was_is_said_so(text):
    with pytest.raises(NotReadable):
        read_value(text, DAY, PROFILE)


def test_a_block_number_from_a_spreadsheet_has_no_decimals():
    assert read_value(101.0, TEXT, PROFILE) == "101"


def test_signs_that_no_database_takes_are_left_out():
    assert read_value("Ba\x00ğ\tlar\x07", TEXT, PROFILE) == "Ba ğ lar"


@pytest.mark.parametrize("text", ["250 mm", "4 ha", "40 %", "1.312,40 daa"])
def test_a_number_in_another_unit_is_not_taken_for_one_in_ours(text):
    with pytest.raises(NotReadable):
        read_value(text, NUMBER, PROFILE)


def test_a_percentage_is_not_silently_a_ratio():
    with pytest.raises(NotReadable):
        read_value("40 %", RATIO, PROFILE)


@pytest.mark.parametrize(
    ("text", "meant"), [("Evet", True), ("HAYIR", False), ("var", True), (True, True), ("0", False)]
)
def test_yes_and_no_are_read_in_the_words_of_the_place(text, meant):
    assert read_value(text, ANSWER, PROFILE) is meant


def test_a_text_longer_than_the_column_is_said_so_not_cut():
    assert read_value("a" * 500, TEXT, PROFILE) == "a" * 500
    with pytest.raises(NotReadable, match="too long"):
        read_value("a" * 501, TEXT, PROFILE)


@pytest.mark.parametrize(
    "cell",
    [
        "10000000146",
        10000000146,
        10000000146.0,
        "Ali Veli 10000000146",
        "T.C.10000000146, hisse 1/2",
        "100 000 001 46",
        "10000000146,00",
    ],
)
def test_a_national_number_is_known_by_its_check_digits_wherever_it_stands(cell):
    assert national_number(PROFILE).is_in(cell)


@pytest.mark.parametrize(
    "cell",
    ["10000000147", "1000000014", "00000000000", "abc", 3.5, "110000000146", "0.10000000146", 4250000.1, float("nan")],
)
def test_other_numbers_are_not_national(cell):
    assert not national_number(PROFILE).is_in(cell)


def test_a_column_that_numbers_something_else_is_known_by_the_numbers_that_fail():
    registry = [str(10_000_000_000 + 7 * n) for n in range(100)]
    people = ["10000000146"] * 100
    sample = [Record(n, {"no": a, "kim": b}, None) for n, (a, b) in enumerate(zip(registry, people, strict=True))]
    assert numberings(sample, PROFILE) == {"no"}


@pytest.mark.parametrize(
    ("header", "unit", "field"),
    [("TAKS (%)", "%", "taks"), ("Yençok [cm]", "cm", "h_max_m"), ("EN KÜÇÜK PARSEL (dönüm)", "daa", "min_parcel_m2")],
)
def test_a_column_in_another_unit_is_held_until_somebody_says_how_it_is_meant(header, unit, field):
    found = columns("kullanim", header, layer="zones")
    assert [(held.header, held.unit, held.target.field) for held in found.held] == [(header, unit, field)]
    assert fields(found) == {"kullanim": "use_label"}


@pytest.mark.parametrize("header", ["ALAN (m²)", "Tapu Alanı [m2]", "yüzölçümü (metrekare)", "ALAN_M2"])
def test_a_unit_beside_the_name_that_is_ours_changes_nothing(header):
    assert fields(columns(header)) == {header: "registered_area_m2"}


@given(st.permutations(["ADA NO", "ada_no", "AdaNo", "parsel", "Parsel No", "alan", "mahalle", "TAPUYUZOLC", "pafa"]))
def test_the_order_of_the_columns_says_nothing(headers):
    assert columns(*headers) == columns(*sorted(headers))


def test_a_header_that_is_somebody_is_removed():
    assert columns("ada", "Ali Veli 10000000146").removed == ("Ali Veli 10000000146",)


def test_every_word_of_the_profile_leads_to_its_field():
    for layer_id, spoken in PROFILE.mappings.items():
        known = {target.field for target in targets_of(REGISTRY[layer_id])}
        assert set(spoken) <= known, layer_id
        words = [word for names in spoken.values() for word in names]
        assert len(words) == len(set(words)), f"{layer_id}: one word for two fields"
        assert [word for word in words if PROFILE.fold(word) != word] == [], layer_id


@pytest.mark.parametrize(
    ("misread", "meant"),
    [
        ("KARÞIYAKA", "KARŞIYAKA"),
        ("Baðlar", "Bağlar"),
        ("Ýnönü", "İnönü"),
        ("BaÄŸlar", "Bağlar"),
        ("Ã‡ınar".replace("ı", "Ä±"), "Çınar"),
    ],
)
def test_letters_misread_before_are_set_right(misread, meant):
    assert repaired(misread, LETTERS) == meant


@pytest.mark.parametrize("text", ["Bağlar", "Baglar", "Çınar", "日本", ""])
def test_letters_that_are_right_stay(text):
    assert repaired(text, LETTERS) is None


@pytest.mark.parametrize("encoding", ["utf-8", "cp1254", "cp857"])
def test_the_letters_of_the_place_tell_the_encoding(encoding):
    names = ["Bağlar", "Şirinyer", "İnönü", "Çınar", "ILICA"]
    assert guess([name.encode(encoding) for name in names], LETTERS) == encoding
