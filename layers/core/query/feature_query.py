"""A question to one layer: parsed once from a request, trusted from there on, and written back into links."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from shapely import Geometry

from layers.core.crs import CRS84, Crs, named
from layers.core.query import refusals as say
from layers.core.query.boxes import NoBox, boxes
from layers.core.query.field_values import FieldValue, parse_value, value_text
from layers.core.query.filters import Filter
from layers.core.query.filters.syntax import LANGUAGES, Language
from layers.core.query.legal_time import LegalTime
from layers.core.query.parameters import (
    COUNTS,
    GEOMETRIES,
    JSON_PROFILES,
    LARGEST_EPOCH,
    LIMIT_DEFAULT,
    LIMIT_MOST,
    check_names,
    item_parameters,
    page_parameters,
)
from layers.core.query.properties import ReadableLayer
from layers.core.query.sorting import Cursor, Order, cursor_text, order_text, parse_cursor, parse_order
from layers.core.query.wrong import WrongQuery

Arguments = Mapping[str, str]
_DIGITS = re.compile(r"[0-9]{1,4000}")


@dataclass(frozen=True)
class Box:
    """The numbers of a bbox in the order of their system."""

    numbers: tuple[float, ...]
    crs: Crs

    @property
    def shapes(self) -> tuple[Geometry, ...]:
        """One box, or two where it crosses the 180th meridian."""
        return boxes(self.numbers, self.crs)


@dataclass(frozen=True)
class Unsaid:
    """What is meant where a request does not say it."""

    limit: int | None = LIMIT_DEFAULT
    crs: Crs = CRS84


PAGE = Unsaid()
EVERYTHING = Unsaid(limit=None)


@dataclass(frozen=True)
class FeatureQuery:
    """What a reader asks of one layer."""

    readable: ReadableLayer
    limit: int | None = LIMIT_DEFAULT
    """None for all that match."""
    crs: Crs = CRS84
    box: Box | None = None
    time: LegalTime | None = None
    equal: tuple[FieldValue, ...] = ()
    filter: Filter | None = None
    chosen: tuple[str, ...] | None = None
    """The only properties wanted; None for all."""
    order: Order = ()
    after: Cursor | None = None
    before: Cursor | None = None
    count: str | None = None
    as_of: int | None = None
    profile: str | None = None
    """How much of JSON-FG a JSON answer has."""
    geometry: str | None = None
    """How a table shows shapes."""
    schema: str | None = None
    """The other standard whose names the answer has."""
    unsaid: Unsaid = PAGE

    @classmethod
    def parse(cls, arguments: Arguments, readable: ReadableLayer, unsaid: Unsaid = PAGE) -> "FeatureQuery":
        """Some features, or all; WrongQuery names the parameter and what it takes."""
        check_names(arguments, page_parameters(readable))
        order = parse_order(arguments["sortby"], readable) if "sortby" in arguments else ()
        if "after" in arguments and "before" in arguments:
            raise WrongQuery("before", say.ONE_MARK)
        return cls(
            readable=readable,
            limit=_limit(arguments, unsaid),
            crs=_crs(arguments, "crs", readable, unsaid.crs),
            box=_box(arguments, readable),
            time=LegalTime.parse(arguments["datetime"], readable.profile.timezone) if "datetime" in arguments else None,
            equal=tuple(
                parse_value(field, arguments[field.name]) for field in readable.properties if field.name in arguments
            ),
            filter=_filter(arguments, readable),
            chosen=_chosen(arguments, readable),
            order=order,
            after=parse_cursor(arguments["after"], order, "after") if "after" in arguments else None,
            before=parse_cursor(arguments["before"], order, "before") if "before" in arguments else None,
            count=_one_of(arguments, "count", COUNTS),
            as_of=_epoch(arguments),
            profile=_one_of(arguments, "profile", JSON_PROFILES),
            geometry=_one_of(arguments, "geometry", GEOMETRIES),
            schema=_one_of(arguments, "schema", tuple(readable.schemas)),
            unsaid=unsaid,
        )

    @classmethod
    def parse_item(cls, arguments: Arguments, readable: ReadableLayer, unsaid: Unsaid = PAGE) -> "FeatureQuery":
        """One feature that the address names."""
        check_names(arguments, item_parameters(readable))
        return cls(
            readable=readable,
            crs=_crs(arguments, "crs", readable, unsaid.crs),
            chosen=_chosen(arguments, readable),
            as_of=_epoch(arguments),
            profile=_one_of(arguments, "profile", JSON_PROFILES),
            schema=_one_of(arguments, "schema", tuple(readable.schemas)),
            unsaid=unsaid,
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Of the properties in the answer."""
        names = self.readable.names if self.chosen is None else self.chosen
        return names if self.schema is None else tuple(name for name in names if name in self._names_there)

    def name_told(self, name: str) -> str:
        """How the answer calls a property."""
        return name if self.schema is None else self._names_there[name]

    @property
    def _names_there(self) -> Mapping[str, str]:
        return self.readable.schemas[self.schema].names[self.readable.layer.id] if self.schema else {}

    @property
    def arguments(self) -> dict[str, str]:
        """What parse would read the same from."""
        written: dict[str, object] = {
            "bbox": ",".join(repr(number) for number in self.box.numbers) if self.box else None,
            "bbox-crs": self.box.crs.uri if self.box and self.box.crs != CRS84 else None,
            "crs": self.crs.uri if self.crs != self.unsaid.crs else None,
            "datetime": self.time,
            "epoch": self.as_of,
            **(self.filter.arguments if self.filter else {}),
            **{value.field.name: value_text(value) for value in self.equal},
            "properties": ",".join(self.chosen) if self.chosen is not None else None,
            "sortby": order_text(self.order) or None,
            "count": self.count,
            "limit": self.limit if self.limit != self.unsaid.limit else None,
            "after": cursor_text(self.after, self.order) if self.after else None,
            "before": cursor_text(self.before, self.order) if self.before else None,
            "profile": self.profile,
            "geometry": self.geometry,
            "schema": self.schema,
        }
        return {name: str(value) for name, value in written.items() if value is not None}


def _limit(arguments: Arguments, unsaid: Unsaid) -> int | None:
    """Above the most it is clamped, as OGC API Features says."""
    asked = whole_number(arguments, "limit", least=1)
    return unsaid.limit if asked is None else min(asked, LIMIT_MOST)


def _epoch(arguments: Arguments) -> int | None:
    asked = whole_number(arguments, "epoch", least=0)
    return None if asked is None else min(asked, LARGEST_EPOCH)


def whole_number(arguments: Arguments, name: str, *, least: int) -> int | None:
    """Raises WrongQuery."""
    if name not in arguments:
        return None
    text = arguments[name]
    if not _DIGITS.fullmatch(text) or int(text) < least:
        raise WrongQuery(name, say.WHOLE_NUMBER, name=name, least=least)
    return int(text)


def _one_of(arguments: Arguments, name: str, known: tuple[str, ...]) -> str | None:
    asked = arguments.get(name)
    if asked is not None and asked not in known:
        raise WrongQuery(name, say.CHOICE, name=name, known=", ".join(known))
    return asked


def _crs(arguments: Arguments, name: str, readable: ReadableLayer, unsaid: Crs = CRS84) -> Crs:
    if name not in arguments:
        return unsaid
    found = named(arguments[name], readable.offered)
    if found is None:
        raise WrongQuery(name, say.CHOICE, name=name, known=", ".join(crs.uri for crs in readable.offered))
    return found


def _box(arguments: Arguments, readable: ReadableLayer) -> Box | None:
    crs = _crs(arguments, "bbox-crs", readable)
    if "bbox" not in arguments:
        return None
    try:
        box = Box(tuple(float(part) for part in arguments["bbox"].split(",")), crs)
        boxes(box.numbers, crs)
    except (ValueError, NoBox):
        example = "27.1,38.4,27.2,38.5" if crs == CRS84 else ",".join(["…"] * 4)
        raise WrongQuery("bbox", say.BOX, example=example) from None
    return box


def _filter(arguments: Arguments, readable: ReadableLayer) -> Filter | None:
    language: Language = LANGUAGES[1] if _one_of(arguments, "filter-lang", LANGUAGES) == LANGUAGES[1] else LANGUAGES[0]
    crs = _crs(arguments, "filter-crs", readable)
    if "filter" not in arguments:
        return None
    return Filter.parse(arguments["filter"], language, crs, readable)


def _chosen(arguments: Arguments, readable: ReadableLayer) -> tuple[str, ...] | None:
    if "properties" not in arguments:
        return None
    asked = arguments["properties"].split(",")
    for name in asked:
        if name not in readable.names:
            raise WrongQuery("properties", say.CHOICE, name="properties", known=", ".join(readable.names))
    return tuple(name for name in readable.names if name in asked)
