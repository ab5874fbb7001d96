"""The map as a still picture."""

import io

import pytest
from PIL import Image

from gisserver.api.still import _BEING_DRAWN
from tests.worlds import WEST, publish_parcels, square

AROUND = "26.999,38.382,27.003,38.385"
PARCEL = (500_000, 4_250_000)


@pytest.fixture
def parcels(database):
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})


def picture(answer) -> Image.Image:
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "image/webp"
    return Image.open(io.BytesIO(answer.data)).convert("RGB")


def is_empty(seen: Image.Image) -> bool:
    """WebP may miss the colour of the ground by a shade that nobody sees."""
    return all(darkest > lightest - 12 for darkest, lightest in seen.getextrema())


def test_it_has_the_size_that_was_asked_for_and_shows_what_is_there(client, parcels):
    seen = picture(client.get(f"/api/map?bbox={AROUND}&width=400&height=300"))
    empty = picture(client.get("/api/map?bbox=27.01,38.39,27.014,38.393&width=400&height=300"))
    assert seen.size == empty.size == (400, 300)
    assert is_empty(empty)
    assert not is_empty(seen)


def test_a_layer_that_is_not_asked_for_is_not_drawn(client, parcels):
    seen = picture(client.get(f"/api/map?bbox={AROUND}&width=400&height=300&collections=roads"))
    assert is_empty(seen)


def test_a_parcel_lies_where_the_screen_shows_it(client, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    corners = client.get("/api/collections/parcels/items?limit=1").json["features"][0]["geometry"]["coordinates"][0][0]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    seen = picture(client.get(f"/api/map?bbox={west},{south},{east},{north}&width=300&height=300&collections=parcels"))
    lit = Image.eval(seen.convert("L"), lambda grey: 255 if grey < 230 else 0)
    left, top, right, bottom = lit.getbbox()
    assert max(left, top) < 20
    assert min(right, bottom) > 280


def test_who_has_it_is_told_so_until_the_next_publish(client, database, parcels):
    address = f"/api/map?bbox={AROUND}&width=200&height=200"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    publish_parcels(database, WEST, {"w-3": square(2, 0)})
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_what_was_drawn_before_is_not_drawn_again_until_the_next_publish(client, database, parcels):
    address = f"/api/map?bbox={AROUND}&width=200&height=200&unless_busy=true"
    drawn = client.get(address)
    with _BEING_DRAWN:  # nobody else can draw now
        again = client.get(address)
        assert (again.status_code, again.data) == (200, drawn.data)
        assert client.get(address, headers={"If-None-Match": drawn.headers["ETag"]}).status_code == 304
        assert client.get(f"{address}&lang=tr").status_code == 204
        publish_parcels(database, WEST, {"w-3": square(2, 0)})
        assert client.get(address).status_code == 204
    assert client.get(address).data != drawn.data


def test_a_past_state_is_drawn_as_it_was(client, database, parcels):
    publish_parcels(database, WEST, {"w-3": square(2, 0)})
    address = f"/api/map?bbox={AROUND}&width=200&height=200"
    assert client.get(f"{address}&epoch=1").data != client.get(address).data


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("", "bbox"),
        ("bbox=1,2", "bbox"),
        ("bbox=10,10,11,11", "bbox"),
        ("bbox=-150,-20,179,88", "bbox"),
        (f"bbox={AROUND}&width=0", "width"),
        (f"bbox={AROUND}&colour=red", "colour"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_word_that_is_wrong(client, parcels, asked, parameter):
    answer = client.get(f"/api/map?{asked}")
    assert answer.status_code == 400
    assert parameter in answer.text


def test_a_layer_that_nobody_has_is_not_there(client, parcels):
    assert client.get(f"/api/map?bbox={AROUND}&collections=castles").status_code == 404


def test_who_can_do_without_gets_none_while_others_are_drawn(client, parcels):
    address = f"/api/map?bbox={AROUND}&width=200&height=200"
    with _BEING_DRAWN:
        answer = client.get(f"{address}&unless_busy=true")
    assert (answer.status_code, answer.data) == (204, b"")
    assert client.get(f"{address}&unless_busy=true").mimetype == "image/webp"


def test_who_cannot_waits_and_is_told_when_it_takes_too_long(client, parcels, monkeypatch):
    monkeypatch.setattr("gisserver.api.still._PATIENCE_S", 0.05)
    with _BEING_DRAWN:
        answer = client.get(f"/api/map?bbox={AROUND}&width=200&height=200")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_a_picture_that_is_refused_leaves_the_pen_free(client, parcels):
    assert client.get("/api/map?bbox=1,1,2,2").status_code == 400
    assert client.get(f"/api/map?bbox={AROUND}&epoch=999999&unless_busy=true").status_code != 204
    assert client.get(f"/api/map?bbox={AROUND}&unless_busy=true").status_code == 200
    assert client.get(f"/api/map?bbox={AROUND}&unless_busy=perhaps").status_code == 400
