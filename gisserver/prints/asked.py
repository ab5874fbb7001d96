"""An order out of a request: every wish is checked once, and refused with what would be right."""

import json
import math
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from flask_babel import gettext as _
from pyproj import Transformer
from shapely import Geometry

from gisserver.errors import Refused
from gisserver.prints.allowed import (
    FINEST,
    LARGEST_SCALE,
    MOST_DOTS,
    MOST_FIGURES,
    MOST_PICTURES,
    SMALLEST_SCALE,
    Allowed,
)
from gisserver.prints.order import Picture, Place, Wish
from gisserver.prints.paper import NAMES, Paper, paper_of
from gisserver.prints.series import about_each, side_by_side
from layers.core.backgrounds import is_placed
from layers.core.crs import LONLAT
from layers.core.hosts import LONGEST_URL
from layers.core.profile import Profile

FORMATS = ("pdf", "png")
ORIENTATIONS = ("portrait", "landscape")
KNOWN = (
    *("paper", "orientation", "scale", "center", "rotation", "layers", "format", "dpi", "title", "note", "author"),
    *("grid", "legend", "drawings", "series", "atlas", "epoch", "datetime", "view", "language"),
    *("background", "pictures"),
)
_LONGEST = {"title": 120, "note": 400, "author": 80, "view": 8000}
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Asked:
    """What a request says, as far as it can be told without the pool."""

    said: Mapping[str, Any]
    profile: Profile
    allowed: Allowed

    def check_names(self) -> None:
        """A misspelt wish must not be passed over."""
        for name in self.said:
            if name not in KNOWN:
                raise Refused(
                    _("There is no wish “%(name)s”. Known: %(known)s.", name=name[:40], known=", ".join(KNOWN)),
                    parameter=name[:40],
                )

    @property
    def paper(self) -> Paper:
        """The sheet as it lies on the table."""
        name = self._one_of("paper", NAMES, "A4")
        if name not in self.allowed.papers:
            raise Refused(
                _("%(paper)s is printed for people who have signed in. Sign in, or choose A4 or A3.", paper=name),
                parameter="paper",
            )
        return paper_of(name, is_landscape=self.is_landscape)

    @property
    def is_landscape(self) -> bool:
        """Lying or upright."""
        return self._one_of("orientation", ORIENTATIONS, "portrait") == "landscape"

    @property
    def format(self) -> str:
        """Vector or picture."""
        return self._one_of("format", FORMATS, "pdf")

    @property
    def dots_per_inch(self) -> int:
        """Of a picture; large paper is drawn coarser."""
        wanted = self._number("dpi", 150, 36, FINEST)
        paper = self.paper
        most = math.sqrt(MOST_DOTS / (paper.width * paper.height)) * 25.4
        return int(min(wanted, most))

    @property
    def first(self) -> Place:
        """The middle, scale and rotation that the request names."""
        east, north = self._to_storage(self._center())
        scale = 0.0 if self.said.get("scale") is None and "atlas" in self.said else self._scale()
        return Place(east, north, scale, self._number("rotation", 0, -360, 360) % 360)

    def series(self) -> list[Place]:
        """Sheets side by side over a box."""
        told = self._table("series")
        ground = self._box(told.get("bbox"))
        overlap: Any = told.get("overlap_mm", 10)
        paper = self.paper
        if not _is_number(overlap) or not 0 <= overlap <= min(paper.map.width, paper.map.height) / 3:
            raise Refused(_("“overlap_mm” must be from 0 to a third of the map."), parameter="series")
        first = self.first
        return self._few(side_by_side(ground, paper, first.scale, first.rotation, float(overlap)))

    def atlas(self, boxes: Sequence[tuple[str, tuple[float, float, float, float]]]) -> list[Place]:
        """A sheet about each feature."""
        if not boxes:
            raise Refused(_("None of these features is there any more. Select some anew."), parameter="atlas")
        return about_each(boxes, self.paper, self.first)

    def atlas_of(self) -> tuple[str, list[uuid.UUID]]:
        """The layer and the numbers of its features."""
        told = self._table("atlas")
        wanted = told.get("uids")
        if not isinstance(wanted, list) or not wanted:
            raise Refused(_("“atlas” needs “layer” and a list “uids”."), parameter="atlas")
        self._few(wanted)
        try:
            return str(told.get("layer")), [uuid.UUID(str(one)) for one in wanted]
        except ValueError:
            raise Refused(_("“uids” must be the lasting numbers of features."), parameter="atlas") from None

    def wishes(self, seen: Sequence[str]) -> list[tuple[Wish, str | None]]:
        """Layers that the reader may see, each once, from the top; each with the day as of which it is shown."""
        told = self.said.get("layers", [])
        if not isinstance(told, list):
            raise Refused(_("“layers” must be a list."), parameter="layers")
        return list({wish.layer: (wish, day) for wish, day in (self._wish(one, seen) for one in told)}.values())

    def words(self, name: str) -> str:
        """A line that the user has written."""
        value = self.said.get(name, "")
        if not isinstance(value, str) or len(value) > _LONGEST[name]:
            raise Refused(_("“%(name)s” may have %(most)s characters.", name=name, most=_LONGEST[name]), parameter=name)
        return " ".join(value.split())

    def is_wanted(self, name: str) -> bool:
        """Yes where nothing is said."""
        value = self.said.get(name, True)
        if not isinstance(value, bool):
            raise Refused(_("“%(name)s” must be true or false.", name=name), parameter=name)
        return value

    def drawings(self) -> Mapping[str, Any] | None:
        """What the person has drawn, each thing checked."""
        told = self.said.get("drawings")
        if told is None:
            return None
        features = told.get("features") if isinstance(told, dict) else None
        if not isinstance(features, list) or len(features) > MOST_FIGURES:
            raise Refused(
                _("“drawings” must be a GeoJSON collection of at most %(most)s features.", most=MOST_FIGURES),
                parameter="drawings",
            )
        return {"features": [self._figure(feature, place) for place, feature in enumerate(features, start=1)]}

    def background(self) -> str | None:
        """The map that all lies on."""
        name = self.said.get("background")
        known = [one.id for one in self.profile.backgrounds]
        if name is not None and name not in known:
            raise Refused(
                _("“%(name)s” must be one of: %(known)s.", name="background", known=", ".join(known) or "null"),
                parameter="background",
            )
        return name

    def pictures(self) -> tuple[Picture, ...]:
        """Layers of other servers that somebody has added, from below; the worker finds out whether they may be had."""
        told = self.said.get("pictures", [])
        if not isinstance(told, list) or len(told) > MOST_PICTURES:
            raise Refused(
                _("“pictures” must be a list of at most %(most)s layers.", most=MOST_PICTURES), parameter="pictures"
            )
        return tuple(self._picture(one, place) for place, one in enumerate(told, start=1))

    def _picture(self, told: Any, place: int) -> Picture:
        said = told if isinstance(told, dict) else {}
        address = str(said.get("address", ""))
        opacity, over = (said.get(name, unsaid) for name, unsaid in (("opacity", 1), ("over", 0)))
        is_address = address.startswith(("https://", "http://")) and len(address) <= LONGEST_URL and is_placed(address)
        is_drawn = all(_is_number(one) for one in (opacity, over)) and 0 <= opacity <= 1 and 0 <= over <= MOST_FIGURES
        if not is_address or not is_drawn:
            raise Refused(
                _(
                    "Layer %(place)s of “pictures” needs an address with {z}, {x} and {y}, or {bbox}, in it, opacity "
                    "from 0 to 1, and over as a number of drawings.",
                    place=place,
                ),
                parameter="pictures",
            )
        title, credit = (
            " ".join(str(said.get(name) or "").split())[: _LONGEST["title"]] for name in ("title", "credit")
        )
        return Picture(title or address.split("/")[2], address, credit, float(opacity), int(over))

    def _figure(self, feature: Any, place: int) -> dict[str, Any]:
        try:
            told = feature["properties"] or {}
            shape = shapely.from_geojson(json.dumps(feature["geometry"]))
            numbers = {name: float(told[name]) for name in ("stroke-width", "fill-opacity") if name in told}
            colors = {name: str(told[name]) for name in ("stroke", "fill") if name in told}
            is_drawn = _is_in_degrees(shape) and all(_COLOR.fullmatch(color) for color in colors.values())
            is_drawn = (
                is_drawn and 0 <= numbers.get("stroke-width", 1) <= 50 and 0 <= numbers.get("fill-opacity", 0) <= 1
            )
        except (KeyError, TypeError, ValueError, shapely.errors.GEOSException):
            is_drawn = False
        if not is_drawn:
            raise Refused(_("Thing %(place)s of “drawings” cannot be drawn.", place=place), parameter="drawings")
        said = {name: str(told[name])[:200] for name in ("label", "title", "name") if told.get(name)}
        geometry = shapely.geometry.mapping(shapely.force_2d(shape))
        return {"geometry": geometry, "properties": {**numbers, **colors, **said}}

    def _wish(self, told: Any, seen: Sequence[str]) -> tuple[Wish, str | None]:
        said = told if isinstance(told, dict) else {"id": told}
        name, opacity, day = said.get("id"), said.get("opacity", 1), said.get("at")
        if name not in seen:
            raise Refused(
                _("There is no layer “%(asked)s”. There are: %(known)s.", asked=str(name)[:40], known=", ".join(seen)),
                parameter="layers",
            )
        if not _is_number(opacity) or not 0 <= opacity <= 1:
            raise Refused(_("“opacity” must be from 0 to 1."), parameter="layers")
        return Wish(str(name), float(opacity)), str(day) if day else None

    def _few(self, sheets: list[Any]) -> list[Any]:
        if len(sheets) > self.allowed.sheets:
            raise Refused(
                _(
                    "This would be %(count)s sheets, and %(most)s can be printed at once. Choose larger paper, a "
                    "smaller scale or fewer features.",
                    count=len(sheets),
                    most=self.allowed.sheets,
                ),
                parameter="series" if "series" in self.said else "atlas",
            )
        return sheets

    def _center(self) -> tuple[float, float]:
        if "center" not in self.said and ("series" in self.said or "atlas" in self.said):
            return self.profile.center_lonlat
        told: Any = self.said.get("center")
        is_pair = isinstance(told, list) and len(told) == 2 and all(_is_number(part) for part in told)
        if not is_pair or not (-180 <= told[0] <= 180 and -85 <= told[1] <= 85):
            raise Refused(
                _("“center” must be longitude and latitude, for instance [27.14, 38.42]."), parameter="center"
            )
        return float(told[0]), float(told[1])

    def _to_storage(self, lonlat: tuple[float, float]) -> tuple[float, float]:
        east, north = Transformer.from_crs(LONLAT, self.profile.storage_srid, always_xy=True).transform(*lonlat)
        if not (math.isfinite(east) and math.isfinite(north) and self.profile.envelope.holds(east, north)):
            raise Refused(_("This place lies outside the area of this service. Move the sheet."), parameter="center")
        return east, north

    def _box(self, told: Any) -> Geometry:
        is_box = isinstance(told, list) and len(told) == 4 and all(_is_number(side) for side in told)
        if not is_box or not (told[0] < told[2] and told[1] < told[3]):
            raise Refused(_("“bbox” must be west, south, east, north in degrees."), parameter="series")
        west, south = self._to_storage((told[0], told[1]))
        east, north = self._to_storage((told[2], told[3]))
        return shapely.box(west, south, east, north)

    def _scale(self) -> float:
        return self._number("scale", None, LARGEST_SCALE, SMALLEST_SCALE)

    def _number(self, name: str, unsaid: float | None, least: float, most: float) -> float:
        value = self.said.get(name, unsaid)
        if not _is_number(value) or not least <= value <= most:
            raise Refused(
                _("“%(name)s” must be a number from %(least)s to %(most)s.", name=name, least=least, most=most),
                parameter=name,
            )
        return float(value)

    def _one_of(self, name: str, known: Sequence[str], unsaid: str) -> str:
        value = self.said.get(name, unsaid)
        if value not in known:
            raise Refused(_("“%(name)s” must be one of: %(known)s.", name=name, known=", ".join(known)), parameter=name)
        return str(value)

    def _table(self, name: str) -> Mapping[str, Any]:
        told = self.said.get(name)
        if not isinstance(told, dict):
            raise Refused(_("“%(name)s” must be an object.", name=name), parameter=name)
        return told


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_in_degrees(shape: Geometry) -> bool:
    if shape.is_empty:
        return False
    west, south, east, north = shape.bounds
    return bool(west >= -180 and south >= -85 and east <= 180 and north <= 85)
