"""Parcels and plans under addresses that people say and write by hand."""

import datetime

import pytest

from layers.core.store import Store
from tests.application import TEST_PROFILE, serving
from tests.db.small_world import EAST, WEST, parcel, publish, rectangle
from tests.web.site.neighbourhood import EVERYWHERE, publish_neighbourhood
from tests.worlds import publish_parcels, square

ENGLISH = {"Accept-Language": "en", "Accept": "text/html"}
PARCEL = "/parsel/bati/cinar/7421/5"


@pytest.fixture
def world(database):
    publish_neighbourhood(database)
    return database


def uid_of(client, ref: str) -> str:
    return client.get(f"/api/collections/parcels/items/{ref}").get_json()["id"]


def test_a_parcel_tells_what_it_is_what_is_planned_and_where_else_it_is_to_be_had(client, world):
    answer = client.get(PARCEL, headers=ENGLISH)
    uid = uid_of(client, "w-1")
    assert answer.status_code == 200
    assert '<dd class="number">7421/5</dd>' in answer.text
    assert "400" in answer.text.partition("Computed area")[2][:60]
    assert "Yerleşik konut alanı 75%, Park 25%" in answer.text
    assert 'class="sketch-subject"' in answer.text
    for link in (f"/answer/{uid}", f"/story/parcels/{uid}", "/plan/35-1", f"feature=parcels/{uid}"):
        assert link in answer.text
    assert f"/api/collections/parcels/items/{uid}?f=json" in answer.text
    assert f'<link rel="canonical" href="http://localhost{PARCEL}">' in answer.text


def test_reading_about_a_parcel_issues_no_answer(client, world):
    client.get(PARCEL, headers=ENGLISH)
    owner = Store(world.owner)
    with owner.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM answers.issued").scalar_one() == 0
    owner.close()


@pytest.mark.parametrize(
    "written", ["/parsel/Batı/Çınar/7421/5", "/parsel/1/ÇINAR/7421/5", "/parsel/BATI/cinar/7421/5"]
)
def test_however_the_names_are_written_one_address_lasts(client, world, written):
    answer = client.get(f"{written}?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{PARCEL}?lang=en")


def test_the_answer_the_story_and_the_service_give_the_same_address(client, world):
    uid = uid_of(client, "w-1")
    whole = f"http://localhost{PARCEL}"
    assert f'href="{whole}"' in client.get(f"/answer/{uid}").text
    assert f'href="{whole}"' in client.get(f"/story/parcels/{uid}").text
    page = f"/api/collections/parcels/items/{uid}/page"
    assert client.get(page).get_json() == {"href": whole}
    led = client.get(page, headers=ENGLISH)
    assert (led.status_code, led.headers["Location"]) == (303, whole)
    assert client.post("/api/links", json={"path": PARCEL}).status_code == 201


def test_features_without_such_a_page_say_which_have_one(client, world):
    refused = client.get("/api/collections/zones/items/z-1/page", headers={"Accept-Language": "en"})
    assert refused.status_code == 404
    assert "Only features of parcels, plans" in refused.get_json()["detail"]
    assert client.get("/api/collections/parcels/items/nobody/page").status_code == 404


def test_the_cadastral_neighbourhood_wins_over_an_administrative_one_of_the_same_name(client, database):
    here = {"neighbourhood_ref": "n-1"}
    publish(
        database,
        WEST,
        {
            "neighbourhoods": [{"ref": "n-1", "name": "Çınar", "geom": EVERYWHERE}],
            "parcels": [
                parcel("w-1", 0, 0, "1", "1", cadastral_neighbourhood="Çınar", **here),
                parcel("w-2", 50, 0, "1", "1", cadastral_neighbourhood="Ilıca", **here),
                parcel("w-3", 90, 0, "1", "2", cadastral_neighbourhood="Ilıca", **here),
            ],
        },
    )
    assert f"/answer/{uid_of(client, 'w-1')}" in client.get("/parsel/bati/cinar/1/1", headers=ENGLISH).text
    led = client.get("/parsel/bati/cinar/1/2")
    assert (led.status_code, led.headers["Location"]) == (301, "/parsel/bati/ilica/1/2")


def test_a_wrong_neighbourhood_leads_to_those_that_have_the_numbers(client, world):
    answer = client.get("/parsel/bati/yesil/7421/5", headers=ENGLISH)
    assert answer.status_code == 404
    assert f'href="{PARCEL}"' in answer.text
    assert 'href="/parsel/bati/ilica/7421/5"' in answer.text


@pytest.mark.parametrize(
    "address", ["/parsel/bati/cinar/9999/1", "/parsel/bati/cinar/<script>/%27", "/parsel/bati/x/%00/1"]
)
def test_a_parcel_that_never_was_says_what_to_do(client, world, address):
    answer = client.get(address, headers=ENGLISH)
    assert answer.status_code == 404
    assert "Compare the numbers with the title deed" in answer.text
    assert "<script>/" not in answer.text


def test_a_district_that_is_not_here_is_named(client, world):
    answer = client.get("/parsel/atlantis/cinar/7421/5", headers=ENGLISH)
    assert answer.status_code == 404
    assert "There is no district “atlantis” here" in answer.text


def test_a_number_that_has_passed_to_another_shows_who_has_it_now(client, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, WEST, {"w-2": square(0, 0)}, retire=["w-1"], operation="renumbering")
    answer = client.get("/parsel/bati/-/1/1", headers=ENGLISH)
    assert answer.status_code == 200
    assert f"/answer/{uid_of(client, 'w-2')}" in answer.text


def test_an_old_number_says_by_what_it_ended(client, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-5": square(5, 0)})
    publish_parcels(database, WEST, {"w-2": square(5, 0)}, retire=["w-5"], operation="renumbering")
    ended = client.get("/parsel/bati/-/1/2", headers=ENGLISH)
    assert ended.status_code == 410
    assert "“1/2” has ended (New number, " in ended.text
    assert f"/answer/{uid_of(client, 'w-2')}" in ended.text


def test_several_of_one_name_are_a_choice(client, database):
    publish(database, WEST, {"parcels": [parcel("w-1", 0, 0, "1", "1"), parcel("w-2", 50, 0, "1", "1")]})
    answer = client.get("/parsel/bati/-/1/1", headers=ENGLISH)
    assert answer.status_code == 200
    for ref in ("w-1", "w-2"):
        assert f"/answer/{uid_of(client, ref)}" in answer.text


def test_a_slash_within_a_number_survives(client, database):
    publish(database, WEST, {"parcels": [parcel("w-1", 0, 0, "1/A", "2")]})
    href = client.get("/api/collections/parcels/items/w-1/page").get_json()["href"]
    answer = client.get(href.removeprefix("http://localhost"), headers=ENGLISH)
    assert answer.status_code == 200
    assert "1/A/2" in answer.text


def test_a_french_commune_has_its_own_words_and_no_neighbourhoods(database, tmp_path):
    profile = tmp_path / "commune.toml"
    said = TEST_PROFILE.read_text(encoding="utf-8")
    old = 'parcel = "parsel/{district}/{neighbourhood}/{block}/{parcel}"'
    profile.write_text(said.replace(old, 'parcel = "parcelle/{district}/section/{block}/{parcel}"'), encoding="utf-8")
    publish_neighbourhood(database)
    with serving(database, tmp_path, profile) as commune:
        caller = commune.test_client()
        assert caller.get("/parcelle/bati/section/7421/6", headers=ENGLISH).status_code == 200
        assert caller.get("/parsel/bati/cinar/7421/6").status_code == 404


def test_a_plan_tells_its_state_its_uses_and_its_ground(client, world):
    answer = client.get("/plan/35-1", headers=ENGLISH)
    assert answer.status_code == 200
    assert "<h1>Plan 1</h1>" in answer.text
    assert "in force" in answer.text
    assert "2,000.00 m² (0% of the plan)" in answer.text, "the park"
    assert "300.00 m²" in answer.text, "the homes"
    assert answer.text.count('class="sketch-subject"') == 1
    assert "/api/collections/plans/items/" in answer.text
    assert '<link rel="canonical" href="http://localhost/plan/35-1">' in answer.text


def plan(ref: str, number: str, **more: object) -> dict[str, object]:
    return {"ref": ref, "plan_no": number, "name": f"Plan {ref}", "status": "in_force", "geom": EVERYWHERE, **more}


def test_who_may_object_until_when_is_said(client, database):
    today = datetime.datetime.now(datetime.UTC).date()
    coming, gone = today + datetime.timedelta(days=9), today - datetime.timedelta(days=9)
    shown = {"status": "on_display", "display_from": gone, "authority": "Batı Belediyesi"}
    plans = [plan("p-1", "1", display_to=coming, **shown), plan("p-2", "2", display_to=gone, **shown)]
    publish(database, WEST, {"plans": plans})
    open_now = client.get("/plan/1", headers=ENGLISH).text
    assert "Objections may be made in writing to Batı Belediyesi until" in open_now
    assert "nothing may be built" in open_now
    assert "The time for objections ended on" in client.get("/plan/2", headers=ENGLISH).text


def test_a_number_of_two_plans_is_a_choice(client, database):
    publish(database, WEST, {"plans": [plan("p-1", "7")]})
    publish(database, EAST, {"plans": [plan("p-2", "7", geom=rectangle(3000, 0, 10, 10))]})
    answer = client.get("/plan/7", headers=ENGLISH)
    assert "Several plans have this number" in answer.text
    assert client.get("/plan/7?ref=p-2", headers=ENGLISH).text.count("Plan p-2")


@pytest.mark.parametrize("number", ["99", "%00", "<script>"])
def test_a_plan_that_never_was_says_what_to_do(client, world, number):
    answer = client.get(f"/plan/{number}", headers=ENGLISH)
    assert answer.status_code == 404
    assert "There is no plan with the number" in answer.text


def test_the_pages_speak_turkish(client, world):
    page = client.get(f"{PARCEL}?lang=tr").text
    assert "Burada ne planlanıyor" in page
    assert "Plan işlem numarası" in client.get("/plan/35-1?lang=tr").text
