"""OGC API - Common 1, OpenAPI 3.0: the description is enough to write a client from."""

import re
from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.described import every
from conformance.service import Service, is_absolute, link

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/oas30", __name__)
_TYPE = "application/vnd.oai.openapi+json;version=3.0"


@requirement(
    "/req/oas30/oas-definition-1", "The description is to be had as OpenAPI 3.0 in JSON, and under its own type."
)
def definition(service: Service) -> Iterator[str]:
    answer = service.get(link(service.landing, "service-desc", _TYPE)["href"])
    if answer.headers["content-type"] != _TYPE:
        yield f"it is {answer.headers['content-type']}"


@requirement(
    "/req/oas30/oas-definition-2", "It stands alone, without words of later versions, and says where the service is."
)
def stands_alone(service: Service) -> Iterator[str]:
    for part in every(service.description):
        if isinstance(part.get("type"), list) or part.get("type") == "null":
            yield f"type {part['type']} is none of version 3.0"
        if isinstance(part.get("$ref"), str) and not part["$ref"].startswith("#/"):
            yield f"{part['$ref']} lies elsewhere"
    for server in service.description.get("servers", ()):
        if not is_absolute(server["url"]):
            yield f"the server {server['url']} is not absolute"


@requirement("/req/oas30/oas-impl", "Every path without variables that it describes is answered.")
def implemented(service: Service) -> Iterator[str]:
    for path, method, about in service.operations():
        if method == "get" and "{" not in path and "security" not in about and not path.startswith("/tiles"):
            own = service.description["paths"][path].get("servers")
            status = service.get((own[0]["url"] if own else "") + path).status
            if str(status) not in about["responses"]:
                yield f"{path} is answered with {status}, which is not described"


@requirement("/req/oas30/completeness", "Each operation says each parameter of its path, and an answer for success.")
def complete(service: Service) -> Iterator[str]:
    for path, method, about in service.operations():
        named = {one["name"] for one in about.get("parameters", ()) if one["in"] == "path"}
        asked = set(re.findall(r"\{(\w+)\}", path))
        if named != asked:
            yield f"{method} {path}: parameters {sorted(named)}"
        if not any(code.startswith(("2", "3")) for code in about["responses"]):
            yield f"{method} {path}: no answer for success"


@requirement("/req/oas30/exception-codes", "Each operation says what its errors look like.")
def errors(service: Service) -> Iterator[str]:
    for path, method, about in service.operations():
        for code in ("400", "404", "default"):
            if "application/problem+json" not in about["responses"].get(code, {}).get("content", {}):
                yield f"{method} {path}: {code} is not described"


@requirement("/req/oas30/security", "What needs a key or a session says so, by a scheme that is described.")
def security(service: Service) -> Iterator[str]:
    schemes = service.description["components"].get("securitySchemes", {})
    for path, method, about in service.operations():
        for one in about.get("security", ()):
            yield from (f"{method} {path}: {name} is not described" for name in one if name not in schemes)
