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
_MOST_CORNERS = 4_000
_FEW, _ENOUGH = 3, 8
"""Fewer corners agree by chance; so many are as good as any number."""
_CHANCE = 0.1
"""Corners meet others by chance; beyond this it is no chance."""


@dataclass(frozen=True)
class Agreement:
    """How the corners of a sample lie on those of the published features around it."""

    share: float
    """Of the corners, that lie on a published corner, all beside it by the same small vector."""
    support: float
    """The same among the corners that have a published one in reach, less where these are few."""
    covered: float
    """Share of the records that lie on a published area."""
    residual_m: float
    """The length of that vector."""

    @property
    def fit(self) -> float:
        """0.5 where nothing is shared and nothing covered, more where corners agree, less where areas collide."""
        if self.support >= _CHANCE:
            return 0.5 + 0.5 * (self.support - _CHANCE) / (1 - _CHANCE)
        return 0.5 - 0.4 * self.covered * (1 - self.support / _CHANCE)


def agreement(sent: Shapes, published: Shapes) -> Agreement | None:
    """None where nothing is published nearby: then outlines say nothing."""
    corners = np.unique(shapely.get_coordinates(sent), axis=0)
    corners = corners[:: len(corners) // _MOST_CORNERS + 1]
    anchors = shapely.points(np.unique(shapely.get_coordinates(published), axis=0))
    if not len(corners) or not len(anchors):
        return None
    tree = shapely.STRtree(anchors)
    asked, found = tree.query_nearest(shapely.points(corners), max_distance=REACH_M, all_matches=False)
    covered = _covered(sent, published)
    if not len(asked):
        return Agreement(0.0, 0.0, covered, 0.0)
    misses = shapely.get_coordinates(anchors[found]) - corners[asked]
    common = _most_common(misses)
    together = int((np.hypot(*(misses - common).T) < _TOGETHER_M).sum())
    share = together / len(corners)
    near = together / len(asked) * min(1.0, together / _ENOUGH) if together >= _FEW else 0.0
    return Agreement(share, max(share, near), covered, float(np.hypot(*common)))


def _covered(sent: Shapes, published: Shapes) -> float:
    places = shapely.point_on_surface(sent)
    tree = shapely.STRtree(published)
    return len(np.unique(tree.query(places, predicate="within")[0])) / len(places)


def _most_common(misses: Points) -> Points:
    """The middle of the fullest cell of a fine grid; chance spreads evenly, a shift does not."""
    cells, members, counts = np.unique(np.floor(misses / _BIN_M + 0.5), axis=0, return_inverse=True, return_counts=True)
    fullest = int(np.argmax(counts)) if len(cells) else 0
    return np.asarray(np.median(misses[members.reshape(-1) == fullest], axis=0))
