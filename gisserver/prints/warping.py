"""From the grid of web maps to the paper: a picture bent so that each of its places lies where the sheet has it."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from PIL import Image

from gisserver.prints.cover import Cover

_CELL_PX = 64
"""Within a square of so many pixels the bend is straight: to a hundredth of a pixel even at 1:1,000,000."""

Box = tuple[int, int, int, int]
Corners = tuple[float, ...]


def warped(pieces: Image.Image, cover: Cover, dots_per_inch: float) -> Image.Image:
    """As large as the map of the sheet, whose upper left corner is its own."""
    on_paper = cover.ground.sheet.paper.map
    size = round(on_paper.width / 25.4 * dots_per_inch), round(on_paper.height / 25.4 * dots_per_inch)
    return pieces.transform(size, Image.Transform.MESH, list(_cells(cover, size)), Image.Resampling.BICUBIC)


def _cells(cover: Cover, size: tuple[int, int]) -> Iterator[tuple[Box, Corners]]:
    """Squares of the paper, each with its corners among the pieces, from the upper left against the clock."""
    across, down = (list(dict.fromkeys([*range(0, side, _CELL_PX), side])) for side in size)
    left, bottom, right, top = cover.ground.sheet.paper.map.in_points
    x = left + np.array(across) * (right - left) / size[0]
    y = top - np.array(down) * (top - bottom) / size[1]
    corners = cover.pixels(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)).reshape(len(down), len(across), 2)
    for row, (upper, lower) in enumerate(pairwise(down)):
        for column, (first, last) in enumerate(pairwise(across)):
            around = corners[row : row + 2, column : column + 2]
            quad = np.concatenate((around[0, 0], around[1, 0], around[1, 1], around[0, 1]))
            yield (first, upper, last, lower), tuple(quad.tolist())
