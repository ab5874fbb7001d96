"""Laws of tiles: after any sequence of publishes, what is kept equals what would be made from scratch."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.core.store import WORKER
from tests.edits import Drawn, Editor, open_editor
from tests.jagged import area, block
from tests.truth import kept_shapes, shapes_from_scratch, stale_tiles
from tests.worlds import EAST, WEST

ROWS, COLUMNS = 3, 6
CORNER = {WEST: -6, EAST: 0}
"""The column at which a district begins; the two meet where tiles do."""
SOUTH = -1
PUBLISHED = {
    "parcels": "SELECT ref, ST_AsText(geom) AS wkt, jsonb_build_object('block_no', block_no, 'parcel_no', parcel_no) "
    "AS columns FROM pool.parcels WHERE district_id = :district",
    "neighbourhoods": "SELECT ref, ST_AsText(geom) AS wkt, jsonb_build_object('name', name) AS columns "
    "FROM pool.neighbourhoods WHERE district_id = :district",
}


@dataclass(frozen=True)
class Row:
    """A row of cells cut into parcels; a block of None is open ground."""

    cuts: frozenset[int]
    blocks: tuple[str | None, ...]


@dataclass(frozen=True)
class City:
    """Everything that is published."""

    rows: tuple[tuple[tuple[int, int], Row], ...]
    """By district and number from the south."""
    borders: tuple[tuple[int, float], ...] = ((WEST, 3.3), (EAST, 3.3))
    """Where each district is divided into two neighbourhoods; none beyond its sides; the rest lies in none."""

    def parcels(self, district_id: int) -> dict[str, Drawn]:
        """The district's parcels by ref."""
        found = {}
        for (district, number), row in self.rows:
            if district != district_id:
                continue
            starts = [0, *sorted(row.cuts), COLUMNS]
            for start, end in pairwise(starts):
                if row.blocks[start] is not None:
                    shape = block(CORNER[district] + start, SOUTH + number, end - start)
                    columns = {"block_no": row.blocks[start], "parcel_no": str(start)}
                    found[f"{district}-{number}-{start}"] = Drawn(shape, columns)
        return found

    def neighbourhoods(self, district_id: int) -> dict[str, Drawn]:
        """The district's neighbourhoods by ref; the northern row has none."""
        west, border = CORNER[district_id], dict(self.borders)[district_id]
        sides = {"west": (0.0, min(border, COLUMNS)), "east": (max(border, 0.0), float(COLUMNS))}
        return {
            f"{district_id}-{name}": Drawn(area(west + start, SOUTH, west + end, SOUTH + 2), {"name": name})
            for name, (start, end) in sides.items()
            if start < end
        }


WHOLE = Row(frozenset(range(1, COLUMNS)), ("1", "1", "1", "2", "2", "2"))
FIRST = City(tuple(((district, number), WHOLE) for district in (WEST, EAST) for number in range(ROWS)))

rows = st.builds(
    Row,
    st.frozensets(st.integers(1, COLUMNS - 1)),
    st.tuples(*[st.sampled_from(["1", "2", "3", None])] * COLUMNS),
)
redivided = st.tuples(st.tuples(st.sampled_from([WEST, EAST]), st.integers(0, ROWS - 1)), rows)
redrawn = st.tuples(st.sampled_from([WEST, EAST]), st.sampled_from([-1.0, 1.7, 3.3, 4.6, 7.0]))
edits = st.lists(st.one_of(redivided, redivided, redivided, redrawn), min_size=1, max_size=4)


def edited(city: City, edit) -> City:
    """The city after one publish."""
    where, what = edit
    if isinstance(what, Row):
        return replace(city, rows=tuple((key, what if key == where else row) for key, row in city.rows))
    return replace(city, borders=tuple((key, what if key == where else border) for key, border in city.borders))


@pytest.fixture
def editor(database) -> Iterator[Editor]:
    with open_editor(database) as opened:
        for district, west in CORNER.items():
            boundary = Drawn(area(west, SOUTH - 0.5, west + COLUMNS, SOUTH + ROWS + 0.5), {"name": str(district)})
            opened.publish(district, "districts", {str(district): boundary})
        yield opened


def published(editor: Editor, layer_id: str, district_id: int) -> dict[str, Drawn]:
    """What the pool holds of a district."""
    rows = editor.rows(PUBLISHED[layer_id], district=district_id)
    return {row.ref: Drawn(row.wkt, row.columns) for row in rows}


def is_alike(wanted: Drawn, there: Drawn | None) -> bool:
    """True where nothing has to be published."""
    if there is None or wanted.columns != there.columns:
        return False
    return bool(shapely.equals_identical(shapely.from_wkt(wanted.wkt), shapely.from_wkt(there.wkt)))


def become(editor: Editor, city: City) -> None:
    """One publish for each district and layer that differs."""
    for district in (WEST, EAST):
        for layer_id, wanted in (
            ("neighbourhoods", city.neighbourhoods(district)),
            ("parcels", city.parcels(district)),
        ):
            there = published(editor, layer_id, district)
            put = {ref: drawn for ref, drawn in wanted.items() if not is_alike(drawn, there.get(ref))}
            retire = sorted(there.keys() - wanted.keys())
            if put or retire:
                editor.publish(district, layer_id, put, retire=retire)
                check(editor)


def check(editor: Editor) -> None:
    with editor.store.writing(WORKER) as connection:
        assert stale_tiles(connection, editor.registry) == []
        kept = kept_shapes(connection)
        made = shapes_from_scratch(connection, editor.registry)
    for name, rows in kept.items():
        assert rows == made[name], name


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(edits)
def test_whatever_is_published_tiles_and_kept_shapes_are_as_if_made_now(editor, sequence):
    city = FIRST
    become(editor, city)
    for edit in sequence:
        city = edited(city, edit)
        become(editor, city)
