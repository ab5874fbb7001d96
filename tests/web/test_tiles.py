"""Tiles as a map client meets them."""

import gzip

import mapbox_vector_tile
import pytest

from tests.worlds import WEST, publish_changes, publish_parcels, square


def tile_of(client, database, ref: str, zoom: int = 16) -> tuple[int, int, int]:
    """The tile that holds a parcel's first corner."""
    import math

    corner = client.get(f"/api/collections/parcels/items/{ref}").get_json()["geometry"]["coordinates"][0][0][0]
    lon, lat = corner[0] + 1e-5, corner[1] + 1e-5
    side = 1 << zoom
    x = int((lon + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    return zoom, x, y


def features(answer) -> dict[str, dict]:
    """What a tile draws, by ref."""
    body = gzip.decompress(answer.data) if answer.headers.get("Content-Encoding") == "gzip" else answer.data
    drawn = mapbox_vector_tile.decode(body)["parcels"]["features"]
    return {feature["properties"]["ref"]: feature for feature in drawn}


GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def world(client, database):
    epoch = publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    z, x, y = tile_of(client, database, "w-1")
    return f"/tiles/parcels/{z}/{x}/{y}", epoch


def test_a_published_parcel_is_in_its_tile(client, world):
    answer = client.get(world[0], headers=GZIP)
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert set(features(answer)) == {"w-1", "w-2"}


def test_who_cannot_gunzip_gets_the_tile_as_it_is(client, world):
    answer = client.get(world[0], headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in answer.headers
    assert set(features(answer)) == {"w-1", "w-2"}


def test_who_has_the_tile_is_not_sent_it_again(client, world):
    tag = client.get(world[0], headers=GZIP).headers["ETag"]
    again = client.get(world[0], headers={**GZIP, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_head_request_has_the_headers_and_no_body(client, world):
    answer = client.head(world[0], headers=GZIP)
    assert answer.status_code == 200
    assert answer.data == b""
    assert int(answer.headers["Content-Length"]) > 0


def test_nothing_drawn_is_no_content(client):
    assert client.get("/tiles/parcels/16/1/1").status_code == 204


@pytest.mark.parametrize("wrong", ["/tiles/nothing/16/1/1", "/tiles/parcels/3/1/1", "/tiles/parcels/16/99999/1"])
def test_a_tile_that_cannot_be_is_not_found(client, wrong):
    assert client.get(wrong).status_code == 404


def test_restricted_tiles_need_a_planner_and_stay_private(client, signed_in):
    assert client.get("/tiles/water_lines/16/1/1").status_code == 404
    answer = signed_in("planner").get("/tiles/water_lines/16/1/1")
    assert answer.status_code == 204
    assert "private" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_who_has_seen_a_publish_never_gets_an_older_tile(client, database, world):
    address, first = world
    assert set(features(client.get(f"{address}?v={first}", headers=GZIP))) == {"w-1", "w-2"}
    second = publish_parcels(database, WEST, {"w-3": square(2, 0)}, retire=("w-1",))
    assert set(features(client.get(f"{address}?v={second}", headers=GZIP))) == {"w-2", "w-3"}


def test_a_versioned_address_may_be_kept_for_ever_and_a_future_one_may_not(client, world):
    address, epoch = world
    assert "immutable" in client.get(f"{address}?v={epoch}", headers=GZIP).headers["Cache-Control"]
    assert "immutable" not in client.get(f"{address}?v={epoch + 5}", headers=GZIP).headers["Cache-Control"]


def test_a_former_epochs_tile_shows_what_was_there(client, database, world):
    address, first = world
    publish_parcels(database, WEST, {"w-3": square(2, 0)}, retire=("w-1",))
    assert set(features(client.get(f"{address}?epoch={first}", headers=GZIP))) == {"w-1", "w-2"}


def test_one_tile_holds_what_the_tiles_of_its_layers_hold(client, world):
    address, epoch = world
    joined = client.get(f"{address.replace('parcels', 'pool')}?v={epoch}", headers=GZIP)
    assert "immutable" in joined.headers["Cache-Control"]
    assert features(joined) == features(client.get(address, headers=GZIP))


def test_one_tile_of_a_former_day_holds_what_was_there(client, database, world):
    address, first = world
    publish_parcels(database, WEST, {"w-3": square(2, 0)}, retire=("w-1",))
    joined = client.get(f"{address.replace('parcels', 'pool')}?epoch={first}", headers=GZIP)
    assert set(features(joined)) == {"w-1", "w-2"}


def test_a_publish_leaves_no_touched_tile_behind(client, database, world):
    """Every stored tile equals a fresh render of the pool, also where something was taken away."""
    publish_changes(database, WEST, {"w-9": square(60, 3)}, retire=("w-2",))
    from layers.core.registry import Registry
    from layers.core.store import WORKER, Store
    from layers.core.tiles import TileAddress, render, stored_tile

    layer = Registry.of_folder()["parcels"]
    store = Store(database.web)
    with store.reading(WORKER) as connection:
        for zoom in layer.zooms:
            _, x, y = tile_of(client, database, "w-9", zoom)
            around = [TileAddress(zoom, x + dx, y + dy) for dx in range(-4, 3) for dy in range(-2, 3)]
            for address, fresh in render(connection, layer, around):
                assert stored_tile(connection, layer, address).body == fresh, address
    store.close()


def test_tilejson_leads_to_tiles_of_the_newest_epoch(client, world):
    described = client.get("/tiles/parcels.json").get_json()
    assert described["tilejson"] == "3.0.0"
    assert described["tiles"][0].endswith(f"/tiles/parcels/{{z}}/{{x}}/{{y}}?v={world[1]}")
    assert described["vector_layers"][0]["id"] == "parcels"
