"""CQL2, Case-insensitive Comparison."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, NothingToTry, requirement
from conformance.features import all_valued
from conformance.literals import quoted
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison", __name__)


@requirement("/req/case-insensitive-comparison/casei-function", "CASEI takes capital and small letters for the same.")
def casei(service: Service) -> Iterator[str]:
    tried = False
    for field in all_valued(service, "string"):
        # Letters whose other case depends on the language are left to the tests of the profile's own rules.
        text = next((value for value in field.values if value.isascii() and not set(value) & set("iI")), "")
        if text.lower() == text.upper():
            continue
        tried = True
        feature = next(one for one in field.collection.sample if field.of(one) == text)
        for written in (text.upper(), text.lower(), text.swapcase()):
            if not field.collection.holds(feature, filter=f"CASEI({field.name}) = CASEI({quoted(written)})"):
                yield f"{field.collection.id}: “{text}” is not found as “{written}”"
            same = written == text
            if field.collection.holds(feature, filter=f"{field.name} = {quoted(written)}") != same:
                yield f"{field.collection.id}: “{text}” and “{written}” without CASEI"
    if not tried:
        raise NothingToTry("no text has letters of two cases")
