"""A map server on this machine whose pictures carry a cross at each of some places, to the tenth of a pixel."""

import io
import re
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from PIL import Image, ImageDraw

from tests.source_server import gives

HALF_M = 20_037_508.342789244
_FINER = 8
_ARM_PX, _HALF_WIDTH_PX = 6, 1.0

WebPlaces = Sequence[tuple[float, float]]
"""In metres of EPSG:3857."""


def xyz(places: WebPlaces, last_zoom: int = 30, kind: str = "PNG") -> Callable[[BaseHTTPRequestHandler], None]:
    """Answers `?z=&x=&y=`; beyond the last zoom there is nothing."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        words = parse_qs(urlsplit(handler.path).query)
        z, x, y = (int(words[name][0]) for name in "zxy")
        side = 2 * HALF_M / 2**z
        west, north = x * side - HALF_M, HALF_M - y * side
        if z > last_zoom:
            gives(b"", 404)(handler)
        else:
            gives(_drawn((west, north - side, west + side, north), 256, places, kind))(handler)

    return answer


def wms(places: WebPlaces) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answers GetMap with what is asked for, transparent where no cross is."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        box = re.search(r"BBOX=([-\d.,]+)&WIDTH=(\d+)&HEIGHT=\2", handler.path)
        assert box is not None, handler.path
        west, south, east, north = map(float, box[1].split(","))
        gives(_drawn((west, south, east, north), int(box[2]), places, "PNG", (0, 0, 0, 0)))(handler)

    return answer


def _drawn(
    box: tuple[float, float, float, float], side: int, places: WebPlaces, kind: str, ground: object = "#ffffff"
) -> bytes:
    """Drawn larger and made smaller, so that a cross may lie between pixels."""
    west, _south, east, north = box
    pixel = (east - west) / side
    picture = Image.new("RGBA" if isinstance(ground, tuple) else "RGB", (side * _FINER, side * _FINER), ground)
    pen = ImageDraw.Draw(picture)
    for web_x, web_y in places:
        x, y = (web_x - west) / pixel, (north - web_y) / pixel
        if -9 < x < side + 9 and -9 < y < side + 9:
            for across, down in ((_ARM_PX, _HALF_WIDTH_PX), (_HALF_WIDTH_PX, _ARM_PX)):
                edges = [round(one * _FINER) for one in (x - across, y - down, x + across, y + down)]
                pen.rectangle((edges[0], edges[1], edges[2] - 1, edges[3] - 1), fill="#000000")
    written = io.BytesIO()
    picture.reduce(_FINER).save(written, kind)
    return written.getvalue()
