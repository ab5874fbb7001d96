"""CQL2, Accent-insensitive Comparison."""

import unicodedata
from collections.abc import Iterator

from conformance.check import ConformanceClass, NothingToTry, requirement
from conformance.features import texts
from conformance.literals import quoted
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison", __name__)


@requirement(
    "/req/accent-insensitive-comparison/accenti-function",
    "ACCENTI takes letters with and without accents for the same.",
)
def accenti(service: Service) -> Iterator[str]:
    tried = False
    for field in texts(service):
        text = next((value for value in field.values if _bare(value) != value), None)
        if text is None:
            continue
        tried = True
        feature = next(one for one in field.collection.sample if field.of(one) == text)
        if not field.collection.holds(feature, filter=f"ACCENTI({field.name}) = ACCENTI({quoted(_bare(text))})"):
            yield f"{field.collection.id}: “{text}” is not found as “{_bare(text)}”"
        if field.collection.holds(feature, filter=f"{field.name} = {quoted(_bare(text))}"):
            yield f"{field.collection.id}: “{text}” is found as “{_bare(text)}” without ACCENTI"
    if not tried:
        raise NothingToTry("no text has accents")


def _bare(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
