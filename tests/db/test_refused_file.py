"""Only what was wrong is sent again."""

from collections.abc import Iterator
from tempfile import NamedTemporaryFile

import geopandas
import pytest
import shapely

from importers.pipeline import Checked
from importers.refused import BATCH
from layers.core.declared_crs import DeclaredCrs
from layers.core.refused_file import refused_file, refused_file_bytes
from tests.importing import DEPARTMENT, Desk, feature, geojson, open_desk, parcel
from tests.worlds import square

NUMBER = "10000000146"
PERSON = "Somebody Unlikely"
CROSSED = "POLYGON((500000 4250040, 500020 4250060, 500020 4250040, 500000 4250060, 500000 4250040))"
SWAPPED = DeclaredCrs(5253, is_swapped=True)
SOUND = shapely.box(500_000, 4_250_040, 500_020, 4_250_060)


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def refused(desk: Desk, outcome: Checked) -> bytes:
    with desk.store.reading(DEPARTMENT) as connection:
        return b"".join(refused_file(connection, outcome.upload_id))


def opened(content: bytes) -> geopandas.GeoDataFrame:
    with NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(content)
        file.flush()
        return geopandas.read_file(file.name)


def packed(rows: geopandas.GeoDataFrame, path) -> bytes:
    rows.to_file(path, driver="GPKG")
    return path.read_bytes()


def test_what_was_refused_is_corrected_sent_again_and_accepted_and_nothing_else_is_touched(desk, tmp_path):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 3, 0)]), leave_out_refused=True)
    sent = [parcel("w-1", 0, 0, 21), feature("w-7", CROSSED, note="köşe", malik="Ayşe Gül"), parcel("w-8", 5, 5)]
    outcome = desk.send_features(sent)
    assert outcome.report["counts"]["refused"] == 1
    desk.publish(outcome, leave_out_refused=True)

    rows = opened(refused(desk, outcome))
    assert list(rows.ref) == ["w-7"]
    assert list(rows.note) == ["köşe"]
    assert "malik" not in rows.columns
    assert desk.texts(outcome, "geometry_valid", "tr")[0] in rows.finding_tr[0]
    assert desk.texts(outcome, "geometry_valid", "en")[0] in rows.finding_en[0]
    assert rows.geometry[0].normalize().equals_exact(shapely.from_wkt(CROSSED).normalize(), 1e-6)

    rows.geometry = [SOUND]
    again = desk.send("again.gpkg", packed(rows, tmp_path / "again.gpkg"))
    assert isinstance(again, Checked), again
    counts = again.report["counts"]
    assert (counts["records"], counts["inserted"], counts["refused"], counts["retired"]) == (1, 1, 0, 0)
    assert desk.changes(again) == [("insert", "w-7")]
    desk.publish(again)
    published = desk.rows("SELECT ref FROM pool.parcels ORDER BY ref")
    assert [row.ref for row in published] == ["w-1", "w-2", "w-7", "w-8"]


def test_a_file_that_is_all_right_leaves_no_such_file(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    with desk.store.reading(DEPARTMENT) as connection:
        assert refused_file_bytes(connection, outcome.upload_id) == 0


def test_a_second_check_leaves_one_file_and_not_two(desk):
    sent = geojson([feature("w-7", CROSSED)], 5253)
    outcome = desk.send("crossed.geojson", sent)
    first = refused(desk, outcome)
    assert desk.send("crossed.geojson", sent).upload_id == outcome.upload_id
    assert len(refused(desk, outcome)) == len(first)


def test_columns_of_any_name_and_values_of_any_kind_come_back(desk):
    odd = {"fid": 12, "geom": "düz", "GEOM": "yüksek", "gis": 3.5, "mixed": "x", "finding_tr": "old"}
    plain = {**odd, "mixed": 7}
    outcome = desk.send_features([feature("w-7", CROSSED, **odd), feature("w-8", None, **plain)])
    rows = opened(refused(desk, outcome))
    assert len(rows) == outcome.report["counts"]["refused"] == 2
    assert list(rows.fid) == [12, 12]
    assert list(rows.geom) == ["düz", "düz"]
    assert list(rows.mixed) == ["x", "7"]
    assert "old" not in set(rows.finding_tr)


def test_axes_that_were_swapped_come_back_as_the_system_defines_them(desk):
    desk.publish(desk.send_features([parcel(f"w-{n}", n, 0) for n in range(1, 6)]), leave_out_refused=True)

    def swapped(wkt: str) -> str:
        return shapely.transform(shapely.from_wkt(wkt), lambda points: points[:, ::-1]).wkt

    sent = [feature(f"w-{n}", swapped(square(n, 0))) for n in range(1, 6)]
    outcome = desk.send("s.geojson", geojson([*sent, feature("w-7", swapped(CROSSED))], 5253), declared_crs=SWAPPED)
    assert isinstance(outcome, Checked), outcome
    rows = opened(refused(desk, outcome))
    assert rows.crs.to_epsg() == 5253
    assert rows.total_bounds.tolist() == [500_000, 4_250_040, 500_020, 4_250_060]


def test_sent_back_as_the_whole_state_it_still_may_not_cover_its_neighbours(desk, tmp_path):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 3, 0)]))
    rows = opened(refused(desk, desk.send_features([feature("w-7", CROSSED)])))
    rows.geometry = [shapely.from_wkt(square(0.5, 0))]
    again = desk.send("again.gpkg", packed(rows, tmp_path / "again.gpkg"), is_whole_state=True)
    assert "overlaps_neighbour" in {rule for rule, _, _ in desk.rules(again)}


def test_sent_back_as_the_whole_state_it_ends_nothing_and_says_so(desk, tmp_path):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 3, 0)]))
    whole = [parcel("w-1", 0, 0), parcel("w-2", 3, 0), feature("w-7", CROSSED)]
    rows = opened(refused(desk, desk.send_features(whole, is_whole_state=True)))
    rows.geometry = [SOUND]
    again = desk.send("again.gpkg", packed(rows, tmp_path / "again.gpkg"), is_whole_state=True)
    assert desk.changes(again) == [("insert", "w-7")]
    assert again.report["counts"]["retired"] == 0
    assert "part_not_whole" in {rule for rule, _, _ in desk.rules(again)}


def test_nothing_about_a_person_is_in_it_and_what_is_published_survives_the_round_trip(desk, tmp_path):
    desk.publish(desk.send_features([parcel(f"w-{n}", n, 0, locality="Bağlar", alan=400) for n in range(1, 7)]))
    sent = [
        feature(
            f"w-{n}",
            CROSSED,
            locality=f"Ali {NUMBER}" if n == 3 else "Tepe",
            alan=int(NUMBER) if n == 4 else 400.25,
            malik=PERSON,
            weather=NUMBER,
        )
        for n in range(1, 7)
    ]
    content = refused(desk, desk.send_features(sent))
    assert NUMBER.encode() not in content
    assert PERSON.encode() not in content
    rows = opened(content)
    assert {"malik", "weather"}.isdisjoint(rows.columns)
    assert list(rows.locality) == ["Tepe", "Tepe", "•••", "Tepe", "Tepe", "Tepe"]

    rows.geometry = [shapely.from_wkt(square(n, 0, 18)) for n in range(1, 7)]
    again = desk.send("again.gpkg", packed(rows, tmp_path / "again.gpkg"))
    desk.publish(again)
    published = desk.rows("SELECT ref, locality, registered_area_m2 AS area FROM pool.parcels ORDER BY ref")
    assert {row.ref: row.locality for row in published} == {
        f"w-{n}": "Bağlar" if n == 3 else "Tepe" for n in range(1, 7)
    }
    assert {row.ref: float(row.area) for row in published} == {f"w-{n}": 400 if n == 4 else 400.25 for n in range(1, 7)}


def test_however_many_are_refused_each_says_why(desk):
    sent = [feature(f"w-{n}", None) for n in range(BATCH + 5)]
    outcome = desk.send_features(sent)
    rows = opened(refused(desk, outcome))
    assert list(rows.ref) == [f"w-{n}" for n in range(BATCH + 5)]
    assert rows.finding_tr.str.len().gt(0).all()
    assert rows.finding_en.str.len().gt(0).all()


def test_a_file_of_more_columns_than_the_format_takes_keeps_those_that_are_understood(desk):
    wide = feature("w-7", CROSSED, **{f"x{n}": n for n in range(2_500)}, sheet_no="L18")
    rows = opened(refused(desk, desk.send_features([wide])))
    assert (rows.ref[0], rows.sheet_no[0], rows.parsel[0]) == ("w-7", "L18", "7")


@pytest.mark.parametrize(
    "header", ["", " ", 'a"b', "a'b", "); DROP TABLE x; --", "gis_geom", "GIS_FID", "İ\x01ş", "\ud800"]
)
def test_a_column_of_any_name_is_no_trouble(desk, header):
    outcome = desk.send_features([feature("w-7", CROSSED, **{header: "a\x00b"})])
    assert list(opened(refused(desk, outcome)).ref) == ["w-7"]
