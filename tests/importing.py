"""Sending files as a district does, against a real database."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from sqlalchemy import text

from importers.pipeline import Checked, Failed, check
from layers.core import review
from layers.core.inbox import Quota, Receipt, Sending, receive
from layers.core.profile import Profile, load_profile
from layers.core.publish import Published
from layers.core.registry import Registry
from layers.core.store import WORKER, Actor, Store
from tests.worlds import WEST, square

TEST_PROFILE = Path(__file__).parent / "data/profiles/test.toml"
DEPARTMENT = Actor("department")


@dataclass(frozen=True)
class Desk:
    """Everything between a district's file and the map."""

    store: Store
    registry: Registry
    profile: Profile

    def receive(self, name: str, content: bytes, **more: Any) -> Receipt:
        """Hand the bytes in, as an editor of the district unless somebody else is named."""
        said = {"district_id": WEST, "layer_id": "parcels", **more}
        actor = said.pop("actor", Actor("editor", said["district_id"]))
        quota = Quota(said.pop("limit_bytes", 10**9))
        with self.store.writing(actor) as connection:
            return receive(connection, Sending(filename=name, **said), io.BytesIO(content), quota)

    def send(self, name: str, content: bytes, **more: Any) -> Checked | Failed:
        """Receive and check."""
        receipt = self.receive(name, content, **more)
        with self.store.writing(WORKER) as connection:
            return check(connection, self.registry, self.profile, receipt.upload_id)

    def send_features(self, features: Iterable[Mapping[str, Any]], srid: int | None = None, **more: Any) -> Checked:
        """Send GeoJSON in the storage CRS; it has to be understood."""
        outcome = self.send("edits.geojson", geojson(features, srid or self.profile.storage_srid), **more)
        assert isinstance(outcome, Checked), outcome
        return outcome

    def publish(self, outcome: Checked, *, leave_out_refused: bool = False) -> Published:
        """Submit, accept and publish."""
        with self.store.writing(DEPARTMENT) as connection:
            review.submit(connection, DEPARTMENT, outcome.changeset_id, leave_out_refused=leave_out_refused)
            review.accept(connection, DEPARTMENT, outcome.changeset_id)
            return review.publish_now(connection, self.registry, DEPARTMENT, outcome.changeset_id)

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What the department sees."""
        with self.store.reading(DEPARTMENT) as connection:
            return list(connection.execute(text(statement), values))

    def rules(self, outcome: Checked) -> list[tuple[str, str, int | None]]:
        """Rule, severity and line of each finding."""
        found = self.rows(
            "SELECT rule, severity, line FROM inbox.finding WHERE upload_id = :id ORDER BY line NULLS FIRST, rule",
            id=outcome.upload_id,
        )
        return [tuple(row) for row in found]

    def changes(self, outcome: Checked) -> list[tuple[str, str]]:
        """Kind and ref of each change."""
        found = self.rows(
            "SELECT kind, ref FROM inbox.change WHERE changeset_id = :id ORDER BY ref, kind", id=outcome.changeset_id
        )
        return [tuple(row) for row in found]

    def texts(self, outcome: Checked, rule: str, language: str = "en") -> list[str]:
        """The sentences of one rule."""
        found = self.rows(
            "SELECT facts #>> ARRAY['text', :language] FROM inbox.finding "
            "WHERE upload_id = :id AND rule = :rule ORDER BY line NULLS FIRST, id",
            id=outcome.upload_id,
            rule=rule,
            language=language,
        )
        return [row[0] for row in found]


@contextmanager
def open_desk(database: Any, profile_path: Path = TEST_PROFILE) -> Iterator[Desk]:
    """A desk on this test's database."""
    store = Store(database.worker, pool_size=2)
    try:
        yield Desk(store, Registry.of_folder(), load_profile(profile_path))
    finally:
        store.close()


def parcel(ref: str, column: float, row: float, width: float = 20.0, **more: Any) -> dict[str, Any]:
    """A parcel-sized square as a feature."""
    return feature(ref, square(column, row, width), **more)


def feature(ref: str | None, wkt: str | None, **more: Any) -> dict[str, Any]:
    """One line of a file of parcels."""
    named = {} if ref is None else {"ref": ref}
    number = (ref or "0").rpartition("-")[2]
    properties = {**named, "ada": "1", "parsel": number, **more}
    shape = None if wkt is None else json.loads(shapely.to_geojson(shapely.from_wkt(wkt)))
    return {"type": "Feature", "properties": properties, "geometry": shape}


def geojson(features: Iterable[Mapping[str, Any]], srid: int = 4326) -> bytes:
    """A feature collection that names its coordinate system."""
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{srid}"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": list(features)}).encode()


def publish_boundary(desk: Desk, district_id: int, columns: float, rows: float, west: float = 0) -> None:
    """Publish the district's outline over so many squares."""
    x, y = 500_000 + west * 20, 4_250_000
    outline = shapely.box(x, y, x + columns * 20, y + rows * 20).wkt
    properties = {"ref": str(district_id), "name": f"District {district_id}"}
    made = {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(shapely.from_wkt(outline))),
    }
    desk.publish(desk.send_features([made], district_id=district_id, layer_id="districts"))
