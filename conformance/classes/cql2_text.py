"""CQL2, CQL2 Text."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import all_valued, filled
from conformance.literals import quoted
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/cql2-text", __name__)


@requirement(
    "/req/cql2-text/basic-cql2", "Where no language is named, a filter is read as text, its words in any case."
)
def text(service: Service) -> Iterator[str]:
    for field in all_valued(service, "number"):
        one = field.collection
        asked = (
            f"{field.name} = {field.middle} AND ref IS NOT NULL",
            f"{field.name} = {field.middle} and ref is not null",
        )
        first, second = (one.page(filter=said)["features"] for said in asked)
        third = one.page(filter=asked[0], filter_lang="cql2-text")["features"]
        if not first or first != second or first != third:
            yield f"{one.id}: {asked}"


@requirement(
    "/req/cql2-text/escaping", "A quotation mark inside a text is doubled, names may stand in quotation marks."
)
def escaping(service: Service) -> Iterator[str]:
    for one in filled(service):
        ref = one.sample[0]["properties"]["ref"]
        if not one.holds(one.sample[0], filter=f'"ref" = {quoted(ref)}'):
            yield f"{one.id}: “ref” in quotation marks"
        if one.page(filter="ref = 'it''s not there'")["features"]:
            yield f"{one.id}: a text with a quotation mark finds something"
