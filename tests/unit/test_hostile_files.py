"""Files that mean harm, or whose programs went mad: a refusal in plain words or records that can be counted."""

import io
import json
import shutil
import socket
import sqlite3
import threading
import zipfile
from contextlib import contextmanager

import geopandas
import numpy as np
import pytest
import shapely

from importers.apart.room import ReadingRoom
from importers.broken import BrokenFile, NoShapes, UnknownFormat, UnsafeZip, ZipTooLarge
from importers.unpack import unpack
from tests.geodata import NAMES, only_source, parcels

BELONGS_TO_ANOTHER = "canary-5d1f"
SQL = "'); DROP TABLE pool.parcel; --"
GML = """<?xml version="1.0"?>{doctype}
<c:all xmlns:c="urn:x" xmlns:gml="http://www.opengis.net/gml" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {more}><gml:featureMember><c:parcel><c:ref>{ref}</c:ref>
<c:geom>{shape}</c:geom></c:parcel></gml:featureMember></c:all>"""
SHAPE = (
    '<gml:Polygon srsName="EPSG:5253"><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 9,0 9,9 0,0'
    "</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>"
)
KML = """<?xml version="1.0"?>{doctype}<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>a</name>{more}
<Placemark><name>{name}</name><Point><coordinates>27,38</coordinates></Point></Placemark></Document></kml>"""


@pytest.fixture
def room(tmp_path):
    (tmp_path / "room").mkdir()
    opened = ReadingRoom(tmp_path / "room")
    yield opened
    opened.close()


@pytest.fixture
def send(room):
    """All records of a file as it is sent, whatever its layers; BrokenFile where it is refused."""

    def sent(name, content, asked=None):
        folder = room.folder / str(len(list(room.folder.iterdir())))
        folder.mkdir()
        paths = unpack(name, [content], folder)
        source = only_source(room, paths, name, asked)
        records = list(source.records())
        assert len(records) == source.described.count
        return records

    return sent


@contextmanager
def listener():
    """A server of ours that counts who comes; nobody should."""
    came = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        ends = threading.Event()

        def wait():
            while not ends.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                came.append(connection)
                connection.close()

        thread = threading.Thread(target=wait)
        thread.start()
        yield server.getsockname()[1], came
        ends.set()
        thread.join()


def archive(members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return made.getvalue()


def said(records):
    """All that the records say, in one text."""
    return repr([(dict(record.attributes), record.geometry) for record in records])


def told(send, name, content, **more):
    """What a reader of the report may see, refusal or records."""
    try:
        return said(send(name, content, **more))
    except BrokenFile as broken:
        return " ".join((broken.sentence("tr"), broken.sentence("en")))


def canary(folder):
    (folder / "canary.txt").write_text(BELONGS_TO_ANOTHER)
    return folder / "canary.txt"


BOMB = "<!DOCTYPE b [<!ENTITY a0 'aaaaaaaaaa'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)


def test_entities_that_multiply_do_not(send):
    for name, content in (
        ("a.gml", GML.format(doctype=BOMB, more="", ref="&a11;", shape=SHAPE)),
        ("a.kml", KML.format(doctype=BOMB, more="", name="&a11;")),
    ):
        assert len(told(send, name, content.encode())) < 10_000


def test_an_entity_names_no_other_file(send, tmp_path):
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary(tmp_path)}">]>'
    for name, content in (
        ("a.gml", GML.format(doctype=doctype, more="", ref="&e;", shape=SHAPE)),
        ("a.kml", KML.format(doctype=doctype, more="", name="&e;")),
    ):
        assert BELONGS_TO_ANOTHER not in told(send, name, content.encode())


def test_links_and_schemas_of_xml_reach_nobody(send, tmp_path):
    with listener() as (port, came):
        there = f"http://127.0.0.1:{port}/a"
        link = f'<gml:Polygon xlink:href="{there}#p" srsName="{there}"/>'
        schema = f'xsi:schemaLocation="urn:x {there}.xsd" xsi:noNamespaceSchemaLocation="{there}.xsd"'
        network = f"<NetworkLink><Link><href>{there}.kml</href></Link></NetworkLink>"
        doctype = f'<!DOCTYPE x SYSTEM "{there}.dtd">'
        told(send, "a.gml", GML.format(doctype=doctype, more=schema, ref="1", shape=link).encode())
        told(send, "b.gml", GML.format(doctype="", more=schema, ref="1", shape=SHAPE).encode())
        told(send, "a.kml", KML.format(doctype=doctype, more=network, name="1").encode())
        collection = {"type": "FeatureCollection", "crs": {"type": "link", "properties": {"href": there}}}
        told(send, "a.geojson", json.dumps({**collection, "features": []}).encode())
    assert came == []


def test_a_link_to_another_file_of_the_machine_brings_nothing(send, tmp_path):
    (tmp_path / "other.gml").write_text(GML.format(doctype="", more="", ref=BELONGS_TO_ANOTHER, shape=SHAPE))
    link = f'<gml:Polygon xlink:href="file://{tmp_path}/other.gml#p"/>'
    schema = f'xsi:schemaLocation="urn:x {canary(tmp_path)}"'
    content = GML.format(doctype="", more=schema, ref="1", shape=link)
    assert BELONGS_TO_ANOTHER not in told(send, "a.gml", content.encode())


@pytest.mark.parametrize("name", ["a.vrt", "a.gpkg", "a.gml", "a.xml", "a.csv"])
def test_a_file_that_stands_for_others_is_not_followed(send, tmp_path, name):
    parcels().assign(ref=BELONGS_TO_ANOTHER).to_file(tmp_path / "other.gpkg")
    for source in (f"{tmp_path}/other.gpkg", "/vsicurl/http://127.0.0.1:9/a.gpkg"):
        virtual = (
            f"<OGRVRTDataSource><OGRVRTLayer name='other'><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer>"
            "</OGRVRTDataSource>"
        )
        assert BELONGS_TO_ANOTHER not in told(send, name, virtual.encode())


@pytest.mark.parametrize(
    "name",
    ["/vsicurl/http://127.0.0.1:9/a.gpkg", "/vsizip/../../a.zip/b.gpkg", "/vsistdin/", "GPKG:a.gpkg:b", "PG:dbname=x"],
)
def test_a_name_is_no_address(send, tmp_path, name):
    parcels().to_file(tmp_path / "a.gpkg")
    assert [record.attributes["mahalle"] for record in send(name, (tmp_path / "a.gpkg").read_bytes())] == list(NAMES)


def test_names_inside_an_archive_are_no_addresses(send, tmp_path):
    parcels().to_file(tmp_path / "a.gpkg")
    content = (tmp_path / "a.gpkg").read_bytes()
    assert len(send("a.zip", archive({"vsicurl/http%3A/a.gpkg": content, "vsizip/x.vrt": "<OGRVRTDataSource/>"}))) == 5
    with pytest.raises(UnsafeZip):
        send("a.zip", archive({"/vsicurl/http://127.0.0.1:9/a.gpkg": content}))


def test_a_seamless_table_reaches_no_other_table(send, tmp_path):
    """A TAB may be a list of other tables."""
    geopandas.GeoDataFrame({"ref": [BELONGS_TO_ANOTHER]}, geometry=[shapely.box(0, 0, 1, 1)], crs=5253).to_file(
        tmp_path / "other.tab", driver="MapInfo File"
    )
    frame = geopandas.GeoDataFrame(
        {"Table": [f"{tmp_path}/other.tab"], "Description": ["x"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=5253
    )
    frame.to_file(tmp_path / "list.tab", driver="MapInfo File")
    written = (tmp_path / "list.tab").read_text(encoding="latin-1")
    members = {f"list.{part}": (tmp_path / f"list.{part}").read_bytes() for part in ("dat", "map", "id")}
    members["list.tab"] = (written + '\nbegin_metadata\n"\\IsSeamless" = "TRUE"\nend_metadata\n').encode("latin-1")
    assert BELONGS_TO_ANOTHER not in told(send, "a.zip", archive(members))


def test_a_database_brings_no_code_and_no_other_file(send, tmp_path):
    """Views and virtual tables of a GeoPackage run when it is opened."""
    parcels().to_file(tmp_path / "other.gpkg", layer=BELONGS_TO_ANOTHER)
    parcels().to_file(tmp_path / "a.gpkg")
    database = sqlite3.connect(tmp_path / "a.gpkg")
    database.execute("PRAGMA writable_schema = ON")
    outside = f"CREATE VIRTUAL TABLE spy USING VirtualOGR('{tmp_path}/other.gpkg', 0, '{BELONGS_TO_ANOTHER}')"
    database.execute("INSERT INTO sqlite_master VALUES ('table', 'spy', 'spy', 0, ?)", (outside,))
    database.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('spy','features','spy')")
    database.execute("INSERT INTO gpkg_geometry_columns VALUES ('spy', 'geom', 'POLYGON', 0, 0, 0)")
    database.commit()
    database.close()
    content = (tmp_path / "a.gpkg").read_bytes()
    (tmp_path / "other.gpkg").rename(tmp_path / "moved.gpkg")
    without = told(send, "a.gpkg", content, asked="spy")
    (tmp_path / "moved.gpkg").rename(tmp_path / "other.gpkg")
    assert told(send, "a.gpkg", content, asked="spy") == without


@pytest.mark.parametrize("layers", [1, 5])
def test_an_archive_in_an_archive_is_not_opened(send, tmp_path, layers):
    parcels().to_file(tmp_path / "a.gpkg")
    content = (tmp_path / "a.gpkg").read_bytes()
    for _ in range(layers + 1):
        content = archive({"inner.zip": content} if content[:2] == b"PK" else {"a.gpkg": content})
    with pytest.raises((UnknownFormat, NoShapes)):
        send("a.zip", content)


def test_a_workbook_may_not_inflate_without_bounds(send):
    rows = b"<row>" + b"<c/>" * 12_000_000 + b"</row>"
    with pytest.raises(ZipTooLarge):
        send("a.xlsx", archive({"[Content_Types].xml": b"", "xl/worksheets/sheet1.xml": rows}))


def test_files_without_bytes_are_refused_whatever_they_are_called(send):
    for suffix in ("shp", "gdbtable", "tab", "fgb", "parquet"):
        with pytest.raises(BrokenFile):
            send("a.zip", archive({f"a.{suffix}": b"", "a.dbf": b"", "a.shx": b"", "a.dat": b"", "a.map": b""}))


@pytest.mark.parametrize(
    "shape",
    [
        "POLYGON ((0 0, NaN 0, 1 1, 0 0))",
        "POLYGON ((0 0, Infinity 0, 1 1, 0 0))",
        "POLYGON ((0 0, 1e308 0, 1 -1e308, 0 0))",
        "POLYGON EMPTY",
        None,
        "GEOMETRYCOLLECTION (POINT (0 0), POLYGON ((0 0, 1 0, 1 1, 0 0)))",
        "POLYGON ((179.99 -1, 180.01 -1, 180.01 1, 179.99 -1))",
        "POINT (0 0)",
    ],
    ids=["nan", "infinite", "huge", "empty", "missing", "mixed", "antimeridian", "other-kind"],
)
def test_an_odd_shape_keeps_its_line_and_the_others(send, tmp_path, shape):
    frame = parcels()
    with np.errstate(all="ignore"):
        shapes = [*frame.geometry[:2], shape and shapely.from_wkt(shape), *frame.geometry[3:]]
        geopandas.GeoDataFrame(frame.drop(columns="geometry"), geometry=shapes, crs=5253).to_file(
            tmp_path / "a.gpkg", geometry_type="Unknown"
        )
    records = send("a.gpkg", (tmp_path / "a.gpkg").read_bytes())
    assert [record.line for record in records] == [1, 2, 3, 4, 5]
    assert records[0].geometry.equals(frame.geometry[0])


def test_five_thousand_columns_are_read_or_refused(send, tmp_path):
    columns = {f"c{n}": "x" for n in range(5_000)}
    features = [{"type": "Feature", "properties": columns, "geometry": {"type": "Point", "coordinates": [27, 38]}}] * 3
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    assert [len(record.attributes) for record in send("a.geojson", content)] == [5_000] * 3
    header = ";".join(("Y", "X", *columns))
    rows = "\n".join(";".join(("500000", "4250000", *columns.values())) for _ in range(3))
    assert len(send("a.csv", f"{header}\n{rows}".encode(), asked="a: Point")) == 3


def test_columns_of_one_name_lose_no_record(send, tmp_path):
    properties = '{"ref":"a","ref":"b","Ref":"c","ref ":"d"}'
    shape = json.dumps(shapely.box(27, 38, 27.1, 38.1).__geo_interface__)
    content = (
        f'{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{properties},"geometry":{shape}}}]}}'
    )
    (record,) = send("a.geojson", content.encode())
    assert {"Ref", "ref "} <= set(record.attributes)


def test_a_shapefile_with_columns_of_one_name_keeps_both(send, tmp_path):
    geopandas.GeoDataFrame({"aaa": ["1"], "bbb": ["2"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=5253).to_file(
        tmp_path / "a.shp"
    )
    table = (tmp_path / "a.dbf").read_bytes().replace(b"bbb\0", b"aaa\0")
    members = {f"a.{part}": (tmp_path / f"a.{part}").read_bytes() for part in ("shp", "shx", "prj")}
    (record,) = send("a.zip", archive({**members, "a.dbf": table}))
    assert sorted(record.attributes.values()) == ["1", "2"]


def test_words_of_sql_are_words(send, tmp_path):
    frame = parcels().assign(ref=SQL, mahalle=SQL).rename(columns={"alan": SQL})
    frame.to_file(tmp_path / "a.gpkg", layer="a' OR 1=1 --")
    records = send("a.gpkg", (tmp_path / "a.gpkg").read_bytes(), asked="a' OR 1=1 --")
    assert {record.attributes["ref"] for record in records} == {SQL}
    assert all(SQL in record.attributes for record in records)


def test_a_polygon_of_ten_million_corners_is_read_or_refused(send, tmp_path):
    around = np.linspace(0, 2 * np.pi, 10_000_000, endpoint=False)
    shape = shapely.Polygon(np.column_stack((500_000 + 900 * np.cos(around), 4_250_000 + 900 * np.sin(around))))
    geopandas.GeoDataFrame({"ref": ["a"]}, geometry=[shape], crs=5253).to_file(tmp_path / "a.gpkg")
    (record,) = send("a.gpkg", (tmp_path / "a.gpkg").read_bytes())
    assert shapely.get_num_coordinates(record.geometry) == 10_000_001


def test_a_geodatabase_outside_of_its_folder_is_no_geodatabase(send, tmp_path):
    parcels().to_file(tmp_path / "a.gdb", driver="OpenFileGDB")
    shutil.move(tmp_path / "a.gdb", tmp_path / "loose")
    members = {f"loose/{path.name}": path.read_bytes() for path in (tmp_path / "loose").iterdir()}
    with pytest.raises(UnknownFormat):
        send("a.zip", archive(members))
