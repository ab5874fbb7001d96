"""Tile matrix sets of a service."""

from collections.abc import Iterator

from conformance.service import Document, Service, document, link
from conformance.tilesets import REL


def grids(service: Service) -> Iterator[Document]:
    """Their definitions."""
    listed = document(service.get(link(service.landing, f"{REL}/tiling-schemes")["href"]))
    for one in listed["tileMatrixSets"]:
        yield document(service.get(link(one, "self")["href"]))
