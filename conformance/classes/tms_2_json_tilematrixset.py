"""Two Dimensional Tile Matrix Set 2, JSON encoding."""

from collections.abc import Iterator

import morecantile
from pydantic import ValidationError

from conformance.check import ConformanceClass, requirement
from conformance.grids import grids
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset", __name__)


@requirement("/req/json-tilematrixset", "A grid's definition is JSON that a library made for it reads.")
def encoding(service: Service) -> Iterator[str]:
    for grid in grids(service):
        try:
            morecantile.TileMatrixSet.model_validate(grid)
        except ValidationError as trouble:
            yield f"{grid.get('id')}: {trouble}"
