"""Maps on paper: ordered over the web, drawn as the worker's process does it, measured in the PDF itself."""

import io
import uuid
from pathlib import Path

import pdfplumber
import pypdf
import pytest
from PIL import Image
from pyproj import Transformer

from gisserver.print_map import draw
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.store import Store
from tests.db.small_world import EAST, WEST, line, parcel, publish
from tests.worlds import publish_parcels, square

PROFILE = load_profile(Path(__file__).parents[2] / "data/profiles/test.toml")
PRINTS = "/api/prints"
ORIGIN = (500_000.0, 4_250_000.0)
MM = 72 / 25.4
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def town(database):
    """Two parcels of 20 m, together 60 m from side to side, a road above them."""
    publish(
        database,
        WEST,
        {
            "parcels": [parcel("a", 0, 0, "12", "3"), parcel("b", 40, 0, "12", "4")],
            "roads": [{"ref": "r1", "name": "Gül Sokağı", "street_type": "sokak", "geom": line((0, 55), (100, 55))}],
        },
    )
    return database


@pytest.fixture
def printed(town):
    """`printed(client, wishes)` is the file that comes of an order."""

    def make(client, **wishes) -> bytes:
        reply = order(client, **wishes)
        assert reply.status_code == 202, reply.get_json()
        worked_off(town, reply.get_json()["id"])
        told = client.get(reply.headers["Location"]).get_json()
        assert told["state"] == "done", told
        return client.get(told["file"]).get_data()

    return make


@pytest.fixture
def known(app, keyed):
    """`known("planner")` is a program with the key of such an account."""

    def with_key(role: str):
        program = app.test_client()
        program.environ_base["HTTP_AUTHORIZATION"] = keyed(role)["Authorization"]
        return program

    return with_key


def order(client, **wishes):
    """At the middle of the town, unless told otherwise."""
    said = {"center": lonlat(40, 30), "scale": 1000, "layers": ["parcels", "roads"], "language": "tr", **wishes}
    return client.post(PRINTS, json=said, headers=ENGLISH)


def lonlat(east: float, north: float) -> list[float]:
    """Of metres from the corner of the town."""
    to_degrees = Transformer.from_crs(PROFILE.storage_srid, 4326, always_xy=True)
    return list(to_degrees.transform(ORIGIN[0] + east, ORIGIN[1] + north))


def worked_off(database, print_id: str) -> None:
    """As the worker's process does it."""
    store, read = Store(database.worker), Store(database.web)
    draw(store, read, PROFILE, uuid.UUID(print_id))
    store.close()
    read.close()


def lines_of(document: bytes, page: int = 0) -> list[tuple[float, float, float, float]]:
    """Of outlines drawn: left, bottom, right, top in millimetres of the paper."""
    with pdfplumber.open(io.BytesIO(document)) as opened:
        curves = [*opened.pages[page].curves, *opened.pages[page].rects]
        return [tuple(float(one[side]) / MM for side in ("x0", "y0", "x1", "y1")) for one in curves]


def words_of(document: bytes) -> str:
    """All that is written."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages)


@pytest.mark.parametrize("scale", [500, 1000, 1234])
def test_a_metre_of_ground_has_its_length_on_paper(client, printed, scale):
    west, east = parcels_on(printed(client, scale=scale, layers=["parcels"]), scale)
    for measured, metres in ((east[2] - west[0], 60), (west[2] - west[0], 20), (west[3] - west[1], 20)):
        assert measured == pytest.approx(metres * 1000 / scale, rel=0.001)


def parcels_on(document: bytes, scale: float):
    """The two squares of 20 m, from left to right and from below."""
    side = 20_000 / scale
    squares = {
        one for one in lines_of(document) if all(abs(part - side) < 0.05 for part in (one[2] - one[0], one[3] - one[1]))
    }
    return sorted(squares)


def test_the_paper_has_its_size_and_every_letter_is_embedded(client, printed):
    document = printed(client, paper="A3", orientation="landscape", title="Şehir içi: ĞÜİÖÇ ığüşöç")
    page = pypdf.PdfReader(io.BytesIO(document)).pages[0]
    assert [round(float(side) / MM, 1) for side in page.mediabox[2:]] == [420.0, 297.0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    descriptors = [font.get("/FontDescriptor") or font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert all("/FontFile2" in descriptor.get_object() for descriptor in descriptors)
    said = words_of(document)
    assert "Şehir içi: ĞÜİÖÇ ığüşöç" in said.replace("\n", " ")


def test_a_sheet_says_scale_publish_system_names_and_coordinates(client, printed):
    said = words_of(printed(client, note="Toplantı için", author="Ayşe"))
    for words in ("12/3", "12/4", "Gül Sokağı", "Ölçek 1:1.000", "EPSG:5253", "numaralı yayın", "Parseller", "Ayşe"):
        assert words in said
    assert "Y 500000" in said
    assert "X 4250000" in said


def test_a_turned_sheet_shows_east_where_it_was_turned_from(client, printed):
    """With east up on the paper, the eastern parcel lies 40 m above the western."""
    west, east = sorted(parcels_on(printed(client, layers=["parcels"], rotation=90), 1000), key=lambda one: one[1])
    assert east[1] - west[1] == pytest.approx(40, abs=0.04)
    assert east[0] == pytest.approx(west[0], abs=0.04)


def test_a_series_covers_its_ground_with_overlap(client, printed):
    west, south = lonlat(-150, -150)
    east, north = lonlat(150, 200)
    series = {"bbox": [west, south, east, north], "overlap_mm": 10}
    document = printed(client, series=series)
    reader = pypdf.PdfReader(io.BytesIO(document))
    assert len(reader.pages) == 4
    assert "Pafta 4 / 4" in words_of(document)


def test_an_atlas_has_a_sheet_about_each_feature(client, printed):
    found = client.get("/api/collections/parcels/items?f=json").get_json()["features"]
    atlas = {"layer": "parcels", "uids": [feature["id"] for feature in found]}
    document = printed(client, atlas=atlas, scale=None)
    assert len(pypdf.PdfReader(io.BytesIO(document)).pages) == 2
    assert words_of(document).count("Ölçek 1:200") == 2


def test_a_picture_prints_at_the_same_scale(client, printed):
    picture = Image.open(io.BytesIO(printed(client, format="png", dpi=100)))
    assert picture.format == "PNG"
    assert abs(picture.width - 210 / 25.4 * 100) <= 1
    assert abs(picture.info["dpi"][0] - 100) < 0.1


def test_what_somebody_has_drawn_is_printed_with_its_words(client, printed):
    drawn = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "LineString", "coordinates": [lonlat(0, 80), lonlat(50, 80)]},
                "properties": {"stroke": "#123456", "label": "Öneri yol"},
            }
        ],
    }
    assert "Öneri yol" in words_of(printed(client, drawings=drawn))


def test_the_past_is_printed_as_it_was(client, printed, town):
    then = client.get("/api/epoch").get_json()["epoch"]
    publish_parcels(town, WEST, {"c": square(10, 0)}, retire=["a"])
    assert "12/3" not in words_of(printed(client))
    past = words_of(printed(client, epoch=then))
    assert "12/3" in past
    assert "Geçmiş durum" in past


def test_pipes_are_printed_for_planners_only(client, known, town, printed):
    publish(town, EAST, {"water_lines": [{"ref": "w", "feature_class": "main", "geom": line((0, 20), (80, 20))}]})
    refused = order(client, layers=["water_lines"])
    assert refused.status_code == 400
    assert "water_lines" not in refused.get_json()["detail"].partition("There are")[2]
    title = Registry.of_folder()["water_lines"].title.in_language("tr")
    assert title in words_of(printed(known("planner"), layers=["water_lines"]))


def test_anothers_print_is_not_to_be_had(client, known, town):
    ordered = order(known("planner"))
    assert client.get(ordered.headers["Location"]).status_code == 404


def test_an_order_can_be_taken_back(client, town):
    ordered = order(client)
    where = ordered.headers["Location"]
    assert client.get(f"{where}/file").status_code == 503
    assert client.delete(where).status_code == 204
    worked_off(town, ordered.get_json()["id"])
    assert client.get(where).status_code == 404


def test_large_paper_is_for_people_who_have_known(client, known, town):
    refused = order(client, paper="A0")
    assert refused.status_code == 400
    assert "Sign in" in refused.get_json()["detail"]
    assert order(known("planner"), paper="A0").status_code == 202


@pytest.mark.parametrize(
    ("wishes", "names"),
    [
        ({"scale": 0}, "scale"),
        ({"scale": "1e400"}, "scale"),
        ({"center": [500, 0]}, "center"),
        ({"center": [2.3, 48.8]}, "center"),
        ({"paper": "A9"}, "paper"),
        ({"layers": ["nothing"]}, "layers"),
        ({"layers": [{"id": "parcels", "opacity": 7}]}, "layers"),
        ({"titel": "x"}, "titel"),
        ({"view": "//evil.example/"}, "view"),
        ({"view": "javascript:alert(1)"}, "view"),
        ({"drawings": {"features": [{"geometry": None, "properties": {}}]}}, "drawings"),
        (
            {"drawings": {"features": [{"geometry": {"type": "Point", "coordinates": [999, 1]}, "properties": {}}]}},
            "drawings",
        ),
        ({"series": {"bbox": [26.9, 38.0, 27.3, 38.6]}}, "series"),
        ({"atlas": {"layer": "parcels", "uids": ["x"]}}, "atlas"),
    ],
)
def test_a_wish_that_cannot_be_met_is_named(client, town, wishes, names):
    reply = order(client, **wishes)
    assert reply.status_code == 400
    assert reply.get_json()["parameter"] == names
