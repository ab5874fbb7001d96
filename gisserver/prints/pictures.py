"""Maps of other servers for the sheets of an order: fetched before the pool is read, each as a picture of the sheet."""

import io
import math
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from textwrap import shorten

from gisserver.foreign.fetching import MOST_TILE_BYTES, PATIENCE_S, Body, NotHad, fetched
from gisserver.prints.cover import DOTS_PER_INCH, Cover, Ground
from gisserver.prints.mosaic import Mosaic, put_together
from gisserver.prints.not_had import COARSE, GAPS, NOT_ALLOWED, NOTHING, sentence_for
from gisserver.prints.order import Order, Place
from gisserver.prints.warping import warped
from gisserver.style import BACKGROUND
from layers.core.hosts import Hosts, NotAllowed
from layers.core.profile import Profile
from layers.core.words import Title, named

LAST_ZOOM = 20
"""Of a layer that somebody has added; the screen asks for no more either."""
_TOGETHER_S = 180.0
"""For all pictures of an order; what has not come by then is missing."""
_MOST_PIECE_PX = 33_000_000
"""Of all pieces under a sheet: 500 of the usual ones."""
_MOST_PIXELS = 16_000_000
"""Of a picture on a sheet: that of an A1 at full sharpness."""
_SHEETS_IN_FULL = 4
"""Pictures that may be so large; more share the same."""
_SIDE_PX = 256
_ASKED_PX = 512
"""Of a piece that a WMS draws as large as it is asked to."""
_COARSE = 0.7
"""Less of the full sharpness is said on the sheet."""
_LONGEST = 50
"""Letters of a title in a sentence."""
_QUALITY = 85
_ACCEPT = "image/png, image/jpeg, image/webp"
_SIDES = re.compile(r"([?&](?:width|height)=)\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """A map of another server that is to lie on the paper."""

    title: str
    template: str
    credit: str
    hosts: Hosts
    last_zoom: int = LAST_ZOOM
    opacity: float = 1.0
    over: int | None = None
    """So many of the things that a person has drawn lie beneath it; None where all lies on it."""


@dataclass(frozen=True)
class Laid:
    """A picture as large as the map of the sheet."""

    body: bytes
    """JPEG, or PNG where something is seen through it."""
    opacity: float
    over: int | None


@dataclass
class Pictures:
    """Those of one sheet."""

    laid: list[Laid] = field(default_factory=list)
    """From below."""
    credits: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    """Sentences: what is missing, and why."""


def gathered(order: Order, profile: Profile, hosts: Hosts, step: Callable[[], None]) -> list[Pictures]:
    """For each sheet; `step` is called after each picture. No server's trouble keeps a sheet from being made."""
    sources = list(_sources(order, profile, hosts))
    end = time.monotonic() + _TOGETHER_S
    share = min(1.0, _SHEETS_IN_FULL / max(1, len(order.places) * len(sources)))
    found = []
    for place in order.places:
        of_sheet = Pictures()
        for source in sources:
            _lay(of_sheet, source, _Wanted(order, place, profile.storage_srid, share, end))
            step()
        found.append(of_sheet)
    return found


@dataclass(frozen=True)
class _Wanted:
    order: Order
    place: Place
    storage_srid: int
    share: float
    """Of the largest picture and of the most pieces."""
    end: float

    @property
    def ground(self) -> Ground:
        return Ground(self.order.sheet(self.place), self.storage_srid)


def _sources(order: Order, profile: Profile, hosts: Hosts) -> Iterator[Source]:
    """The profile allows its own; those that somebody has added are of hosts that the operator allows."""
    background = next((one for one in profile.backgrounds if one.id == order.background), None)
    if background is not None:
        allowed = Hosts((background.host,), may_be_private=True)
        title = named(background.title, order.language)
        yield Source(title, background.address, background.credit, allowed, background.last_zoom)
    for one in order.pictures:
        yield Source(one.title, one.address, one.credit, hosts, opacity=one.opacity, over=one.over)


def _lay(pictures: Pictures, source: Source, wanted: _Wanted) -> None:
    """The picture and its credit, or why it is not there."""

    def tell(words: Title, **values: object) -> None:
        said = words.in_language(wanted.order.language)
        pictures.troubles.append(said.format(title=shorten(source.title, _LONGEST, placeholder="…"), **values))

    mosaic = _fetched(source, wanted)
    if isinstance(mosaic, Title):
        tell(mosaic)
        return
    pictures.laid.append(_on_paper(mosaic, source, wanted))
    pictures.credits.append(source.credit)
    if mosaic.missing:
        tell(GAPS, missing=mosaic.missing, count=mosaic.cover.count)
    sharpness = min(mosaic.cover.dots_per_inch, _dots_per_inch(wanted))
    if sharpness < _COARSE * DOTS_PER_INCH:
        tell(COARSE, dots=round(sharpness))


def _fetched(source: Source, wanted: _Wanted) -> Mosaic | Title:
    """What came of it, or the sentence why nothing did."""

    def fetch(address: str, patience_s: float) -> Body:
        return fetched(source.hosts, address, _ACCEPT, MOST_TILE_BYTES, min(PATIENCE_S, patience_s))

    template, side = _asked(source.template)
    cover = Cover.chosen(wanted.ground, side, source.last_zoom, int(wanted.share * _MOST_PIECE_PX / side**2))
    try:
        mosaic = put_together(template, cover, fetch, wanted.end, BACKGROUND if source.over is None else None)
    except NotAllowed:
        return NOT_ALLOWED
    except NotHad as trouble:
        return sentence_for(trouble.why)
    return mosaic if mosaic.came else NOTHING


def _asked(template: str) -> tuple[str, int]:
    """A WMS draws a piece as large as it is asked to; what is in squares already is as large as usual."""
    if "{bbox}" not in template:
        return template, _SIDE_PX
    larger, changes = _SIDES.subn(rf"\g<1>{_ASKED_PX}", template)
    return larger, _ASKED_PX if changes else _SIDE_PX


def _dots_per_inch(wanted: _Wanted) -> float:
    """Of the picture on the sheet."""
    on_paper = wanted.order.sheet_paper.map
    most = math.sqrt(wanted.share * _MOST_PIXELS / (on_paper.width * on_paper.height)) * 25.4
    return min(DOTS_PER_INCH, most)


def _on_paper(mosaic: Mosaic, source: Source, wanted: _Wanted) -> Laid:
    picture = warped(mosaic.image, mosaic.cover, _dots_per_inch(wanted))
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    written = io.BytesIO()
    if picture.mode == "RGB":
        picture.save(written, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        picture.save(written, "PNG", compress_level=1)
    return Laid(written.getvalue(), source.opacity, source.over)
