"""A view as a project of QGIS; that QGIS opens it is told in tests/clients."""

from xml.etree import ElementTree

import pytest

BOX = "27.0,38.38,27.01,38.39"


def layers_of(answer) -> list[str]:
    return [layer.findtext("id") for layer in ElementTree.fromstring(answer.data).iter("maplayer")]


def test_a_view_is_a_project_of_its_layers_in_the_system_and_the_colours_of_the_city(client):
    answer = client.get(f"/api/qgis?layers=zones,parcels&bbox={BOX}&lang=en")
    assert answer.status_code == 200
    assert answer.mimetype == "application/x-qgis-project"
    assert 'filename="test.qgs"' in answer.headers["Content-Disposition"]
    assert layers_of(answer) == ["zones_tiles", "zones_features", "parcels_tiles", "parcels_features"]
    root = ElementTree.fromstring(answer.data)
    assert root.findtext("projectCrs/spatialrefsys/authid") == "EPSG:5253"
    extent = root.find("ProjectViewSettings/DefaultViewExtent")
    assert 499_900 < float(extent.get("xmin")) < float(extent.get("xmax")) < 501_000
    source = root.findtext("projectlayers/maplayer/datasource")
    assert source.startswith("type=xyz&url=http://localhost/tiles/zones/{z}/{x}/{y}")
    park = next(style for style in root.iter("style") if style.get("expression") == "\"use_key\" = 'park'")
    assert park.get("name") == "Park"
    colour = next(option for option in park.iter("Option") if option.get("name") == "color")
    assert colour.get("value") == "36,156,34,255"


def test_hatched_classes_are_hatched_and_differ_in_direction(client):
    root = ElementTree.fromstring(client.get(f"/api/qgis?layers=plan_constraints,zones&bbox={BOX}").data)
    brushes = {
        style.get("expression"): next(o.get("value") for o in style.iter("Option") if o.get("name") == "style")
        for style in root.iter("style")
        if style.get("geometry") == "2"
    }
    assert brushes["\"use_key\" = 'park'"] == "solid"
    hatched = [brush for expression, brush in brushes.items() if expression.startswith('"kind"')]
    assert "solid" not in hatched
    assert len(set(hatched)) == min(len(hatched), 4)


def test_what_is_not_for_everybody_is_left_out_since_qgis_brings_no_session(client, signed_in):
    everything = layers_of(client.get("/api/qgis"))
    assert "parcels_tiles" in everything
    assert "water_lines_tiles" not in everything
    planner = signed_in("planner", 1)
    assert layers_of(planner.get("/api/qgis?layers=water_lines,parcels")) == ["parcels_tiles", "parcels_features"]
    refused = planner.get("/api/qgis?layers=water_lines")
    assert (refused.status_code, refused.get_json()["parameter"]) == (400, "layers")


@pytest.mark.parametrize(
    ("asked", "status"), [("bbox=1,2", 400), ("layers=nothing", 404), ("layers=", 404), ("zoom=3", 400)]
)
def test_what_cannot_be_is_refused(client, asked, status):
    assert client.get(f"/api/qgis?{asked}").status_code == status
