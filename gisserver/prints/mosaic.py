"""Pieces of another server's map put together: as many at once as a stranger may be asked for, within a time."""

import io
import struct
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from PIL import Image

from gisserver.foreign.fetching import AT_ONCE, Body, NotHad, Why
from gisserver.foreign.grid import placed
from gisserver.prints.cover import Cover

MOST_SIDE_PX = 2048
"""Of a piece that is opened; servers for sharp screens draw theirs twice or four times as large."""
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_HOPELESS = 2 * AT_ONCE
"""After so many failures in a row no more pieces are asked for."""
_STEPS_DOWN = 4
"""Zooms that are tried where a server has none so sharp."""
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError)
"""What Pillow raises for half a picture, or for one that is none."""

Fetch = Callable[[str, float], Body]
"""An address and how many seconds it may take. Raises NotHad, NotAllowed."""


@dataclass
class Mosaic:
    """What came of a cover; where nothing came, nothing is drawn."""

    cover: Cover
    image: Image.Image
    came: int = 0
    missing: int = 0
    """Pieces that the server did not give; where it says that nothing is there, nothing is missing."""
    why: Why | None = None
    """For the first of them."""
    failures_in_row: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, x: int, y: int, piece: Image.Image) -> None:
        """Beneath what is seen through it lies the colour of the paper, or nothing."""
        with self.lock:
            self.came, self.failures_in_row = self.came + 1, 0
            is_mixed = self.image.mode == "RGB" and piece.mode == "RGBA"
            self.image.paste(piece, self.cover.corner(x, y), piece if is_mixed else None)

    def miss(self, why: Why) -> None:
        """One is not there."""
        with self.lock:
            self.missing, self.failures_in_row = self.missing + 1, self.failures_in_row + 1
            self.why = self.why or why

    @property
    def is_hopeless(self) -> bool:
        """A server that has failed so often is left in peace."""
        return self.failures_in_row >= _HOPELESS


def put_together(template: str, cover: Cover, fetch: Fetch, end: float, paper: str | None) -> Mosaic:
    """All pieces that come by `end` of the monotonic clock, over the colour of the paper or over nothing.

    A single piece is asked for first: so a server that is away costs one wait, not hundreds. Raises NotHad, NotAllowed.
    """
    cover = _had(template, cover, fetch, end)
    mode, ground = ("RGBA", (0, 0, 0, 0)) if paper is None else ("RGB", paper)
    mosaic = Mosaic(cover, Image.new(mode, cover.size, ground))

    def take(place: tuple[int, int]) -> None:
        left = end - time.monotonic()
        if mosaic.is_hopeless or left <= 0:
            mosaic.miss(Why.SLOW)
            return
        try:
            body = fetch(placed(template, cover.zoom, *place), left).drawable
            if body.content:
                mosaic.put(*place, _opened(body, cover.side))
        except NotHad as trouble:
            mosaic.miss(trouble.why)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(take, cover.places()))
    if mosaic.came == 0 and mosaic.why is not None:
        raise NotHad(mosaic.why)
    return mosaic


def _had(template: str, cover: Cover, fetch: Fetch, end: float) -> Cover:
    """As sharp as the server has it in the middle of the sheet; as asked for where it has nothing there at all."""
    wanted = cover
    for _step in range(_STEPS_DOWN + 1):
        try:
            x, y = next(cover.places())
            fetch(placed(template, cover.zoom, x, y), max(end - time.monotonic(), 0.1))
        except NotHad as trouble:
            if trouble.why != Why.REFUSED or cover.zoom == 0:
                raise
            cover = cover.coarser
        else:
            return cover
    return wanted


def _opened(body: Body, side: int) -> Image.Image:
    """Of the size of its place. Raises NotHad for half a picture."""
    try:
        with Image.open(io.BytesIO(body.content), formats=_FORMATS) as opened:
            if max(opened.size) > MOST_SIDE_PX:
                raise NotHad(Why.TOO_MUCH)
            piece = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    except _BROKEN as cause:
        raise NotHad(Why.NOT_UNDERSTOOD) from cause
    return piece if piece.size == (side, side) else piece.resize((side, side), Image.Resampling.BICUBIC)
