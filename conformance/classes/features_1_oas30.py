"""OGC API - Features 1, OpenAPI 3.0: what Common says of the description, for features."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.classes import common_1_oas30 as common
from conformance.features import all_collections
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30", __name__)

definition = common.definition
stands_alone = common.stands_alone
implemented = common.implemented
errors = common.errors
security = common.security


@requirement(
    "/req/oas30/completeness",
    "The items and the single features of each collection are described, with an operation name of their own.",
)
def complete(service: Service) -> Iterator[str]:
    paths = service.description["paths"]
    for collection in all_collections(service):
        for path in (collection.address, f"{collection.address}/{{feature}}"):
            if "get" not in paths.get(path, {}):
                yield f"{path} is not described"
    names = [about.get("operationId") for _path, _method, about in service.operations()]
    if len(names) != len(set(names)):
        yield f"{len(names) - len(set(names))} operation names are used twice"
