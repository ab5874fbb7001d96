"""Promise 1: nobody ever sees half of a publish."""

import threading

from tests.web.test_tiles import GZIP, features, tile_of
from tests.worlds import WEST, publish_parcels, square

PUBLISHES = 12
PARCELS = 8


def generation(number: int) -> dict[str, str]:
    return {f"g{number}-{n}": square(n, 0) for n in range(PARCELS)}


def generation_of(refs) -> int:
    """The one generation that all refs belong to."""
    seen = {int(ref.split("-")[0][1:]) for ref in refs}
    assert len(seen) == 1, f"old and new mixed: {sorted(refs)}"
    assert len(set(refs)) == PARCELS
    return seen.pop()


def test_readers_during_publishes_see_all_of_one_publish_and_never_less_than_before(app, client, database):
    epochs = {publish_parcels(database, WEST, generation(0)): 0}
    z, x, y = tile_of(client, database, "g0-0")
    done = threading.Event()
    troubles: list[BaseException] = []
    looks = []

    def read() -> None:
        caller = app.test_client()
        least = 0
        try:
            while not done.is_set():
                page = caller.get("/api/collections/parcels/items")
                seen = generation_of([f["properties"]["ref"] for f in page.get_json()["features"]])
                assert seen >= least, "an older state came back"
                epoch = int(page.headers["Gis-Epoch"])
                tile = caller.get(f"/tiles/parcels/{z}/{x}/{y}?v={epoch}", headers=GZIP)
                drawn = generation_of(features(tile))
                assert drawn >= seen, "the tile is behind the features"
                least = drawn
                looks.append(drawn)
        except BaseException as trouble:
            troubles.append(trouble)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(1, PUBLISHES + 1):
        epochs[publish_parcels(database, WEST, generation(number), retire=generation(number - 1))] = number
    done.set()
    for reader in readers:
        reader.join(timeout=30)
    assert not troubles, troubles[0]
    assert len(looks) > PUBLISHES
    assert len(set(looks)) > 1, "the readers never met a publish"
