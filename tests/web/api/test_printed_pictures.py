"""Maps of other servers on paper: where they lie, what is said of them, and what happens where that server fails."""

import io
import itertools
import math
import socket
import uuid
from dataclasses import replace
from pathlib import Path

import numpy as np
import pdfplumber
import pypdf
import pypdfium2
import pytest
from PIL import Image
from pyproj import Transformer

from gisserver.print_map import draw
from gisserver.prints.paper import paper_of
from layers.core.backgrounds import Background
from layers.core.hosts import Hosts
from layers.core.profile import load_profile
from layers.core.store import Store
from tests.cross_server import wms, xyz
from tests.source_server import breaks_off, gives, giving

PROFILE = load_profile(Path(__file__).parents[2] / "data/profiles/test.toml")
FAR_EAST = (600_000.0, 4_260_000.0)
"""A hundred kilometres from the middle meridian, where grid north leans by most of a degree."""
DPI = 300
TO_WEB = Transformer.from_crs(PROFILE.storage_srid, 3857, always_xy=True)
TO_DEGREES = Transformer.from_crs(PROFILE.storage_srid, 4326, always_xy=True)
HERE = Hosts(("127.0.0.1",), may_be_private=True)
WMS_WORDS = "SERVICE=WMS&REQUEST=GetMap&BBOX={bbox}&WIDTH=256&HEIGHT=256&FORMAT=image/png"


@pytest.fixture
def there():
    with giving() as server:
        yield server


@pytest.fixture
def named(app, there):
    """The profile with two backgrounds of that server: one in squares, one by box."""
    built = app.extensions["gisserver"]
    backgrounds = (
        Background("photo", {"en": "Aerial photo", "tr": "Hava fotoğrafı"}, square_of(there), "Survey", last_zoom=22),
        Background("drawn", {"en": "Drawn map", "tr": "Çizilmiş harita"}, f"{there.address}/wms?{WMS_WORDS}", "Office"),
    )
    profile = replace(PROFILE, backgrounds=backgrounds)
    app.extensions["gisserver"] = replace(built, profile=profile)
    return profile


@pytest.fixture
def printed(client, named, database):
    """`printed(wishes)` is the file that comes of an order, and what the job says."""

    def make(hosts: Hosts = HERE, **wishes):
        said = {"center": list(TO_DEGREES.transform(*FAR_EAST)), "scale": 1000, "layers": [], "language": "en"}
        reply = client.post("/api/prints", json={**said, **wishes})
        assert reply.status_code == 202, reply.get_json()
        store, read = Store(database.worker), Store(database.web)
        draw(store, read, named, uuid.UUID(reply.get_json()["id"]), hosts)
        store.close()
        read.close()
        told = client.get(reply.headers["Location"]).get_json()
        assert told["state"] == "done", told
        assert told["done"] == told["total"]
        return client.get(told["file"]).get_data(), told["note"]

    return make


def square_of(there) -> str:
    return f"{there.address}/xyz?z={{z}}&x={{x}}&y={{y}}"


def places_about(scale: float, step_mm: float = 40) -> list[tuple[float, float]]:
    """Round coordinates of the storage system under an A4 and beyond, some centimetres of paper apart."""
    step = step_mm * scale / 1000
    around = [step * number for number in range(-5, 6)]
    return [(FAR_EAST[0] + across, FAR_EAST[1] + along) for across, along in itertools.product(around, around)]


def in_web(places) -> list[tuple[float, float]]:
    return [TO_WEB.transform(*place) for place in places]


def on_paper(place, scale: float, rotation: float = 0.0) -> tuple[float, float]:
    """Millimetres from the upper left of an upright A4, by the arithmetic of a scale and nothing else."""
    paper = paper_of("A4", is_landscape=False)
    east, north = (one - middle for one, middle in zip(place, FAR_EAST, strict=True))
    turn = math.radians(rotation)
    right, up = east * math.cos(turn) - north * math.sin(turn), east * math.sin(turn) + north * math.cos(turn)
    x, y = paper.map.middle
    return x + right * 1000 / scale, paper.height - (y + up * 1000 / scale)


def is_on_map(x: float, y: float) -> bool:
    paper, edge = paper_of("A4", is_landscape=False), 5
    left, right = paper.map.left + edge, paper.map.right - edge
    return left < x < right and paper.height - paper.map.top + edge < y < paper.height - paper.map.bottom - edge


def middle_of_cross(picture: Image.Image, x: float, y: float) -> tuple[float, float]:
    """Of what is dark within some millimetres of a place, in millimetres."""
    mm = DPI / 25.4
    left, upper = round((x - 2.5) * mm), round((y - 2.5) * mm)
    size = round(5 * mm)
    seen = np.asarray(picture.convert("L").crop((left, upper, left + size, upper + size)), dtype=float)
    weight = np.clip(200 - seen, 0, None)
    assert weight.sum() > 1000, f"nothing is drawn near {x:.1f}, {y:.1f}"
    pixels = np.arange(size) + 0.5
    return (
        float((weight.sum(axis=0) @ pixels / weight.sum() + left) / mm),
        float((weight.sum(axis=1) @ pixels / weight.sum() + upper) / mm),
    )


def farthest_off_mm(picture: Image.Image, places, scale: float, rotation: float = 0.0) -> float:
    expected = [one for place in places if is_on_map(*(one := on_paper(place, scale, rotation)))]
    assert len(expected) >= 12
    return max(math.dist(one, middle_of_cross(picture, *one)) for one in expected)


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


def words_of(document: bytes) -> str:
    return " ".join(pypdf.PdfReader(io.BytesIO(document)).pages[0].extract_text().split())


def pictures_in(document: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(document)).pages[0].images)


@pytest.mark.parametrize(("scale", "rotation"), [(500, 0), (1000, 30), (5000, 0), (25_000, 215), (200_000, 0)])
def test_each_place_of_a_background_lies_where_the_grid_has_it(printed, there, scale, rotation):
    places = places_about(scale)
    there.answers["/xyz"] = [xyz(in_web(places))]
    body, note = printed(
        background="photo", scale=scale, rotation=rotation, format="png", dpi=DPI, grid=False, legend=False
    )
    assert note == ""
    # A pixel of 150 to the inch is 0.17 mm.
    assert farthest_off_mm(opened(body), places, scale, rotation) < 0.17


def test_a_wms_is_asked_for_larger_pieces_that_lie_as_exactly(printed, there):
    places = places_about(2000)
    there.answers["/wms"] = [wms(in_web(places))]
    body, note = printed(background="drawn", scale=2000, format="png", dpi=DPI, grid=False, legend=False)
    assert note == ""
    assert farthest_off_mm(opened(body), places, 2000) < 0.17
    assert all("WIDTH=512&HEIGHT=512" in path for path, _ in there.asked)
    assert len(there.asked) < 60


def test_an_added_layer_lies_over_the_drawings_it_was_put_on_with_its_strength_and_credit(printed, there):
    there.answers["/red"] = [gives(plain_png((200, 0, 0, 255)))]
    lon, lat = TO_DEGREES.transform(*FAR_EAST)
    outline = [(lon - 1, lat - 1), (lon + 1, lat - 1), (lon + 1, lat + 1), (lon - 1, lat + 1), (lon - 1, lat - 1)]

    def seen(over: int) -> tuple[int, ...]:
        figure = {"geometry": {"type": "Polygon", "coordinates": [outline]}, "properties": {"fill": "#0000ff"}}
        figure["properties"]["fill-opacity"] = 1
        added = {"title": "Red", "address": f"{there.address}/red?{{z}}/{{x}}/{{y}}", "credit": "Ministry of Red"}
        document, note = printed(pictures=[{**added, "opacity": 0.5, "over": over}], drawings={"features": [figure]})
        assert note == ""
        assert "Ministry of Red" in words_of(document)
        with pypdfium2.PdfDocument(document) as read:
            return read[0].render(scale=1).to_pil().convert("RGB").getpixel((300, 300))

    assert seen(over=0) == (0, 0, 255)
    red, green, blue = seen(over=1)
    assert (abs(red - 100) < 4, green < 4, abs(blue - 127) < 4) == (True, True, True)


def plain_png(color: tuple[int, ...]) -> bytes:
    written = io.BytesIO()
    Image.new("RGBA", (256, 256), color).save(written, "PNG")
    return written.getvalue()


HALF = plain_png((9, 9, 9, 255))[:150]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (gives(b"<!doctype html><html>Sign in</html>", Content_Type="text/html"), "gave no usable picture"),
        (gives(b"<ServiceExceptionReport/>", Content_Type="text/xml"), "gave no usable picture"),
        (gives(b"busy", 503), "gave no usable picture"),
        (gives(HALF, Content_Type="image/png"), "gave no usable picture"),
        (breaks_off(plain_png((9, 9, 9, 255)), 150, "x"), "gave no usable picture"),
        (gives(b"", 204), "has nothing here"),
        (gives(b"", 302, Location="http://127.0.0.2/elsewhere"), "is not allowed"),
    ],
    ids=["page", "exception", "error", "half", "broken off", "empty", "elsewhere"],
)
def test_a_server_that_fails_is_told_on_a_sheet_that_is_made_without_it(printed, there, answer, said):
    there.answers["/xyz"] = [answer]
    document, note = printed(background="photo")
    assert note == f"“Aerial photo” is not on the paper: its server {said}."
    assert note in words_of(document)
    assert "Survey" not in words_of(document)
    assert pictures_in(document) == 0
    assert len(there.asked) < 60, "a server that only fails is not asked for hundreds"


def test_a_server_that_is_away_is_told_too(printed, there, named):
    away = {"title": "Nobody", "address": "http://127.0.0.1:9/{z}/{x}/{y}"}
    document, note = printed(pictures=[away], language="tr")
    assert note == "“Nobody” kâğıtta yok: sunucusu yanıt vermedi."
    assert note in words_of(document)


def test_a_slow_server_costs_one_wait(printed, there, monkeypatch):
    monkeypatch.setattr("gisserver.prints.pictures.PATIENCE_S", 0.2)
    # A listener that never takes its calls: the line is open and nothing comes.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/{{z}}/{{x}}/{{y}}"
        _document, note = printed(pictures=[{"title": "Slow", "address": address}])
    assert note == "“Slow” is not on the paper: its server did not finish in time."


def test_pieces_that_do_not_come_leave_gaps_that_are_counted(printed, there):
    whole, bad = xyz([]), gives(b"busy", 503)
    middle: list[str] = []

    def answer(handler) -> None:
        """The first that is asked for lies in the middle; its row comes."""
        middle.append(handler.path.rpartition("=")[2])
        (whole if handler.path.endswith(middle[0]) else bad)(handler)

    there.answers["/xyz"] = [answer]
    document, note = printed(background="photo")
    assert "has gaps: " in note
    assert pictures_in(document) == 1


def test_a_background_that_is_coarser_than_the_paper_says_so(printed, there):
    there.answers["/xyz"] = [xyz([], last_zoom=17)]
    document, note = printed(background="photo", scale=1000)
    assert note.startswith("“Aerial photo” is coarser than the paper: ")
    assert note in words_of(document)
    assert pictures_in(document) == 1


def test_a_host_that_the_operator_does_not_name_is_not_called(printed, there):
    there.answers["/xyz"] = [xyz([])]
    _document, note = printed(Hosts(()), pictures=[{"title": "Theirs", "address": square_of(there)}])
    assert note == "“Theirs” is not on the paper: its server is not allowed."
    assert there.asked == []


def test_a_large_series_shares_what_one_order_may_fetch(printed, there, keyed, client):
    there.answers["/xyz"] = [gives(plain_png((90, 120, 90, 255)))]
    client.environ_base["HTTP_AUTHORIZATION"] = keyed("planner")["Authorization"]
    west, south = TO_DEGREES.transform(FAR_EAST[0] - 600, FAR_EAST[1] - 700)
    east, north = TO_DEGREES.transform(FAR_EAST[0] + 600, FAR_EAST[1] + 700)
    document, note = printed(background="photo", series={"bbox": [west, south, east, north]})
    sheets = len(pypdf.PdfReader(io.BytesIO(document)).pages)
    assert sheets > 40
    assert note == ""
    assert len(there.asked) < 2100


def test_the_scale_stays_on_the_paper_however_much_is_missing(printed, named):
    away = [
        {"title": f"Map {number} " * 12, "address": f"http://127.0.0.1:9/{number}/{{z}}/{{x}}/{{y}}"}
        for number in range(8)
    ]
    document, note = printed(pictures=away, title="A long title " * 9, note="Words of a note " * 24)
    assert note.count("is away") == 8
    with pdfplumber.open(io.BytesIO(document)) as opened:
        words = opened.pages[0].extract_words()
        (scale,) = [one for one in words if one["text"] == "1:1,000"]
        assert scale["bottom"] < opened.pages[0].height - 8 * 72 / 25.4
    assert "Map 0" in words_of(document)


@pytest.mark.parametrize(
    ("wishes", "names"),
    [
        ({"background": "nothing"}, "background"),
        ({"pictures": {}}, "pictures"),
        ({"pictures": [{"address": "file:///etc/passwd?{z}{x}{y}"}]}, "pictures"),
        ({"pictures": [{"address": "https://example.org/map"}]}, "pictures"),
        ({"pictures": [{"address": "https://example.org/{z}/{x}/{y}", "opacity": 2}]}, "pictures"),
        ({"pictures": [{"address": "https://example.org/{z}/{x}/{y}"}] * 9}, "pictures"),
    ],
)
def test_a_picture_that_cannot_be_is_refused_by_name(client, named, wishes, names):
    said = {"center": list(TO_DEGREES.transform(*FAR_EAST)), "scale": 1000, "layers": [], **wishes}
    reply = client.post("/api/prints", json=said)
    assert reply.status_code == 400
    assert reply.get_json()["parameter"] == names
