"""CQL2, CQL2 JSON: each filter as an object finds what it finds as text."""

import json
from collections.abc import Iterator, Mapping

from conformance.check import ConformanceClass, requirement
from conformance.features import Collection, all_valued, filled
from conformance.geometry import box_around, rectangle
from conformance.literals import in_json, literal
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/cql2-json", __name__)


@requirement("/req/cql2-json/basic-cql2", "Comparisons, logic and IS NULL.")
def basic(service: Service) -> Iterator[str]:
    for kind in ("string", "number", "date"):
        for field in all_valued(service, kind):
            own, value = {"property": field.name}, field.middle
            equal = {"op": "=", "args": [own, in_json(value, kind)]}
            missing = {"op": "isNull", "args": [own]}
            said = f"{field.name} = {literal(value, kind)} OR {field.name} IS NULL"
            yield from _same(field.collection, said, {"op": "or", "args": [equal, missing]})
            yield from _same(
                field.collection, f"NOT ({said})", {"op": "not", "args": [{"op": "or", "args": [equal, missing]}]}
            )


@requirement("/req/cql2-json/advanced-comparison-operators", "LIKE, BETWEEN, IN.")
def advanced(service: Service) -> Iterator[str]:
    for field in all_valued(service, "number"):
        own, low, high = {"property": field.name}, field.values[0], field.middle
        yield from _same(
            field.collection, f"{field.name} BETWEEN {low} AND {high}", {"op": "between", "args": [own, low, high]}
        )
        yield from _same(field.collection, f"{field.name} IN ({low}, {high})", {"op": "in", "args": [own, [low, high]]})
    for field in all_valued(service, "string"):
        if field.middle.isalnum():
            start = f"{field.middle[0]}%"
            yield from _same(
                field.collection,
                f"{field.name} LIKE '{start}'",
                {"op": "like", "args": [{"property": field.name}, start]},
            )


@requirement("/req/cql2-json/basic-spatial-functions", "Shapes are GeoJSON, boxes are lists.")
def spatial(service: Service) -> Iterator[str]:
    for one in filled(service):
        box = box_around(one.sample[0], 5)
        own = {"property": one.shape_name}
        said = f"S_INTERSECTS({one.shape_name}, {rectangle(box).wkt})"
        yield from _same(one, said, {"op": "s_intersects", "args": [own, rectangle(box).__geo_interface__]})
        yield from _same(one, said, {"op": "s_intersects", "args": [own, {"bbox": list(box)}]})


@requirement("/req/cql2-json/temporal-functions", "Days and spans.")
def temporal(service: Service) -> Iterator[str]:
    for field in all_valued(service, "date"):
        own, day = {"property": field.name}, field.middle
        yield from _same(
            field.collection, f"T_AFTER({field.name}, DATE('{day}'))", {"op": "t_after", "args": [own, {"date": day}]}
        )
        span = {"op": "t_intersects", "args": [own, {"interval": [day, ".."]}]}
        yield from _same(field.collection, f"T_INTERSECTS({field.name}, INTERVAL('{day}', '..'))", span)


@requirement("/req/cql2-json/arithmetic", "Arithmetic.")
def arithmetic(service: Service) -> Iterator[str]:
    for field in all_valued(service, "number"):
        twice = {"op": "*", "args": [{"property": field.name}, 2]}
        yield from _same(
            field.collection, f"{field.name} * 2 > {field.middle}", {"op": ">", "args": [twice, field.middle]}
        )


def _same(one: Collection, text: str, told: Mapping[str, object]) -> Iterator[str]:
    asked = one.page(filter=text, limit=50)["features"]
    other = one.page(filter=json.dumps(told), filter_lang="cql2-json", limit=50)["features"]
    if [feature["id"] for feature in asked] != [feature["id"] for feature in other]:
        yield f"{one.id}: {text} as JSON finds something else"
