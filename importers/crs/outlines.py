"""Whether corners fall on published corners: the one thing that tells two datums apart where no name does."""

from dataclasses import dataclass

import numpy as np
import shapely

from importers.crs.reading import Points
from importers.shapes import Shapes

REACH_M = 5.0
"""The best public transformation between datums is good for 2 m; farther apart, two corners are two."""
_TOGETHER_M = 0.5
"""What is moved wrongly by little is moved alike: corners agree when they miss by the same vector."""
_BIN_M = 0.25


@dataclass(frozen=True)
class Agreement:
    """How the corners of a sample lie on those of the published features around it."""

    share: float
    """Of the corners, that lie on a published corner, all beside it by the same small vector."""
    corners: int
    residual_m: float
    """The length of that vector."""


def agreement(corners: Points, published: Shapes) -> Agreement | None:
    """None where nothing is published nearby: then outlines say nothing."""
    anchors = shapely.points(np.unique(shapely.get_coordinates(published), axis=0))
    if not len(corners) or not len(anchors):
        return None
    tree = shapely.STRtree(anchors)
    asked, found = tree.query_nearest(shapely.points(corners), max_distance=REACH_M, all_matches=False)
    if not len(asked):
        return Agreement(0.0, len(corners), 0.0)
    misses = shapely.get_coordinates(anchors[found]) - corners[asked]
    common = _most_common(misses)
    together = np.hypot(*(misses - common).T) < _TOGETHER_M
    return Agreement(float(together.sum()) / len(corners), len(corners), float(np.hypot(*common)))


def _most_common(misses: Points) -> Points:
    """The middle of the fullest cell of a fine grid; chance spreads evenly, a shift does not."""
    cells, members, counts = np.unique(np.floor(misses / _BIN_M + 0.5), axis=0, return_inverse=True, return_counts=True)
    fullest = int(np.argmax(counts)) if len(cells) else 0
    return np.asarray(np.median(misses[members.reshape(-1) == fullest], axis=0))
