"""The JSON schemas of collections."""

from collections.abc import Iterator

from conformance.features import all_collections
from conformance.service import Document, Service, document

KINDS = ("schema", "queryables", "sortables")


def schemas_of(service: Service) -> Iterator[tuple[str, Document]]:
    """Address and schema, of each collection and kind."""
    for one in all_collections(service):
        for kind in KINDS:
            address = f"/collections/{one.id}/{kind}"
            yield address, document(service.get(address))
