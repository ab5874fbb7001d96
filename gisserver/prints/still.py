"""A still picture of the map, for who cannot draw it or has not drawn it yet."""

import io
import math
from dataclasses import dataclass

import pypdfium2
from pyproj import Geod, Transformer

from gisserver.prints.drawn_map import Pool, draw_map
from gisserver.prints.order import Wanted
from gisserver.prints.paper import PIXEL_MM, POINTS_PER_MM, Screen
from gisserver.prints.pen import Pen
from gisserver.prints.sheet import Sheet
from layers.core.crs import LONLAT
from layers.core.query import LonLatBox

MOST_FEATURES = 20_000
"""Of one layer; more could not be told from each other on a screen."""
_QUALITY = 70
_EFFORT = 2
"""Of 6; 4, the library's own choice, takes twice as long for a thirtieth of the size."""
_ELLIPSOID = Geod(ellps="GRS80")


@dataclass(frozen=True)
class Frame:
    """A piece of ground and how many pixels show it."""

    box: LonLatBox
    width: int
    height: int

    def sheet(self, storage_srid: int) -> Sheet:
        """In the storage system, turned so that north is up in the middle; all of the box lies on it."""
        lon, lat = (self.box.west + self.box.east) / 2, self._middle_latitude
        to_storage = Transformer.from_crs(LONLAT, storage_srid, always_xy=True)
        east, north = to_storage.transform(lon, lat)
        ahead = to_storage.transform(*_ELLIPSOID.fwd(lon, lat, 0, 100)[:2])
        turn = math.degrees(math.atan2(ahead[0] - east, ahead[1] - north))
        metres = max(self._metres_across(lat) / self.width, self._metres_up(lon) / self.height)
        return Sheet(Screen.of_pixels(self.width, self.height), metres / PIXEL_MM * 1000, east, north, turn)

    @property
    def _middle_latitude(self) -> float:
        """Of the map on the screen, which is in Mercator's projection."""
        south, north = (math.asinh(math.tan(math.radians(side))) for side in (self.box.south, self.box.north))
        return math.degrees(math.atan(math.sinh((south + north) / 2)))

    def _metres_across(self, lat: float) -> float:
        return float(_ELLIPSOID.inv(self.box.west, lat, self.box.east, lat)[2])

    def _metres_up(self, lon: float) -> float:
        return float(_ELLIPSOID.inv(lon, self.box.south, lon, self.box.north)[2])


def drawn(frame: Frame, wanted: Wanted, pool: Pool) -> bytes:
    """The map of the frame as a document of one page. Raises TooManyToDraw."""
    pen = Pen("", wanted.language, is_kept=False)
    sheet = frame.sheet(pool.profile.storage_srid)
    pen.begin_page(sheet.paper)
    draw_map(pen, sheet, wanted, pool, lambda: None, most=MOST_FEATURES)
    pen.end_page()
    return pen.finish("", "")


def as_webp(document: bytes, frame: Frame) -> bytes:
    """The document of a frame with a pixel for each of it. PDFium is not made for threads: one at a time."""
    with pypdfium2.PdfDocument(document) as opened:
        picture = opened[0].render(scale=1 / (PIXEL_MM * POINTS_PER_MM)).to_pil()
    written = io.BytesIO()
    # PDFium rounds up where a side is longer by a millionth.
    picture.crop((0, 0, frame.width, frame.height)).save(written, "WEBP", quality=_QUALITY, method=_EFFORT)
    return written.getvalue()
