"""The whole chain on the real parcels of a town, under a profile of another country."""

import copy
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from sqlalchemy import func, select

from layers.core.profile import load_profile
from layers.core.profile_store import apply_profile
from layers.core.versions import rows_of
from tests.importing import Desk, open_desk

ROOT = Path(__file__).parents[2]
PROFILE = ROOT / "profiles/epinay.toml"
PARCELS = ROOT / "demo/data/epinay/cadastre-91216-parcelles.json"
DISTRICT = 91216
SPLIT, JOINED = "91216000AB0026", ("91216000AD0016", "91216000AD0017")
MOVED = "91216000AB0038"
"""Has open ground to its north: three metres that way it covers no neighbour."""

TO_METRES = Transformer.from_crs(4326, 2154, always_xy=True)
TO_DEGREES = Transformer.from_crs(2154, 4326, always_xy=True)


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    apply_profile(database.owner, load_profile(PROFILE))
    with open_desk(database, PROFILE) as opened:
        yield opened


@pytest.fixture
def town() -> dict:
    return json.loads(PARCELS.read_text())


def send(desk: Desk, town: dict, *, is_whole_state: bool = False):
    content = json.dumps(town).encode()
    return desk.send("parcels.json", content, district_id=DISTRICT, is_whole_state=is_whole_state)


def test_every_real_parcel_is_accounted_for_and_published(desk, town):
    outcome = send(desk, town)
    counts = outcome.report["counts"]
    assert counts["records"] == len(town["features"]) == 4241
    assert counts["inserted"] == 4241
    assert counts["inserted"] + counts["updated"] + counts["unchanged"] + counts["refused"] == counts["records"]
    found = Counter(rule for rule, _, _ in desk.rules(outcome))
    assert found == {
        "district_boundary_known": 1,
        "registered_area_present": 1,
        # Faults that the published cadastre of the town really has; they warn and do not hold back.
        "wide_enough": 15,
        "corners_shared": 5,
        "no_spikes": 1,
    }
    assert desk.publish(outcome).inserted == 4241
    (published,) = desk.rows("SELECT count(*) AS n, sum(ST_Area(geom)) AS area FROM pool.parcels")
    assert published.n == 4241
    assert published.area == pytest.approx(total_area(town), abs=5)
    assert outcome.report["area"]["m2_after"] == pytest.approx(published.area, abs=0.1)


def test_an_edited_town_sent_whole_brings_exactly_its_edits(desk, town):
    first = desk.publish(send(desk, town))
    before = everything(desk, None)
    outcome = send(desk, edited(town), is_whole_state=True)
    assert outcome.report["findings"]["refusal"] == 0, desk.rules(outcome)
    counts = outcome.report["counts"]
    assert (counts["inserted"], counts["updated"], counts["retired"]) == (3, 11, 3)
    assert counts["unchanged"] == counts["records"] - 14
    told = outcome.report["operations"]
    sure = {operation["kind"]: operation["parents"] for operation in told if operation["is_sure"]}
    assert [operation["kind"] for operation in told if not operation["is_sure"]] == ["correction"]
    assert sure == {"subdivision": [SPLIT], "amalgamation": sorted(JOINED)}

    published = desk.publish(outcome)
    assert (published.inserted, published.updated, published.retired) == (3, 11, 3)
    assert everything(desk, first.epoch) == before
    (kept,) = desk.rows("SELECT count(*) AS n FROM history.parcels WHERE epoch_to = :epoch", epoch=published.epoch)
    assert kept.n == 14
    (lineage,) = desk.rows("SELECT count(*) AS n FROM pool.kinship WHERE epoch = :epoch", epoch=published.epoch)
    assert lineage.n == 4


def test_the_same_town_again_changes_nothing(desk, town):
    desk.publish(send(desk, town))
    outcome = send(desk, town, is_whole_state=True)
    assert outcome.report["counts"]["unchanged"] == 4241
    assert desk.changes(outcome) == []


def edited(town: dict) -> dict:
    """One parcel split, two joined, one moved by 3 m, ten attributes changed, the rest untouched."""
    changed = copy.deepcopy(town)
    features = {feature["id"]: feature for feature in changed["features"]}
    whole = features.pop(SPLIT)
    for number, half in enumerate(halves(in_metres(whole)), start=9001):
        features[f"new-{number}"] = renamed(whole, f"91216000AB{number}", half)
    joined = [features.pop(ref) for ref in JOINED]
    union = shapely.union_all([in_metres(part) for part in joined])
    features["joined"] = renamed(joined[0], "91216000AB9003", union)
    moved = features[MOVED]
    moved["geometry"] = in_degrees(shapely.transform(in_metres(moved), lambda points: np.add(points, [0, 3])))
    for ref in sorted(ref for ref in features if ref > "91216000AC")[:10]:
        features[ref]["properties"]["contenance"] = 1
    return {**changed, "features": list(features.values())}


def renamed(feature: dict, ref: str, shape) -> dict:
    properties = {**feature["properties"], "id": ref, "numero": ref[-4:]}
    return {**feature, "id": ref, "properties": properties, "geometry": in_degrees(shape)}


def halves(shape):
    west, south, east, north = shape.bounds
    middle = shape.centroid.x
    return [shape & shapely.box(west, south, middle, north), shape & shapely.box(middle, south, east, north)]


def in_metres(feature: dict):
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    return shapely.transform(shape, lambda x, y: TO_METRES.transform(x, y), interleaved=False)


def in_degrees(shape) -> dict:
    moved = shapely.transform(shape, lambda x, y: TO_DEGREES.transform(x, y), interleaved=False)
    return json.loads(shapely.to_geojson(moved))


def total_area(town: dict) -> float:
    return sum(in_metres(feature).area for feature in town["features"])


def everything(desk: Desk, as_of: int | None) -> list[tuple]:
    rows = rows_of(desk.registry["parcels"], as_of)
    with desk.store.reading() as connection:
        shown = select(rows.c.ref, rows.c.version, rows.c.registered_area_m2, func.ST_AsBinary(rows.c.geom))
        return [(*row[:3], bytes(row[3])) for row in connection.execute(shown.order_by(rows.c.ref))]
