"""What a text in the search box is taken to mean."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.core.profile import load_profile
from layers.search.parsing import Parsed, parse
from layers.search.readings import (
    CodeReading,
    CoordinateReading,
    NameReading,
    ParcelReading,
    PlanReading,
)

PROFILES = Path(__file__).parents[2] / "profiles"
IZMIR = load_profile(PROFILES / "izmir.toml")
EPINAY = load_profile(PROFILES / "epinay.toml")
KONAK = 1819


def first(text: str, profile=IZMIR):
    """The likeliest reading."""
    return parse(text, profile).readings[0]


@pytest.mark.parametrize(
    "text",
    [
        "1234 ada 5 parsel",
        "ada 1234 parsel 5",
        "ADA NO: 1234 PARSEL NO: 5",
        "1234 ada 5",
        "1234ada 5parsel",
        "5 parsel 1234 ada",
        "parsel 5 ada 1234",
        "1234/5",
        "1234 / 5",
        "1234-5",
        "1234 5",
    ],
)
def test_a_parcel_is_read_in_every_way_people_write_it(text):
    assert first(text) == ParcelReading("1234", "5")


@pytest.mark.parametrize("text", ["1234/5 Alsancak", "Alsancak mah. 1234 ada 5 parsel", "alsancak-1234/5"])
def test_a_parcel_may_name_its_neighbourhood(text):
    assert first(text) == ParcelReading("1234", "5", None, "alsancak")


def test_a_district_narrows_a_parcel():
    assert first("Konak 1234 ada 5 parsel") == ParcelReading("1234", "5", KONAK)


def test_where_there_are_no_blocks_a_parcel_stands_in_block_zero():
    assert first("812 parsel") == ParcelReading("0", "812")


def test_blocks_may_be_letters():
    assert first("section AB parcelle 12", EPINAY) == ParcelReading("AB", "12")


@pytest.mark.parametrize(
    "text",
    [
        "38.4237,27.1428",
        "38.4237 27.1428",
        "27.1428, 38.4237",
        "38,4237 27,1428",
        "38.4237° N, 27.1428° E",
        "38.4237;27.1428",
    ],
)
def test_degrees_are_read_in_either_order(text):
    reading = first(text)
    assert isinstance(reading, CoordinateReading)
    assert (reading.lon, reading.lat) == (27.1428, 38.4237)
    assert reading.is_inside


@pytest.mark.parametrize("text", ["512469.97 4254538.58", "4254538.58, 512469.97"])
def test_metres_of_the_storage_system_are_read_in_either_order(text):
    reading = first(text)
    assert isinstance(reading, CoordinateReading)
    assert (round(reading.lon, 5), round(reading.lat, 5)) == (27.1428, 38.4237)


@pytest.mark.parametrize(
    "text",
    [
        "38°25'25.32\"N 27°08'34.08\"E",
        "27° 8' 34.08\" E, 38° 25' 25.32\" N",
        "38°25′25,32″ 27°08′34,08″",
        "38 : 25 : 25.32, 27 : 8 : 34.08",
    ],
)
def test_degrees_minutes_and_seconds_are_read_too(text):
    reading = first(text)
    assert isinstance(reading, CoordinateReading)
    assert (round(reading.lon, 6), round(reading.lat, 6)) == (27.1428, 38.4237)


def test_degrees_of_another_place_are_known_to_be_outside():
    reading = first("48.8566, 2.3522")
    assert isinstance(reading, CoordinateReading)
    assert not reading.is_inside


def test_ten_digits_are_an_address_code():
    assert first("3512345678") == CodeReading("3512345678")


@pytest.mark.parametrize("text", ["PİN 35123456", "pin: 35123456", "plan no 35123456", "35123456"])
def test_a_plan_is_found_by_its_number(text):
    assert first(text) == PlanReading("35123456")


def test_a_name_alone_is_a_name():
    assert parse("Alsancak", IZMIR).readings == (NameReading("alsancak"),)


def test_a_neighbourhood_may_be_called_like_a_district():
    assert parse("Konak Mah.", IZMIR).readings == (NameReading("konak", None, is_neighbourhood=True),)


def test_a_district_alone_is_a_name():
    assert parse("KONAK", IZMIR).readings == (NameReading("konak"),)


def test_a_square_named_like_a_district_stays_a_square():
    assert NameReading("konak meydani") in parse("Konak Meydanı", IZMIR).readings


@pytest.mark.parametrize("text", ["", "   ", "😀", "!?", "\x00", "\u202e"])
def test_a_text_without_letters_and_digits_has_no_reading(text):
    assert parse(text, IZMIR).readings == ()


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "'; DROP TABLE pool.parcels; --", "<script>alert(1)</script>", "Mah. Sok. No", "ada ada"]
)
def test_an_odd_text_is_read_as_a_name_at_most(text):
    assert all(len(reading.key) <= 80 for reading in parse(text, IZMIR).readings if isinstance(reading, NameReading))


@given(st.text(max_size=300))
def test_no_text_breaks_the_parser(text):
    assert isinstance(parse(text, IZMIR), Parsed)


PIECES = ["ada", "parsel", "sk", "mah", "no", "5", "1453/1", "konak", "30/c", "#", "/", "-", "d", "35220", "izmir"]


@given(st.lists(st.sampled_from(PIECES)))
def test_no_mixture_of_the_profiles_words_breaks_the_parser(words):
    assert isinstance(parse(" ".join(words), IZMIR), Parsed)
