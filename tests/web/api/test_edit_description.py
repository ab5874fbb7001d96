"""What the description says of edits is what is read of them."""

from tests.editing_town import EDITS, PARCELS
from tests.editing_town import town as town


def test_every_example_can_be_sent_as_it_is(town):
    paths = town.ask("GET", "/api/openapi", by=EDITS).get_json()["paths"]
    layers = [path for path in paths if path.endswith("/items") and "post" in paths[path]]
    assert len(layers) > 10
    for path in layers:
        for kind, body in paths[path]["post"]["requestBody"]["content"].items():
            answer = town.ask("POST", f"/api{path}?dry-run=true", body["example"], by=EDITS, Content_Type=kind)
            assert answer.status_code == 422, answer.text  # it lies elsewhere
            rules = {finding["rule"] for finding in answer.get_json()["findings"]}
            assert "inside_region" in rules
            assert not rules & {"required_fields", "geometry_present", "geometry_type_fits", "ref_present"}, path
            break
    content = paths["/edits"]["post"]["requestBody"]["content"]["application/json"]
    batch = town.ask("POST", "/api/edits", content["example"], by=EDITS, Content_Type="application/json")
    assert (batch.status_code, batch.get_json()["edit"]) == (404, 1)


def test_each_operation_says_its_failures_and_its_headers(town):
    item = town.ask("GET", "/api/openapi").get_json()["paths"]["/collections/parcels/items/{feature}"]
    for method in ("put", "patch", "delete"):
        assert {"202", "401", "403", "412", "422", "428"} <= set(item[method]["responses"])
        assert {"feature", "dry-run", "If-Match"} <= {one["name"] for one in item[method]["parameters"]}
    assert list(item["patch"]["requestBody"]["content"]) == ["application/merge-patch+json"]
    assert "requestBody" not in item["delete"]


def test_receivables_are_what_may_be_sent_by_whom(town):
    path = PARCELS.removesuffix("/items")
    mine = town.ask("GET", f"{path}/receivables", by=EDITS).get_json()
    everybodys = town.ask("GET", f"{path}/receivables").get_json()
    assert {"geom", "block_no", "parcel_no"} == set(mine["required"])
    assert "point_accuracy_m" in mine["properties"].keys() - everybodys["properties"].keys()
    for name in ("registry_id", "version", "computed_area_m2", "district_id", "uid"):
        assert name not in mine["properties"]
    returned = town.ask("GET", f"{path}/returnables", by=EDITS).get_json()["properties"]
    assert mine["properties"].keys() < returned.keys()
    made = town.created()
    for name in mine["properties"].keys() - {"geom"}:
        patch = {"properties": {name: None}}
        answer = town.edit("PATCH", f"{made.path}?dry-run=true", patch, by=EDITS, If_Match="*")
        assert answer.status_code in (200, 204, 422), answer.text
        assert "findings" in (answer.get_json(silent=True) or {"findings": ()}), name
