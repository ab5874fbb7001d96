"""Two Dimensional Tile Matrix Set 2, TileMatrixSet."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.grids import grids
from conformance.service import Service
from conformance.tilesets import GRID

CLASS = ConformanceClass("http://www.opengis.net/spec/tms/2.0/conf/tilematrixset", __name__)
_METRES_OF_A_PIXEL = 0.00028


@requirement(
    "/req/tilematrixset",
    "Each matrix has the corner, size and scale that the registry's definition has.",
)
def definition(service: Service) -> Iterator[str]:
    for grid in grids(service):
        for matrix, known in zip(grid["tileMatrices"], GRID.tileMatrices, strict=False):
            own = {name: matrix[name] for name in ("id", "matrixWidth", "matrixHeight", "tileWidth", "tileHeight")}
            right = {name: getattr(known, name) for name in own}
            if own != right or tuple(matrix["pointOfOrigin"]) != tuple(known.pointOfOrigin):
                yield f"{grid['id']} {matrix['id']}: {own}"
            if abs(matrix["scaleDenominator"] * _METRES_OF_A_PIXEL / matrix["cellSize"] - 1) > 1e-9:
                yield f"{grid['id']} {matrix['id']}: scale and cell size contradict each other"
