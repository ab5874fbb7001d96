"""The search box over a small city: what is sure, what must be chosen, what is said."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from layers.core.profile import load_profile
from layers.core.store import Store
from layers.search.find import find, suggest
from layers.search.hits import HitKind, SearchResult
from tests import importing
from tests.db.small_world import EAST, WEST, add, door, line, parcel, point, publish, publishing, rectangle

PROFILE = load_profile(Path(__file__).parents[1] / "data/profiles/test.toml")

WEST_CITY = {
    "districts": [{"ref": "1", "name": "Batı", "geom": rectangle(0, 0, 2000, 2000)}],
    "neighbourhoods": [
        {"ref": "1-liman", "name": "Liman", "geom": rectangle(0, 0, 1000, 2000)},
        {"ref": "1-cumhuriyet", "name": "Cumhuriyet Mahallesi", "geom": rectangle(1000, 0, 1000, 2000)},
    ],
    "roads": [
        {"ref": "w1", "name": "1453/1 Sokak", "street_type": "sokak", "geom": line((0, 100), (200, 100))},
        {"ref": "w2", "name": "1453", "street_type": "sokak", "geom": line((0, 200), (200, 200))},
        {"ref": "w3", "name": "Kıbrıs Şehitleri Caddesi", "street_type": "cadde", "geom": line((0, 300), (90, 300))},
        {"ref": "w4", "name": "Kıbrıs Şehitleri Caddesi", "street_type": "cadde", "geom": line((90, 300), (200, 300))},
        {"ref": "w5", "name": "Gül Sokak", "street_type": "sokak", "geom": line((0, 400), (200, 400))},
        {"ref": "w6", "name": "Gül Sokak", "street_type": "sokak", "geom": line((1500, 400), (1700, 400))},
        {"ref": "w7", "name": "Gül Caddesi", "street_type": "cadde", "geom": line((0, 500), (200, 500))},
        {"ref": "w8", "name": "100. Yıl Caddesi", "street_type": "cadde", "geom": line((0, 600), (200, 600))},
        {"ref": "w9", "name": "Zeytin Sokak", "street_type": "sokak", "geom": line((0, 700), (200, 700))},
    ],
    "addresses": [
        door("wa1", "1453/1 Sokak", "5", 10, 110, neighbourhood="Liman", parcel_ref="wp1", address_code="3500000001"),
        door("wa2", "1453", "5/1", 10, 210, neighbourhood="Liman", street_type="sokak"),
        door("wa3", "Kıbrıs Şehitleri Caddesi", "13", 10, 310, neighbourhood="Liman"),
        door("wa4", "Kıbrıs Şehitleri Caddesi", "17", 30, 310, neighbourhood="Liman"),
        door("wa5", "Kıbrıs Şehitleri Caddesi", "14", 20, 290, neighbourhood="Liman"),
        door("wa6", "Kıbrıs Şehitleri Caddesi", "30/C", 60, 310, neighbourhood="Liman"),
        door("wa7", "Gül Sokak", "3", 10, 410, neighbourhood="Liman"),
        door("wa8", "Gül Sokak", "3", 1510, 410, neighbourhood="Cumhuriyet Mahallesi"),
        door("wa9", "Zeytin Sokak", "7", 10, 710, neighbourhood="Liman"),
    ],
    "parcels": [
        parcel("wp1", 0, 105, "1234", "5", cadastral_neighbourhood="Liman", neighbourhood_ref="1-liman"),
        parcel("wp2", 1500, 105, "1234", "5", cadastral_neighbourhood="Cumhuriyet"),
        parcel("wp3", 40, 105, "1234", "6", cadastral_neighbourhood="Liman"),
        parcel("wp4", 60, 105, "77", "1", cadastral_neighbourhood="Liman"),
    ],
    "places": [{"ref": "wl1", "name": "Liman Parkı", "kind": "assembly", "geom": point(50, 115)}],
    "plans": [
        {
            "ref": "wpl1",
            "plan_no": "35123456",
            "name": "Liman uygulama imar planı",
            "status": "in_force",
            "geom": rectangle(0, 0, 1000, 1000),
        }
    ],
}
EAST_CITY = {
    "districts": [{"ref": "2", "name": "Doğu", "geom": rectangle(2000, 0, 2000, 2000)}],
    "neighbourhoods": [{"ref": "2-cumhuriyet", "name": "Cumhuriyet Mahallesi", "geom": rectangle(2000, 0, 2000, 2000)}],
    "roads": [
        {"ref": "e1", "name": "Zeytin Sokak", "street_type": "sokak", "geom": line((2100, 100), (2300, 100))},
    ],
    "addresses": [door("ea1", "Zeytin Sokak", "7", 2110, 110, neighbourhood="Cumhuriyet Mahallesi")],
}


@pytest.fixture
def city(database):
    """`city("text")` searches the small city."""
    publish(database, WEST, WEST_CITY)
    publish(database, EAST, EAST_CITY)
    store = Store(database.web)

    def ask(written: str, language: str = "en") -> SearchResult:
        with store.reading() as connection:
            return find(connection, written, PROFILE, language=language)

    yield ask
    store.close()


def titles(result: SearchResult) -> list[str]:
    """What the list shows, line by line."""
    return [f"{hit.title}, {hit.subtitle}" for hit in result.hits]


def test_a_complete_address_is_sure_and_knows_its_parcel(city):
    result = city("1453/1 Sokak No:5")
    assert titles(result) == ["1453/1 Sokak 5, Liman, Batı"]
    assert result.sure is not None
    assert result.sure.parcel_uid == city("1234/5 Liman").hits[0].uid


def test_a_slash_behind_the_street_type_is_the_doors(city):
    assert titles(city("1453 Sk. No:5/1")) == ["1453 Sokak 5/1, Liman, Batı"]


@pytest.mark.parametrize(
    "written", ["kibris sehitleri cd 30c", "KIBRIS ŞEHİTLERİ CD. NO: 30 / C", "Kıbrıs Şehitleri 30-C"]
)
def test_a_door_is_found_however_its_letter_is_written(city, written):
    assert city(written).sure.title == "Kıbrıs Şehitleri Caddesi 30/C"


def test_a_door_that_does_not_exist_gives_the_street_and_the_nearest_doors(city):
    result = city("Kıbrıs Şehitleri Caddesi 15")
    assert result.sure is None
    assert not any(hit.is_exact for hit in result.hits)
    assert [hit.title for hit in result.hits] == [
        "Kıbrıs Şehitleri Caddesi",
        "Kıbrıs Şehitleri Caddesi 15 (not recorded; about here, between 13 and 17)",
        "Kıbrıs Şehitleri Caddesi 13",
        "Kıbrıs Şehitleri Caddesi 17",
    ]
    assert result.note.startswith("There is no door 15 on this street; nearest: 13, 17.")


def test_a_door_without_its_letter_is_never_sure(city):
    result = city("Kıbrıs Şehitleri Caddesi 30")
    assert [hit.title for hit in result.hits] == ["Kıbrıs Şehitleri Caddesi 30/C", "Kıbrıs Şehitleri Caddesi"]
    assert result.sure is None
    assert result.note.startswith("Door 30 is not recorded; nearest: 30/C.")


def test_the_flat_behind_a_door_is_not_part_of_it(city):
    assert city("1453/1 sokak no 5/3").hits[0].title == "1453/1 Sokak 5"
    assert city("1453/1 sokak no 5/3").sure is None


def test_the_same_street_in_two_neighbourhoods_is_a_choice(city):
    result = city("Gül Sokak 3")
    assert result.is_ambiguous
    assert titles(result) == ["Gül Sokak 3, Cumhuriyet Mahallesi, Batı", "Gül Sokak 3, Liman, Batı"]
    assert result.sure is None


@pytest.mark.parametrize(
    "written", ["Gül Sokak 3 Liman", "Liman Mah. Gül Sk No 3", "liman gül sokak 3", "Gül Sokak 3 Limann"]
)
def test_a_neighbourhood_settles_the_choice(city, written):
    assert titles(city(written))[0] == "Gül Sokak 3, Liman, Batı"
    assert len(city(written).hits) == 1


def test_the_same_street_in_two_districts_is_a_choice_until_the_district_is_named(city):
    assert city("Zeytin Sokak 7").is_ambiguous
    assert city("Zeytin Sokak 7 Doğu").sure.subtitle == "Cumhuriyet Mahallesi, Doğu"
    assert city("DOĞU zeytin sk no:7").sure.subtitle == "Cumhuriyet Mahallesi, Doğu"


def test_a_street_alone_is_shown_once_though_it_has_several_pieces(city):
    result = city("Kıbrıs Şehitleri Caddesi")
    assert titles(result) == ["Kıbrıs Şehitleri Caddesi, Liman, Batı"]
    assert result.sure.layer == "roads"


def test_the_type_of_a_street_tells_streets_of_one_name_apart(city):
    assert [hit.title for hit in city("Gül Caddesi").hits] == ["Gül Caddesi"]


def test_a_name_may_be_misspelt(city):
    result = city("Kıbrs Şehitlri Caddesi 13")
    assert result.hits[0].title == "Kıbrıs Şehitleri Caddesi 13"
    assert result.sure is None
    assert "similar names" in result.note


def test_a_part_of_a_streets_name_may_be_written_and_even_misspelt(city):
    assert city("Şehitler Caddesi 13").hits[0].title == "Kıbrıs Şehitleri Caddesi 13"
    assert city("Şehitler Caddesi 13").sure is None


def test_a_word_may_say_that_a_neighbourhood_is_meant(city):
    assert {hit.kind for hit in city("Liman Mah.").hits} == {HitKind.NEIGHBOURHOOD}


def test_a_number_may_not_be_misspelt(city):
    assert city("101. Yıl Caddesi").sure is None
    assert "similar names" in city("101. Yıl Caddesi").note
    result = city("1454 Sokak 5")
    assert [hit.title for hit in result.hits if hit.is_exact] == []
    assert result.note.startswith("There is no street of that number")


def test_a_street_of_another_district_is_offered_but_never_sure(city):
    result = city("Kıbrıs Şehitleri Caddesi 13 Doğu")
    assert titles(result) == ["Kıbrıs Şehitleri Caddesi 13, Liman, Batı"]
    assert result.sure is None
    assert "Not in Doğu" in result.note


@pytest.mark.parametrize("written", ["1234 ada 5 parsel", "1234/5", "ada 1234 parsel 5"])
def test_the_same_block_and_parcel_in_two_neighbourhoods_is_a_choice(city, written):
    result = city(written)
    assert result.is_ambiguous
    assert titles(result) == ["Block 1234, parcel 5, Cumhuriyet, Batı", "Block 1234, parcel 5, Liman, Batı"]


def test_a_neighbourhood_settles_which_parcel_is_meant(city):
    assert titles(city("1234/5 Liman")) == ["Block 1234, parcel 5, Liman, Batı"]
    assert city("Cumhuriyet mah. 1234 ada 5 parsel").sure.subtitle == "Cumhuriyet, Batı"


def test_a_parcel_has_its_place_and_its_extent(city):
    hit = city("77 ada 1 parsel").sure
    assert hit.bbox.west < hit.lon < hit.bbox.east
    assert hit.bbox.south < hit.lat < hit.bbox.north


def test_an_ended_parcel_answers_with_what_took_its_place(city, database):
    with publishing(database, WEST) as connection:
        parent = connection.execute(text("DELETE FROM pool.parcels WHERE ref = 'wp4' RETURNING uid")).scalar_one()
        add(connection, WEST, "parcels", [parcel("wp5", 60, 105, "77", "2"), parcel("wp6", 70, 105, "77", "3")])
        connection.execute(
            text(
                "INSERT INTO pool.lineage (parent_uid, child_uid, district_id, epoch, operation, area_m2) "
                "SELECT :parent, uid, 1, CAST(current_setting('gis.epoch') AS bigint), 'split', 200 FROM pool.parcels "
                "WHERE ref IN ('wp5', 'wp6')"
            ),
            {"parent": parent},
        )
    result = city("77 ada 1 parsel")
    assert [hit.title for hit in result.hits] == ["Block 77, parcel 2", "Block 77, parcel 3"]
    assert result.sure is None
    assert result.note.startswith("Block 77, parcel 1 has ended")


def test_an_ended_parcel_says_by_which_operation_and_on_which_day(database):
    with importing.open_desk(database) as desk:
        whole = importing.parcel("w-1", 0, 0, 40.0, ada="77", parsel="1")
        halves = [importing.parcel(f"w-{n + 2}", n, 0, ada="77", parsel=str(n + 2)) for n in range(2)]
        for features in ([whole], halves):
            desk.publish(desk.send_features(features))
        with desk.store.reading() as connection:
            said = find(connection, "77 ada 1 parsel", desk.profile, language="en")
    assert [hit.title for hit in said.hits] == ["Block 77, parcel 2", "Block 77, parcel 3"]
    assert re.fullmatch(r"Block 77, parcel 1 \(subdivision, \d+ \w+ \d{4}\) has ended; .*", said.note)


def test_an_address_code_leads_to_its_door(city):
    assert city("3500000001").sure.title == "1453/1 Sokak 5"


def test_a_plan_number_leads_to_its_plan(city):
    plan = city("35123456").sure
    assert (plan.kind, plan.title) == (HitKind.PLAN, "Liman uygulama imar planı")


def test_coordinates_lead_to_the_parcel_below(city):
    parcel_hit = city("77 ada 1 parsel").sure
    assert city(f"{parcel_hit.lat}, {parcel_hit.lon}").sure.parcel_uid == parcel_hit.uid
    assert city("500070 4250115").sure.parcel_uid == parcel_hit.uid


def test_coordinates_elsewhere_say_so(city):
    result = city("48.8566, 2.3522")
    assert result.hits == ()
    assert "outside the area" in result.note


def test_the_larger_of_two_things_with_one_name_is_meant(city):
    assert city("Batı").sure.kind is HitKind.DISTRICT
    assert city("liman").sure.kind is HitKind.NEIGHBOURHOOD
    assert "Liman Parkı" in [hit.title for hit in city("liman").hits]


def test_a_neighbourhood_that_every_district_has_is_a_choice(city):
    assert city("Cumhuriyet").is_ambiguous
    assert city("Cumhuriyet mahallesi Doğu").sure.subtitle == "Doğu"


def test_a_place_is_found_by_the_beginning_of_its_name(city):
    assert [hit.title for hit in city("liman par").hits] == ["Liman Parkı"]


@pytest.mark.parametrize("written", ["", "😀", "   "])
def test_nothing_written_says_what_may_be_written(city, written):
    result = city(written)
    assert (result.hits, result.is_ambiguous) == ((), False)
    assert result.note.startswith("Write an address")


@pytest.mark.parametrize(
    "written",
    [
        "'; DROP TABLE pool.parcels; --",
        "<script>alert(1)</script>",
        "%",
        "100%",
        "_____",
        "\\",
        "no:5",
        "99999999999 sk 9999999999999",
    ],
)
def test_an_odd_text_finds_nothing_and_says_so(city, written):
    result = city(written)
    assert result.hits == ()
    assert result.note


def test_of_a_long_text_the_beginning_is_read(city):
    result = city("Gül Caddesi " + "x" * 10_000)
    assert "first 200 letters" in result.note


def test_it_speaks_the_askers_language(city):
    assert city("", language="tr").note.startswith("Bir adres")
    assert city("1234/5 Liman", language="tr").hits[0].title == "1234 ada 5 parsel"


def test_suggestions_complete_a_beginning(city, database):
    store = Store(database.web)
    with store.reading() as connection:
        begun = suggest(connection, "kıbrıs ş", PROFILE)
        assert [hit.title for hit in begun.hits] == ["Kıbrıs Şehitleri Caddesi"]
        assert [hit.title for hit in suggest(connection, "1453/1 so", PROFILE).hits] == ["1453/1 Sokak"]
        assert suggest(connection, "kbrs", PROFILE).hits == ()
    store.close()


def test_what_is_published_is_found_at_once_and_what_ends_is_not(city, database):
    assert city("Yeni Sokak 1").hits == ()
    with publishing(database, WEST) as connection:
        add(connection, WEST, "addresses", [door("wn1", "Yeni Sokak", "1", 20, 20, neighbourhood="Liman")])
    assert city("Yeni Sokak 1").sure.title == "Yeni Sokak 1"
    with publishing(database, WEST) as connection:
        connection.execute(text("DELETE FROM pool.addresses WHERE ref = 'wn1'"))
    assert city("Yeni Sokak 1").hits == ()


def test_a_street_is_found_by_the_name_it_had_before(city, database):
    with publishing(database, WEST) as connection:
        connection.execute(text("UPDATE pool.addresses SET street_name = 'Barış Sokak' WHERE ref = 'wa9'"))
        connection.execute(text("UPDATE pool.roads SET name = 'Barış Sokak' WHERE ref = 'w9'"))
    assert city("Barış Sokak 7").sure.title == "Barış Sokak 7"
    assert city("Zeytin Sokak 7 Batı").sure.title == "Barış Sokak 7"
    assert city("Zeytin Sokak 7 Batı").sure.also_known_as == "Zeytin Sokak"
    assert city("Zeytin Sokak 7").is_ambiguous


def test_a_street_is_found_by_what_people_call_it_and_says_so(city, database):
    with publishing(database, WEST) as connection:
        connection.execute(text("UPDATE pool.addresses SET other_names = 'Kordon; 1. Kordon' WHERE ref = 'wa3'"))
    found = city("kordon 13")
    assert (found.sure.title, found.sure.subtitle) == (
        "Kıbrıs Şehitleri Caddesi 13",
        "also known as Kordon, Liman, Batı",
    )
    assert found.sure.confidence == city("Kıbrıs Şehitleri 13").sure.confidence
    assert city("Kıbrıs Şehitleri Caddesi 13").sure.also_known_as is None
    assert city("kordon", language="tr").hits[0].subtitle == "diğer adı Kordon, Liman, Batı"


def test_a_door_that_an_other_name_does_not_have_is_not_sure_either(city, database):
    with publishing(database, WEST) as connection:
        connection.execute(text("UPDATE pool.roads SET other_names = 'Kordon' WHERE ref = 'w3'"))
    found = city("kordon 15")
    assert found.sure is None
    assert "nearest: 13, 17" in found.note
    assert {hit.also_known_as for hit in found.hits} == {"Kordon"}


def test_a_former_name_that_is_taken_back_is_not_found_any_more(city, database):
    with publishing(database, WEST) as connection:
        connection.execute(text("UPDATE pool.roads SET former_names = 'Rıhtım Caddesi' WHERE ref = 'w8'"))
    assert city("Rıhtım Caddesi").sure.title == "100. Yıl Caddesi"
    with publishing(database, WEST) as connection:
        connection.execute(text("UPDATE pool.roads SET former_names = NULL WHERE ref = 'w8'"))
    assert city("Rıhtım Caddesi").sure is None


def test_what_is_begun_of_an_other_name_is_completed(city, database):
    with publishing(database, WEST) as connection:
        connection.execute(text("UPDATE pool.addresses SET other_names = 'Kordon' WHERE ref = 'wa3'"))
    store = Store(database.web)
    with store.reading() as connection:
        begun = [suggest(connection, written, PROFILE).hits[0] for written in ("kord", "kordon 1")]
    store.close()
    assert [(hit.title, hit.also_known_as) for hit in begun] == [
        ("Kıbrıs Şehitleri Caddesi", "Kordon"),
        ("Kıbrıs Şehitleri Caddesi 13", "Kordon"),
    ]
