"""What is wrong between areas that should cover the ground once: common ground, gaps, missing corners.

The edges tell. One that two areas walk in opposite directions is their common boundary; one that two walk in the same
direction has both on the same side of it. An edge that no neighbour walks is free: the border of all, or a place where
outlines do not meet. Free edges are few, and only they are looked up in an index:

1. A free edge that enters another area betrays common ground, as does an edge walked twice in the same direction.
   From each such pair the search spreads over common boundaries, so that a second layer of areas that fit each other
   is found whole (`overlaps`).
2. What of the free edges lies outside all areas is the border of the covered ground. Walked with the uncovered ground
   on the left it closes to rings; narrow or small ones are gaps (`gaps`).
3. A corner on the inside of another's free edge is a corner that edge lacks (`corners`).

Areas of many corners are cut into pieces first (`pieces`): an index knows only the box around a shape.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from importers.coverage.corners import MissingCorner, missing_corners
from importers.coverage.edges import edges_of
from importers.coverage.gaps import Gap, gaps
from importers.coverage.overlaps import CommonGround, Relation, entered, overlaps
from importers.coverage.pieces import pieces_of
from importers.shapes import Shapes
from layers.core.limits import Limits

__all__ = ["CommonGround", "Faults", "Gap", "MissingCorner", "Relation", "faults"]


@dataclass(frozen=True)
class Faults:
    """Everything found; areas are named by their place in the list."""

    overlaps: tuple[CommonGround, ...]
    gaps: tuple[Gap, ...]
    missing_corners: tuple[MissingCorner, ...]


def faults(areas: Shapes, limits: Limits, watch: Callable[[], None] = lambda: None) -> Faults:
    """Of valid areas, all of them present; `watch` is called between steps and may raise.

    Corners are looked for beside the rest: the geometry library uses a second core.
    """
    edges = edges_of(areas)
    watch()
    with ThreadPoolExecutor(max_workers=1) as beside:
        corners = beside.submit(lambda: tuple(missing_corners(edges, limits)))
        pieces = pieces_of(areas)
        watch()
        entries = entered(edges, pieces, watch)
        watch()
        return Faults(
            overlaps=tuple(overlaps(areas, edges, pieces, entries, limits, watch)),
            gaps=tuple(gaps(edges, pieces, entries, limits, watch)),
            missing_corners=corners.result(),
        )
