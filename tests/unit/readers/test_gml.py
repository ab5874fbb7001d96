"""GML: WFS replies, plans (PlanGML) and INSPIRE parcels; northings first where the system says so."""

import pytest
import shapely

from importers.broken import UnreadableFile
from importers.readers.gml import READER
from tests.geodata import (
    NAMES,
    SOUTH,
    WEST,
    are_the_parcels,
    described,
    is_told_as,
    only_layer,
    parcels,
    records_of,
    values,
)

NORTH_FIRST = "4250000 500000 4250000 500020 4250020 500020 4250020 500000 4250000 500000"
EAST_FIRST = "500000 4250000 500020 4250000 500020 4250020 500000 4250020 500000 4250000"
SQUARE = shapely.box(WEST, SOUTH, WEST + 20, SOUTH + 20)


def ring(positions, srs):
    return (
        f'<gml:Polygon gml:id="g" srsName="{srs}"><gml:exterior><gml:LinearRing><gml:posList>{positions}</gml:posList>'
        "</gml:LinearRing></gml:exterior></gml:Polygon>"
    )


def inspire(shape):
    """A cadastral parcel with the element names of the public schema, as an INSPIRE download service sends it."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"
 xmlns:base="http://inspire.ec.europa.eu/schemas/base/3.3" xmlns:cp="http://inspire.ec.europa.eu/schemas/cp/4.0"
 numberMatched="1" numberReturned="1"><wfs:member>
 <cp:CadastralParcel gml:id="CP.1">
  <cp:areaValue uom="m2">400</cp:areaValue>
  <cp:beginLifespanVersion>2031-04-01T00:00:00</cp:beginLifespanVersion>
  <cp:geometry>{shape}</cp:geometry>
  <cp:inspireId><base:Identifier><base:localId>TR-101-5</base:localId><base:namespace>TR</base:namespace>
  </base:Identifier></cp:inspireId>
  <cp:label>101/5 Şirinyer</cp:label>
  <cp:nationalCadastralReference>101/5</cp:nationalCadastralReference>
 </cp:CadastralParcel></wfs:member></wfs:FeatureCollection>"""


PLAN = f"""<?xml version="1.0" encoding="UTF-8"?>
<PlanGML xmlns="urn:example:plangml" xmlns:gml="http://www.opengis.net/gml">
 <gml:featureMember><PlanSiniri gml:id="s1"><Pin>35001</Pin><PlanAdi>Çınar İlave</PlanAdi><Nitelik>Ilave</Nitelik>
  <geometri>{ring(EAST_FIRST, "EPSG:5253").replace(' gml:id="g"', "")}</geometri></PlanSiniri></gml:featureMember>
 <gml:featureMember><Konut gml:id="k1"><Adi>Gelişme</Adi><KonutTip>GelismeKonut</KonutTip><EmsalKaks>1.5</EmsalKaks>
  <EmsalKaksTip>Deger</EmsalKaksTip><KatAdedi>5</KatAdedi><YapiDuzeni>Ayrik</YapiDuzeni>
  <geometri>{ring(EAST_FIRST, "EPSG:5253").replace(' gml:id="g"', "")}</geometri></Konut></gml:featureMember>
</PlanGML>"""


def test_records_letters_columns_and_system_are_read_and_heights_left_out(tmp_path):
    parcels(height=3).to_file(tmp_path / "a.gml", driver="GML", GML_ID="NO")
    source, records = only_layer(READER, tmp_path / "a.gml")
    assert source.fields[-4:] == ("ref", "mahalle", "alan", "kat")
    assert is_told_as(source, 5253)
    assert values(records, "mahalle") == NAMES
    assert are_the_parcels(records)


def test_an_inspire_parcel_has_its_columns_by_their_last_names(tmp_path):
    (tmp_path / "a.gml").write_text(inspire(ring(NORTH_FIRST, "urn:ogc:def:crs:EPSG::5253")))
    source, (record,) = only_layer(READER, tmp_path / "a.gml")
    assert source.name == "CadastralParcel"
    assert record.attributes["nationalCadastralReference"] == "101/5"
    assert record.attributes["label"] == "101/5 Şirinyer"
    assert record.attributes["localId"] == "TR-101-5"
    assert float(record.attributes["areaValue"]) == 400


@pytest.mark.parametrize(
    ("srs", "positions"),
    [
        ("urn:ogc:def:crs:EPSG::5253", NORTH_FIRST),
        ("http://www.opengis.net/def/crs/EPSG/0/5253", NORTH_FIRST),
        ("EPSG:5253", EAST_FIRST),
        ("http://www.opengis.net/gml/srs/epsg.xml#5253", EAST_FIRST),
    ],
)
def test_eastings_come_first_whichever_way_the_file_orders_them(tmp_path, srs, positions):
    (tmp_path / "a.gml").write_text(inspire(ring(positions, srs)))
    source, (record,) = only_layer(READER, tmp_path / "a.gml")
    assert is_told_as(source, 5253)
    assert record.geometry is not None
    assert record.geometry.equals(SQUARE)


def test_a_plan_has_a_layer_for_each_kind_of_feature(tmp_path):
    (tmp_path / "a.gml").write_text(PLAN)
    layers = {source.name: source for source in described(READER, tmp_path / "a.gml")}
    assert set(layers) == {"PlanSiniri", "Konut"}
    (boundary,) = records_of(READER, tmp_path / "a.gml", layers["PlanSiniri"])
    (housing,) = records_of(READER, tmp_path / "a.gml", layers["Konut"])
    assert boundary.attributes["PlanAdi"] == "Çınar İlave"
    assert housing.attributes["EmsalKaks"] == "1.5"
    assert housing.attributes["YapiDuzeni"] == "Ayrik"
    assert housing.geometry is not None
    assert housing.geometry.equals(SQUARE)


@pytest.mark.parametrize("encoding", ["ISO-8859-9", "windows-1254", "cp857"])
def test_letters_are_read_as_the_file_declares_them(tmp_path, encoding):
    text = inspire(ring(EAST_FIRST, "EPSG:5253")).replace("UTF-8", encoding)
    (tmp_path / "a.gml").write_bytes(text.encode(encoding))
    _, (record,) = only_layer(READER, tmp_path / "a.gml")
    assert record.attributes["label"] == "101/5 Şirinyer"


def test_an_arc_becomes_a_line(tmp_path):
    arc = (
        '<gml:Curve gml:id="g" srsName="EPSG:5253"><gml:segments><gml:Arc><gml:posList>0 0 10 10 20 0</gml:posList>'
        "</gml:Arc></gml:segments></gml:Curve>"
    )
    (tmp_path / "a.gml").write_text(inspire(arc))
    _, (record,) = only_layer(READER, tmp_path / "a.gml")
    assert record.geometry is not None
    assert record.geometry.length == pytest.approx(31.4159, rel=0.001)


def test_xml_that_is_no_gml_is_not_taken_for_it(tmp_path):
    (tmp_path / "a.xml").write_text("<kml xmlns='http://www.opengis.net/kml/2.2'/>")
    assert not READER.sniff(tmp_path / "a.xml", (tmp_path / "a.xml").read_bytes())


def test_letters_of_another_encoding_than_declared_refuse_the_file(tmp_path):
    text = inspire(ring(EAST_FIRST, "EPSG:5253")).replace("UTF-8", "windows-1257")
    (tmp_path / "a.gml").write_bytes(text.replace("Şirinyer", "\x81").encode("latin-1"))
    with pytest.raises(UnreadableFile):
        only_layer(READER, tmp_path / "a.gml")


@pytest.mark.parametrize("share", [0.6, 0.9, 0.999])
def test_a_file_cut_short_is_no_shorter_file(tmp_path, share):
    path = tmp_path / "a.gml"
    parcels().to_file(path, driver="GML")
    path.with_suffix(".xsd").unlink()
    content = path.read_bytes().rstrip()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile):
        only_layer(READER, path)


def test_numbers_with_leading_zeros_stay_as_they_are_written(tmp_path):
    (tmp_path / "a.gml").write_text(inspire(ring(EAST_FIRST, "EPSG:5253")).replace("101/5<", "007<"))
    _, (record,) = only_layer(READER, tmp_path / "a.gml")
    assert record.attributes["nationalCadastralReference"] == "007"


def test_a_schema_or_template_sent_along_hides_nothing(tmp_path):
    (tmp_path / "a.gml").write_text(PLAN)
    only_housing = "<GMLFeatureClassList><GMLFeatureClass><Name>Konut</Name><ElementPath>Konut</ElementPath>"
    (tmp_path / "a.gfs").write_text(f"{only_housing}</GMLFeatureClass></GMLFeatureClassList>")
    assert {source.name for source in described(READER, tmp_path / "a.gml")} == {"PlanSiniri", "Konut"}
