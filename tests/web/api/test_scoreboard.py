"""How the districts stand, told to everybody."""

import pytest

from layers.core.scores.counting import count_faults
from layers.core.store import WORKER, Store
from tests.web.site.paperwork import Found, add_upload
from tests.worlds import EAST, WEST, publish_parcels, square


@pytest.fixture
def disputed(database) -> None:
    """A parcel of the west lies a metre deep in one of the east."""
    publish_parcels(database, WEST, {"w-1": square(0, 0, width=21), "w-2": square(0, 3)})
    publish_parcels(database, EAST, {"e-1": square(1, 0)})
    store = Store(database.worker)
    with store.writing(WORKER) as connection:
        count_faults(connection)
    store.close()


def test_each_number_leads_to_the_list_behind_it(client, disputed):
    told = client.get("/api/scoreboard").json
    west, east = told["districts"]
    assert (west["district"], west["features"], west["faulty"], west["validity"]) == ("Batı", 2, 1, 0.5)
    assert (west["overlaps"], west["gaps"], west["debt_m2"]) == (1, 0, 20)
    assert told["faults"] == {**told["faults"], "epoch": 2, "is_current": True}
    (of_west,), (of_east,) = (client.get(side["tasks"]).json["tasks"] for side in (west, east))
    assert of_west == of_east
    assert (of_west["ref"], of_west["other_ref"], of_west["line"]["type"]) == ("w-1", "e-1", "LineString")
    assert client.get(west["faults"]).json == {"faults": []}


def test_a_district_that_is_none_has_no_list(client, disputed):
    assert client.get("/api/scoreboard/99/tasks").status_code == 404
    assert client.get("/districts/99").status_code == 404


def test_the_pages_are_for_everybody_but_files_for_those_whose_work_it_is(client, signed_in, database, disputed):
    add_upload(database, WEST, "west.gpkg", findings=[Found("warning", "Thin.")], report={"findings": {"warning": 1}})
    board = client.get("/districts?lang=en").text
    assert f'href="/districts/{WEST}#tasks">1<' in board
    here = f"/districts/{WEST}?lang=en"
    assert "west.gpkg" not in client.get(here).text
    assert "1 refusals and warnings are open" in client.get(here).text
    assert "west.gpkg" in signed_in("editor", WEST).get(here).text
    assert "west.gpkg" not in signed_in("editor", EAST).get(here).text
