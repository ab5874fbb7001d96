"""The real parcels of a town out of the service again: features, tiles and history."""

import gzip
import json

import mapbox_vector_tile
import numpy as np
import pytest
import shapely

from tests.application import serving
from tests.db.test_epinay import JOINED, PROFILE, SPLIT, TO_METRES, desk, edited, send, total_area, town
from tests.web.test_tiles import tile_of

__all__ = ["desk", "town"]
UNION = "91216000AB9003"


@pytest.fixture
def client(desk, database, tmp_path):
    with serving(database, tmp_path, PROFILE) as application:
        yield application.test_client()


def everything(client, query: str = "") -> dict[str, dict]:
    """Every feature by ref, page by page."""
    found, address = {}, f"/api/collections/parcels/items?limit=1000{query}"
    while address:
        page = client.get(address).get_json()
        found |= {feature["properties"]["ref"]: feature for feature in page["features"]}
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    return found


def area_m2(features: dict[str, dict]) -> float:
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features.values()])
    metres = shapely.transform(shapes, lambda points: np.column_stack(TO_METRES.transform(*points.T)))
    return float(shapely.area(metres).sum())


def drawn(client, place: tuple[int, int, int], query: str) -> set[str]:
    z, x, y = place
    answer = client.get(f"/tiles/parcels/{z}/{x}/{y}?{query}", headers={"Accept-Encoding": "gzip"})
    tile = mapbox_vector_tile.decode(gzip.decompress(answer.data))
    return {feature["properties"]["ref"] for feature in tile["parcels"]["features"]}


def test_the_whole_town_comes_out_as_it_went_in_and_an_edit_shows_everywhere(client, desk, town, database):
    first = desk.publish(send(desk, town))
    before = everything(client)
    assert len(before) == 4241
    assert area_m2(before) == pytest.approx(total_area(town), abs=5)
    place = tile_of(client, database, SPLIT)
    drawn_before = drawn(client, place, f"v={first.epoch}")
    assert SPLIT in drawn_before

    second = desk.publish(send(desk, edited(town), is_whole_state=True))
    after = everything(client)
    assert set(before) - set(after) == {SPLIT, *JOINED}
    assert set(after) - set(before) == {"91216000AB9001", "91216000AB9002", UNION}
    assert sum(before[ref] != after[ref] for ref in before.keys() & after.keys()) == 11
    halves = {"91216000AB9001", "91216000AB9002"}
    assert drawn(client, place, f"v={second.epoch}") - {UNION} == drawn_before - {SPLIT, *JOINED} | halves

    assert everything(client, f"&epoch={first.epoch}") == before
    assert drawn(client, place, f"epoch={first.epoch}") == drawn_before
    ended = client.get(f"/api/collections/parcels/items/{SPLIT}")
    assert {heir["ref"] for heir in ended.get_json()["successors"]} == halves
