"""Maps that the pool may be drawn over: the profile names them, this service fetches them."""

from dataclasses import replace

import pytest

from layers.core.backgrounds import Background
from tests.source_server import gives, giving

PNG = b"\x89PNG\r\n\x1a\n picture"
PAGE = b"<!doctype html><html>Sign in</html>"


@pytest.fixture
def there():
    """A server of the municipality's own network."""
    with giving() as server:
        yield server


@pytest.fixture
def offered(app, there):
    """What the profile names: one in squares, one by box."""
    built = app.extensions["gisserver"]
    named = [
        Background(
            "streets", {"en": "Streets", "tr": "Sokaklar"}, f"{there.address}/xyz/{{z}}/{{x}}/{{y}}.png", "Survey"
        ),
        Background("photo", {"en": "Photo"}, f"{there.address}/wms?bbox={{bbox}}&key=secret", "Survey"),
    ]
    app.extensions["gisserver"] = replace(built, profile=replace(built.profile, backgrounds=tuple(named)))


def test_a_picture_comes_from_the_square_and_may_be_kept(client, offered, there):
    there.answers["/xyz/16/37683/25190.png"] = [gives(PNG, Content_Type="image/png")]
    got = client.get("/api/backgrounds/streets/16/37683/25190")
    assert (got.status_code, got.mimetype, got.data) == (200, "image/png", PNG)
    assert got.headers["Cache-Control"] == "public, max-age=86400"


def test_a_wms_is_asked_for_the_box_of_the_square_in_metres(client, offered, there):
    asked = []

    def answer(handler) -> None:
        asked.append(handler.path)
        gives(PNG, Content_Type="image/png")(handler)

    there.answers["/wms"] = [answer]
    assert client.get("/api/backgrounds/photo/1/1/0").status_code == 200
    assert "bbox=0.000000,0.000000,20037508.342789,20037508.342789" in asked[0]


def test_what_is_no_picture_is_told_without_the_address(client, offered, there):
    there.answers["/wms"] = [gives(PAGE, Content_Type="text/html")]
    got = client.get("/api/backgrounds/photo/1/1/0", headers={"Accept-Language": "en"})
    assert got.status_code == 502
    assert "web page" in got.text
    assert "secret" not in got.text
    assert "wms" not in got.text


@pytest.mark.parametrize("path", ["nothing/1/0/0", "streets/30/0/0", "streets/1/2/0", "streets/1/0/2"])
def test_nothing_else_is_asked_for(client, offered, there, path):
    assert client.get(f"/api/backgrounds/{path}").status_code == 404


def test_the_page_is_told_of_them_in_its_language(client, offered):
    page = client.get("/map?lang=tr").text
    assert '"title": "Sokaklar"' in page
    assert '"/api/backgrounds/streets/{z}/{x}/{y}"' in page
    assert "secret" not in page
