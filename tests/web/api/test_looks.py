"""A file of one's own on the map: opened, placed, told as GeoJSON, and kept nowhere."""

import io
import json

import ezdxf
import pytest
import shapely
from pyproj import Transformer

from tests.geodata import NAMES, SOUTH, WEST, parcels
from tests.worlds import WEST as WEST_DISTRICT
from tests.worlds import publish_parcels, square

LOOKS = "/api/looks?lang=en"


def look(client, *files: tuple[bytes, str], **form: str):
    """As the map sends them."""
    sent = [(io.BytesIO(content), name) for content, name in files]
    return client.post(LOOKS, data={"file": sent, **form}, content_type="multipart/form-data")


@pytest.fixture
def drawing(tmp_path) -> bytes:
    """Two squares of the storage system's numbers, and nothing that says so."""
    document = ezdxf.new("R2010")
    for number in range(2):
        x = WEST + 20 * number
        corners = [(x, SOUTH), (x + 20, SOUTH), (x + 20, SOUTH + 20), (x, SOUTH + 20)]
        document.modelspace().add_lwpolyline(corners, close=True, dxfattribs={"layer": "PARSEL"})
    document.saveas(tmp_path / "a.dxf")
    return (tmp_path / "a.dxf").read_bytes()


def in_metres(geometry: dict) -> shapely.Geometry:
    to_storage = Transformer.from_crs(4326, 5253, always_xy=True)
    return shapely.transform(shapely.geometry.shape(geometry), to_storage.transform, interleaved=False)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.gpkg", lambda path: parcels().to_file(path, layer="a")),
        ("a.geojson", lambda path: parcels().to_crs(4326).to_file(path)),
        ("a.kml", lambda path: parcels().to_crs(4326).to_file(path, driver="LIBKML")),
        ("a.fgb", lambda path: parcels().to_file(path)),
    ],
)
def test_a_file_that_says_where_it_lies_is_shown_there(client, tmp_path, name, write):
    write(tmp_path / name)
    told = look(client, ((tmp_path / name).read_bytes(), name)).get_json()
    (layer,) = told["layers"]
    assert layer["count"] == len(layer["features"]) == len(NAMES)
    by_name = {feature["properties"]["mahalle"]: feature for feature in layer["features"]}
    assert sorted(by_name) == sorted(NAMES)
    first = shapely.box(WEST, SOUTH, WEST + 20, SOUTH + 20)
    assert in_metres(by_name[NAMES[0]]["geometry"]).hausdorff_distance(first) < 0.002


def test_the_files_of_a_shapefile_come_as_they_are(client, tmp_path):
    parcels().to_file(tmp_path / "a.shp", encoding="UTF-8")
    files = [(path.read_bytes(), path.name) for path in sorted(tmp_path.iterdir())]
    (layer,) = look(client, *files).get_json()["layers"]
    assert layer["features"][1]["properties"]["mahalle"] == NAMES[1]


def test_a_drawing_without_a_system_is_offered_with_reasons_and_shown_where_it_is_chosen(client, database, drawing):
    publish_parcels(database, WEST_DISTRICT, {"w-1": square(0, 0), "w-2": square(1, 0)})
    told = look(client, (drawing, "a.dxf")).get_json()
    assert told["layers"] == []
    assert "Choose the place" in told["says"]
    best = told["places"][0]
    assert best["crs"] == "5253"
    assert "100 % of the corners fall on corners of published features." in best["why"]
    chosen = look(client, (drawing, "a.dxf"), crs=best["crs"]).get_json()
    (layer,) = chosen["layers"]
    assert in_metres(layer["features"][0]["geometry"]).area == pytest.approx(400, abs=0.01)


def test_who_has_seen_the_places_may_choose_one_that_fits_less(client, database, drawing):
    publish_parcels(database, WEST_DISTRICT, {"w-1": square(0, 0), "w-2": square(1, 0)})
    chosen = look(client, (drawing, "a.dxf"), crs="2319").get_json()
    published = shapely.box(WEST, SOUTH, WEST + 20, SOUTH + 20)
    assert in_metres(chosen["layers"][0]["features"][0]["geometry"]).distance(published) > 50
    assert "2319" in chosen["system"]
    assert [place["crs"] for place in chosen["places"]] == ["5253", "2319!"]


def test_a_list_is_shown_as_points_and_a_list_of_corners_as_outlines(client):
    trees = "\n".join(["Y;X;Ad", *(f"{WEST + n};{SOUTH + n};Ağaç {n}" for n in range(5))])
    (points,) = look(client, (trees.encode(), "trees.csv"), crs="5253").get_json()["layers"]
    assert [feature["properties"] for feature in points["features"]] == [{"Ad": f"Ağaç {n}"} for n in range(5)]
    corners = ((0, 0), (20, 0), (20, 20), (0, 20))
    plots = [f"{WEST + 20 * n + x};{SOUTH + y};{n}" for n in range(2) for x, y in corners]
    (outlines,) = look(client, ("\n".join(["Y;X;Parsel", *plots]).encode(), "plots.csv"), crs="5253").get_json()[
        "layers"
    ]
    assert [in_metres(feature["geometry"]).area for feature in outlines["features"]] == [
        pytest.approx(400, abs=0.01)
    ] * 2


def test_nothing_of_it_is_kept(client, database, drawing):
    look(client, (drawing, "a.dxf"), crs="5253")
    from layers.core.store import Store

    store = Store(database.owner)
    with store.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM inbox.upload").scalar_one() == 0
    store.close()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.gpkg", "The file is empty"),
        (b"no such thing" * 100, "a.bin", "in no format that is read here"),
        (b"SQLite format 3\0" + b"\1" * 5000, "a.gpkg", "cannot be read"),
        (json.dumps({"type": "FeatureCollection", "features": []}).encode(), "a.geojson", "no feature"),
        (b"ref;name\n1;a\n", "a.csv", "no shapes"),
    ],
    ids=["empty", "unknown", "broken", "nothing inside", "no shapes"],
)
def test_what_cannot_be_shown_is_a_sentence(client, content, name, says):
    reply = look(client, (content, name))
    assert reply.status_code == 422
    assert says in reply.get_json()["detail"]


def test_a_file_of_another_country_is_a_sentence(client):
    elsewhere = {"type": "Point", "coordinates": [2.35, 48.85]}
    feature = {"type": "Feature", "properties": {}, "geometry": elsewhere}
    sent = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    reply = look(client, (sent, "paris.geojson"))
    assert reply.status_code == 422
    assert "does not lie in the area of this service" in reply.get_json()["detail"]


def test_a_file_that_is_too_large_is_refused_with_the_limit(client):
    reply = client.post(LOOKS, data=b"0" * 31_000_000, content_type="multipart/form-data; boundary=x")
    assert reply.status_code == 413
    assert "30 MB" in reply.get_json()["detail"]


def test_a_nonsense_system_is_told(client, drawing):
    reply = look(client, (drawing, "a.dxf"), crs="nowhere")
    assert (reply.status_code, reply.get_json()["parameter"]) == (400, "crs")
