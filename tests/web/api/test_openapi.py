"""The description keeps its word: whatever it allows is answered, and the answer is what it says."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS

from tests.feature_town import town  # noqa: F401

OF_FEATURES = r"^/(conformance|collections.*|)$"
KEPT = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")


@pytest.fixture(scope="module")
def described(town):  # noqa: F811
    """What a citizen is told."""
    return town.client.get("/api/openapi", headers={"Accept-Language": "en"}).get_json()


def every(part: Any) -> Iterator[dict[str, Any]]:
    """All objects of a document."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from every(inner)


def test_the_description_stands_alone_and_is_of_version_3_0(described):
    assert described["openapi"] == "3.0.3"
    assert described["servers"] == [{"url": "http://localhost/api"}]
    for part in every(described):
        assert part.get("type") != "null"
        assert not isinstance(part.get("type"), list)
        assert str(part.get("$ref", "#")).startswith("#")


def test_every_operation_has_a_name_of_its_own(described):
    names = [
        about["operationId"] for item in described["paths"].values() for about in item.values() if "responses" in about
    ]
    assert len(names) == len(set(names))


def test_limit_and_box_are_told_as_the_standard_wants_them(described):
    for layer in ("parcels", "places"):
        about = {one["name"]: one for one in described["paths"][f"/collections/{layer}/items"]["get"]["parameters"]}
        limit = about["limit"]["schema"]
        assert (limit["type"], limit["minimum"], limit["maximum"], limit["default"]) == ("integer", 1, 10_000, 100)
        box = about["bbox"]["schema"]
        assert (box["type"], box["items"]) == ("array", {"type": "number"})
        assert {(one["minItems"], one["maxItems"]) for one in box["oneOf"]} == {(4, 4), (6, 6)}
        for one in about.values():
            assert (one["style"], one["explode"], one["required"]) == ("form", False, False)


def test_what_a_citizen_may_not_see_is_not_described(described, signed_in):
    assert "/collections/water_lines/items" not in described["paths"]
    assert "registry_id" not in json.dumps(described)
    department = signed_in("department").get("/api/openapi").get_json()
    assert "/collections/water_lines/items" in department["paths"]
    assert "registry_id" in json.dumps(department)


def test_every_parameter_that_is_described_is_taken(town, described):  # noqa: F811
    samples = {"bbox": "27,38,28,39", "datetime": "2020-01-01", "filter": "version = 1", "lang": "en", "f": "json"}
    marks = {link["rel"]: link["href"] for link in town.ask("parcels", limit=1).get_json()["links"]}
    samples["after"] = marks["next"].rpartition("after=")[2]
    samples["before"] = samples["after"]
    for one in described["paths"]["/collections/parcels/items"]["get"]["parameters"]:
        sample = samples.get(one["name"], _sample(one["schema"]))
        answer = town.client.get(f"/api/collections/parcels/items?{one['name']}={sample}")
        assert answer.status_code == 200, (one["name"], answer.text)


def test_a_wrong_value_of_any_parameter_is_a_problem_that_names_it(town, described):  # noqa: F811
    free = ("f", "lang")
    for one in described["paths"]["/collections/parcels/items"]["get"]["parameters"]:
        is_any_text = (
            one["schema"].get("type") == "string" and "enum" not in one["schema"] and "format" not in one["schema"]
        )
        if one["name"] in free or (is_any_text and one["name"] not in ("datetime", "filter", "after", "before")):
            continue
        answer = town.client.get(f"/api/collections/parcels/items?{one['name']}=%E2%98%83")
        assert (answer.status_code, answer.content_type) == (400, "application/problem+json"), one["name"]
        assert answer.get_json()["parameter"] == one["name"]


def test_fields_are_told_with_title_unit_code_and_role(town):  # noqa: F811
    schema = town.client.get("/api/collections/parcels/schema?lang=tr").get_json()
    fields = schema["properties"]
    assert fields["registered_area_m2"].items() >= {"title": "Tapu alanı", "x-ogc-unit": "m2", "type": "number"}.items()
    assert fields["computed_area_m2"]["readOnly"]
    assert fields["geom"] == {
        "title": "Şekil", "format": "geometry-multipolygon", "x-ogc-role": "primary-geometry", "x-ogc-propertySeq": 2
    }  # fmt: skip
    assert (fields["valid_from"]["x-ogc-role"], fields["uid"]["x-ogc-role"]) == ("primary-interval-start", "id")
    assert {"ref", "block_no", "parcel_no", "geom"} <= set(schema["required"])
    zones = town.client.get("/api/collections/zones/schema?lang=en").get_json()["properties"]
    assert {"value": "park", "title": "Park"} in zones["use_key"]["x-ogc-codes"]
    assert {"value": "provisional", "title": "geçici"} in fields["coord_quality"]["x-ogc-codes"]


def test_queryables_and_sortables_are_what_filters_and_orders_take(town):  # noqa: F811
    for layer in ("parcels", "zones", "roads"):
        queryables = town.client.get(f"/api/collections/{layer}/queryables").get_json()
        sortables = town.client.get(f"/api/collections/{layer}/sortables").get_json()
        assert not queryables["additionalProperties"]
        assert set(queryables["properties"]) == {*sortables["properties"], "geom"}
        for name in queryables["properties"]:
            assert town.ask(layer, filter=f"{name} IS NULL").status_code == 200
        for name in sortables["properties"]:
            assert town.ask(layer, sortby=f"-{name}").status_code == 200


def test_whatever_the_description_allows_is_answered_as_it_says(town):  # noqa: F811
    description = schemathesis.openapi.from_wsgi("/api/openapi", town.client.application)
    for operation in description.include(method="GET", path_regex=OF_FEATURES).get_all_operations():
        _try(operation.ok(), 15)


def test_all_other_operations_keep_their_word_too(town):  # noqa: F811
    """Whoever has no rights is told so, whatever is sent."""
    description = schemathesis.openapi.from_wsgi("/api/openapi", town.client.application)
    tried = 0
    for operation in description.get_all_operations():
        found = operation.ok()
        if not (found.method.upper() == "GET" and re.search(OF_FEATURES, found.path)):
            _try(found, 5)
            tried += 1
    assert tried > 50


def _try(operation: Any, examples: int) -> None:
    checks = CHECKS.get_by_names(list(KEPT))

    @settings(max_examples=examples, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy())
    def each(case: Any) -> None:
        case.call_and_validate(checks=checks)

    each()


def _sample(schema: dict[str, Any]) -> Any:
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "array":
        return _sample(schema["items"])
    if schema.get("format") == "date":
        return "2020-01-01"
    return {"integer": 1, "number": 1.5, "boolean": "true", "string": "1"}[schema["type"]]
