"""What a text means as an address, to somebody who knows the streets."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.core.profile import Profile, load_profile
from layers.search.gazetteer import FormerName, Gazetteer, street_of
from layers.search.other_names import OtherName, other_names
from layers.search.parsing import parse
from layers.search.readings import AddressReading
from layers.search.street_addresses import address_readings

PROFILES = Path(__file__).parents[2] / "profiles"
IZMIR = load_profile(PROFILES / "izmir.toml")
EPINAY = load_profile(PROFILES / "epinay.toml")
KONAK, BUCA = 1819, 1780
STREETS = (
    (KONAK, "1453", "sokak", "alsancak mahallesi", ["35220"], None),
    (KONAK, "1453 1", "sokak", "alsancak mahallesi", ["35220"], None),
    (BUCA, "1453", "sokak", "adatepe", ["35390"], None),
    (KONAK, "kibris sehitleri", "caddesi", "alsancak mahallesi", ["35220"], None),
    (KONAK, "9 eylul bulvari", "", "kultur", ["35210"], None),
    (KONAK, "gul", "sokak", "kultur", ["35210"], ["Güneş Sitesi"]),
    (BUCA, "gul", "sokak", "adatepe", ["35390"], None),
    (BUCA, "mustafa kemal", "cadde", "adatepe", ["35390"], None),
    (BUCA, "sehit ali kaya", "sokak", "tekeli fevzi cakmak", None, None),
)


def known(rows, profile: Profile, former=(), called=()) -> Gazetteer:
    """A gazetteer of a few streets; `called` are names beside the official ones."""
    also = dict(called)
    streets = [
        street_of(profile, n, district, name, kind, neighbourhood, codes, sites, 20, also.get(name))
        for n, (district, name, kind, neighbourhood, codes, sites) in enumerate(rows)
    ]
    return Gazetteer(profile).with_changes(1, streets, (), former)


HERE = known(STREETS, IZMIR)


def readings(text: str, gazetteer: Gazetteer = HERE) -> list[AddressReading]:
    """Those that cannot be told apart."""
    return address_readings(parse(text, gazetteer.profile).street_tokens, gazetteer)


def first(text: str, gazetteer: Gazetteer = HERE) -> AddressReading:
    """The likeliest."""
    return readings(text, gazetteer)[0]


@pytest.mark.parametrize(
    ("text", "street", "doors"),
    [
        ("1453/1 Sokak No:5", "1453 1", ("5",)),
        ("1453 Sk. No:5/1", "1453", ("5 1",)),
        ("1453 sk 5", "1453", ("5",)),
        ("1453.sok 12", "1453", ("12",)),
        ("1453sk no56", "1453", ("56",)),
        ("1453 Sokak No: 30 / C", "1453", ("30c",)),
        ("1453 Sokak 30-C", "1453", ("30c",)),
        ("1453 sokağı numara 30C", "1453", ("30c",)),
        ("1453 SOKAK NO 30 D", "1453", ("30d",)),
        ("1453 sokak no 30 D 4", "1453", ("30",)),
        ("1453 sokak no 30 daire 4 kat 2", "1453", ("30",)),
        ("1453 sokak No:10K:4D:14", "1453", ("10",)),
        ("1453 sokak No:10/D:14", "1453", ("10",)),
        ("1453 sokak 12 3. kat", "1453", ("12",)),
        ("1453 sokak daire 4", "1453", ()),
        ("1453 Sokak", "1453", ()),
        ("1453 Sokak #5", "1453", ("5",)),
        ("No 5 1453 sokak", "1453", ("5",)),
    ],
)
def test_a_slash_before_the_street_type_is_the_streets_and_after_it_the_doors(text, street, doors):
    assert (first(text).core, first(text).doors, first(text).is_trusted) == (street, doors, True)


@pytest.mark.parametrize(
    "text",
    [
        "Kıbrıs Şehitleri Caddesi No: 12",
        "KIBRIS ŞEHİTLERİ CAD. NO 12",
        "kibris sehitleri cd 12",
        "Ki\u0307bris Sehitleri cadde no:12",
        "KÄ±brÄ±s Åžehitleri Cad. No:12",
        "Kýbrýs Þehitleri Cad. No:12",
        "K?br?s ?ehitleri Cad. No:12",
        "kıbrısşehitleri caddesi 12",
        "kıbrıs şehitlericad 12",
        "kıbrıs şehitleri 12",
    ],
)
def test_an_address_is_read_however_it_is_cased_abbreviated_glued_and_spoilt(text):
    reading = first(text)
    assert (reading.core, reading.doors, reading.edits, reading.is_trusted) == ("kibris sehitleri", ("12",), 0, True)


@pytest.mark.parametrize(
    "text",
    [
        "Alsancak Mah. 1453 Sok. No 5 D:3 Konak/İzmir",
        "1453 Sokak No:5 Alsancak Mah. Konak",
        "Konak Alsancak mahallesi 1453 sk no 5",
        "1453 sokak no 5 Alsancak 35220 Konak İzmir Türkiye",
        "1453 sokak no 5, 35220 Alsancak, Konak",
        "1453 sokak no 5 35220",
        "1453 sokak no 5 Konk",
        "alsncak 1453 sokak no 5",
        "Alsancak mh 1453 sokak no 5 Konak acil kargo",
    ],
)
def test_neighbourhood_district_and_postal_code_narrow_wherever_they_stand(text):
    assert [(street.district_id, street.core) for r in readings(text) for street in r.streets] == [(KONAK, "1453")]
    assert first(text).is_trusted


def test_without_them_the_streets_of_all_districts_are_meant():
    assert {street.district_id for street in first("1453 sokak no 5").streets} == {KONAK, BUCA}


def test_a_number_may_begin_a_streets_name():
    assert (first("9 Eylül Bulvarı 15").core, first("9 Eylül Bulvarı 15").doors) == ("9 eylul", ("15",))


def test_a_language_that_puts_the_type_first_is_read_too():
    gazetteer = known([(1, "rue du lac", "", "centre", None, None)], EPINAY)
    reading = first("12 rue du Lac", gazetteer)
    assert (reading.core, reading.doors, reading.is_trusted) == ("du lac", ("12",), True)


def test_letters_may_be_wrong_where_the_rest_agrees():
    reading = first("Kibris Sehitlri Cad. No 5 Alsancak Mah. Konak")
    assert (reading.core, reading.edits, reading.is_trusted) == ("kibris sehitleri", 1, True)


def test_of_a_short_name_too_much_may_not_be_wrong():
    assert not any(reading.is_trusted for reading in readings("Gol Sokak No 5"))


def test_words_of_a_name_may_be_shortened():
    assert first("M. Kemal Cad. No 5").core == "mustafa kemal"
    assert first("Şht. Ali Kaya Sok. 3").core == "sehit ali kaya"


def test_a_number_is_never_a_misspelt_one():
    reading = first("1454 sokak no 5 Konak")
    assert "street" in reading.unmet
    assert not reading.is_trusted


@pytest.mark.parametrize(
    "text",
    [
        "Gül Sokak No 5 Çankaya Ankara",
        "Yenişehir Mah. Gül Sokak No 5",
        "Küçük Gül Sokak No 5",
        "17 Gül Sokak No 5",
        "Gül Caddesi No 5",
        "Gül Sokak No 5 06100",
        "Mustafa Kemal Caddesi No 5 Konak",
    ],
)
def test_what_contradicts_is_never_trusted(text):
    assert not any(reading.is_trusted for reading in readings(text))


def test_another_street_may_say_where_the_street_begins():
    reading = first("Kıbrıs Şehitleri Cad. 1453 Sokak No 5 Konak")
    assert (reading.core, reading.doors, reading.is_trusted) == ("1453", ("5",), True)


def test_an_estate_may_stand_for_the_street_it_lies_on():
    reading = first("Güneş Sitesi B Blok Konak")
    assert (reading.streets[0].core, reading.site, reading.block) == ("gul", "gunes", "b")


def test_a_street_is_found_by_the_name_it_had():
    was = OtherName.of("Eski İstasyon Sokağı", IZMIR)
    renamed = known(STREETS, IZMIR, [FormerName(BUCA, was, "mustafa kemal")])
    reading = first("Eski İstasyon Sokak 5 Buca", renamed)
    assert (reading.streets[0].core, reading.is_trusted, reading.cost) == ("mustafa kemal", True, 0)
    assert reading.streets[0].called_so == "Eski İstasyon Sokağı"


CALLED = known(
    STREETS,
    IZMIR,
    called=[("9 eylul bulvari", ["Kordon; Birinci Kordon Caddesi"]), ("1453", ["Gül Sokağı"]), ("gul", ["Gül"])],
)


@pytest.mark.parametrize(
    ("official", "other"),
    [
        ("9 Eylül Bulvarı 14 Kültür", "Kordon 14 Kültür"),
        ("9 Eylül Bulvarı 14 Kültür", "Kordn 14 Kültür"),
        ("9 Eylül Bulvarı No:14 Konak", "Kordon Caddesi No:14 Konak"),
        ("9 Eylül Bulvarı No:14 Konak", "1. Kordon Cad. No:14 Konak".replace("1.", "Birinci")),
    ],
)
def test_a_street_is_as_sure_by_what_people_call_it(official, other):
    asked, read = first(official, CALLED), first(other, CALLED)
    assert (read.streets[0].id, read.doors, read.is_trusted) == (asked.streets[0].id, asked.doors, True)


def test_a_name_that_is_ones_own_and_anothers_other_name_is_a_choice():
    found = {
        (street.core, street.district_id) for reading in readings("Gül Sokak 3", CALLED) for street in reading.streets
    }
    assert found == {("gul", KONAK), ("gul", BUCA), ("1453", KONAK), ("1453", BUCA)}


def test_a_street_called_what_it_is_called_anyway_is_no_other_street():
    assert [street.called for street in first("Gül Sokak 3 Buca Adatepe", CALLED).streets if street.core == "gul"] == [
        None
    ]


def test_a_type_that_contradicts_the_other_name_makes_it_unsure():
    assert not first("Birinci Kordon Sokağı 14 Kültür", CALLED).is_trusted


def test_several_names_in_one_cell_are_told_apart_and_a_number_keeps_its_slash():
    written = ["Kordon; 1. Kordon, İkinci Kordon | Sahil Yolu / 1453/1 Sokak", "Kordon"]
    assert [name.core for name in other_names(written, IZMIR)] == [
        "kordon",
        "1 kordon",
        "ikinci kordon",
        "sahil",
        "1453 1",
    ]


def test_a_neighbourhood_of_several_words_may_be_misspelt():
    assert first("Şehit Ali Kaya sk. no 3 Tekehi Fevzi Çakmak mah").is_trusted


PIECES = [
    "ada",
    "parsel",
    "sk",
    "mah",
    "no",
    "5",
    "1453/1",
    "konak",
    "30/c",
    "#",
    "/",
    "-",
    "d",
    "35220",
    "gül",
    "blok",
    "sitesi",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_no_mixture_of_words_breaks_it(words):
    assert isinstance(readings(" ".join(words)), list)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    assert isinstance(readings(text), list)
